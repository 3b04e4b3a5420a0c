"""Gries' DP and range."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare.words.dispersion import dispersion
from tests.compare.made_up import one

WORDS = pd.Series({"a": 9, "b": 10, "c": 10, "d": 10, "e": 11})


def long(**items):
    return pd.DataFrame(
        [
            {"article_id": article, "item": item, "count": count}
            for item, counts in items.items()
            for article, count in zip("abcde", counts, strict=True)
        ]
    )


def test_by_hand():
    # sizes .18 .2 .2 .2 .22; shares .0667 .1333 .2 .2667 .3333
    table = dispersion(long(x=(1, 2, 3, 4, 5), even=(9, 10, 10, 10, 11), once=(4, 0, 0, 0, 0)), WORDS)
    assert one(table, item="x")["dp"] == pytest.approx(0.18, abs=1e-9)
    assert one(table, item="even")["dp"] == pytest.approx(0)
    once = one(table, item="once")
    assert (once["dp"], once["dp_norm"]) == (pytest.approx(0.82), pytest.approx(1))
    assert (once["range"], once["range_share"], once["numerator"], once["denominator"], once["n"]) == (
        1,
        0.2,
        4,
        50,
        5,
    )


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any), st.integers(2, 9))
def test_between_0_and_1_and_frequency_does_not_matter(counts, factor):
    one_, many = (dispersion(long(x=[c * f for c in counts]), WORDS).iloc[0] for f in (1, factor))
    assert -1e-12 <= one_["dp"] <= one_["dp_norm"] <= 1 + 1e-12
    assert one_["dp"] == pytest.approx(many["dp"])


def test_one_article_is_no_dispersion():
    row = dispersion(pd.DataFrame([{"article_id": "a", "item": "x", "count": 1}]), WORDS.iloc[:1]).iloc[0]
    assert row["dp"] == 0 and pd.isna(row["dp_norm"])
