"""Benjamini-Hochberg."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare.inference.multiple_testing import adjust, benjamini_hochberg

P = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(P)
def test_against_scipy(p):
    from scipy.stats import false_discovery_control

    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p), abs=1e-12)


@given(P, st.randoms())
def test_order_does_not_matter_and_nothing_shrinks(p, random):
    adjusted = benjamini_hochberg(p)
    assert (adjusted >= np.array(p)).all() and adjusted.max() == pytest.approx(max(p))
    order = list(range(len(p)))
    random.shuffle(order)
    assert benjamini_hochberg([p[i] for i in order]) == pytest.approx(adjusted[order])


def test_tests_not_made_do_not_count():
    assert benjamini_hochberg([0.01, np.nan, 0.02]).tolist() == pytest.approx(
        [0.02, np.nan, 0.02], nan_ok=True
    )


def test_families_are_adjusted_apart():
    table = pd.DataFrame({"theme": ["a", "a", "b"], "p": [0.01, 0.04, 0.03]})
    made = adjust(table, within=["theme"])
    assert made["p_bh"].tolist() == pytest.approx([0.02, 0.04, 0.03])
    assert made["n_tests"].tolist() == [2, 2, 1]
    assert adjust(table)["p_bh"].tolist() == pytest.approx([0.03, 0.04, 0.04])
    assert list(adjust(table.iloc[:0]).columns) == [*table.columns, "p_bh", "n_tests"]


def test_no_probability_is_an_error():
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([1.2])
