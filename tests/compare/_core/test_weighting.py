"""Weights: whether each word, each article or each outlet counts equally."""

import numpy as np
import pytest

from analysis.compare import rates
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import ratio_table, share_table
from analysis.compare._core.weighting import article_weights, effective_weights
from analysis.errors import FramingError
from tests.compare.made_up import one, tables

HITS, WORDS = np.array([[9.0], [1], [0], [4]]), np.array([300.0, 100, 0, 200])
OUTLETS = ["Big", "Big", "Big", "Small"]


def groups(weight):
    made = tables([{"article_id": f"a{i}", "outlet": outlet} for i, outlet in enumerate(OUTLETS)])
    return group_articles(made.articles, (), weight=weight)


@pytest.mark.parametrize(
    ("weight", "rate"),
    [
        ("word", 14 / 600),
        ("article", (9 / 300 + 1 / 100 + 4 / 200) / 3),
        ("outlet", (10 / 400 + 4 / 200) / 2),
    ],
)
def test_each_weight_has_its_mean_and_the_counts_stay(weight, rate):
    row = one(ratio_table(groups(weight), [({}, HITS, WORDS)], method="rate", what="words"))
    assert row["estimate"] == pytest.approx(rate)
    assert (row["numerator"], row["denominator"], row["n"]) == (14, 600, 3)
    assert ("mean of the" in row["method"]) == (weight != "word")


def test_the_share_of_articles_can_be_a_mean_of_outlets():
    found = share_table(
        groups("outlet"), [({}, HITS > 1, WORDS > 0)], method="share", item="theme", items=["x"]
    )
    assert found["estimate"].tolist() == [(1 / 2 + 1) / 2]


def test_the_interval_of_equal_outlets_is_about_the_weighted_estimate(bundled):
    by_word, by_outlet = (
        rates.theme_rates(bundled, by=[], themes=["sanctions"], weight=weight).iloc[0]
        for weight in ("word", "outlet")
    )
    assert by_outlet["ci95_low"] < by_outlet["estimate"] < by_outlet["ci95_high"]
    assert by_outlet["estimate"] != by_word["estimate"] and by_outlet["numerator"] == by_word["numerator"]


def test_weights_of_articles():
    assert article_weights("outlet", np.array([1.0, 3, 2]), np.array([0, 0, 1])).tolist() == [0.25, 0.25, 0.5]
    assert article_weights("outlet", np.array([4.0, 0, 0]), np.array([0, 0, 1])).tolist() == [0.25, 0, 0]
    assert article_weights("article", np.array([2.0, 0]), np.array([0, 0])).tolist() == [0.5, 0]


@pytest.mark.parametrize(
    ("weight", "effective"),
    [
        ("word", 600),
        ("article", 3**2 / (1 / 100 + 1 / 300 + 1 / 200)),
        ("outlet", 2**2 / (400 / 400**2 + 200 / 200**2)),
    ],
)
def test_effective_words_after_kish(weight, effective):
    words = np.array([100.0, 300, 200, 0])
    weights = effective_weights(weight, words, np.array([0, 0, 1, 1]))
    assert (weights * words).sum() == pytest.approx(effective)
    assert effective_weights(weight, np.zeros(2), np.array([0, 1])).sum() in (0, 2)


def test_an_unknown_weight_is_refused():
    with pytest.raises(FramingError, match=r"unknown weight 'words'.*word, article, outlet"):
        groups("words")
