"""How much of an estimate rests on a single outlet."""

import numpy as np
import pytest

from analysis.compare import rates, relations
from analysis.compare._core.concentration import (
    concentration,
    concentration_note,
    concentration_of_difference,
    rests_on_one_outlet,
)
from tests.compare.made_up import one, tables

NAMES = np.array(["Big", "Mid", "Small"], dtype=object)
OUTLETS = np.array([0, 0, 1, 2])
WORDS = np.array([100.0, 100, 100, 100])


def test_the_outlet_with_most_hits_is_named_and_left_out():
    hits = np.array([[4.0], [4], [1], [1]])
    (row,) = concentration(hits, WORDS, OUTLETS, NAMES, scale=1000)
    assert (row["top_outlet"], row["top_outlet_share"]) == ("Big", 0.8)
    assert (row["without_outlet_low"], row["without_outlet_high"]) == (10, 30)
    assert rests_on_one_outlet(row)


def test_signed_values_count_by_what_they_are_divided_by():
    """Acts of conflict are negative: the outlet with most acts carries a balance, whatever their sign."""
    signed = np.array([[-2.0], [2], [3], [-1]])
    acts = np.array([2.0, 2, 5, 1])
    (row,) = concentration(signed, acts, OUTLETS, NAMES)
    assert (row["top_outlet"], row["top_outlet_share"]) == ("Mid", 0.5)
    assert row["without_outlet_low"] == pytest.approx(-1 / 5)


def test_one_outlet_alone_depends_on_nothing():
    row = concentration(np.ones((4, 2)), WORDS, np.zeros(4, dtype=int), NAMES)[1]
    assert row["top_outlet"] == "" and np.isnan(row["top_outlet_share"])
    assert not rests_on_one_outlet(row) and not concentration_note(row)


def test_the_note_warns_above_a_third():
    row = {"top_outlet": "Post", "without_outlet_low": -0.25, "without_outlet_high": 0.5}
    assert concentration_note(row | {"top_outlet_share": 0.34}, digits=2) == (
        "It depends on one outlet: Post has 34 % of what is counted. Without one outlet: −0.25 to 0.50."
    )
    assert "depends" not in concentration_note(row | {"top_outlet_share": 0.33})


def test_equal_outlets_cannot_dominate():
    """One outlet - one vote: its share of the estimate falls with the weight."""
    rows = [("a1", "Big", 9), ("a2", "Big", 9), ("a3", "Mid", 2), ("a4", "Small", 1)]
    made = tables(
        [{"article_id": name, "outlet": outlet} for name, outlet, _ in rows],
        themes=[{"article_id": name, "start": i, "theme": "t"} for name, _, n in rows for i in range(n)],
        tones=[{"article_id": name, "voice": "outlet", "n_words": 100} for name, _, _ in rows],
    )
    by_word, by_outlet = (one(rates.theme_rates(made, by=[], weight=weight)) for weight in ("word", "outlet"))
    assert by_word["top_outlet"] == by_outlet["top_outlet"] == "Big"
    assert by_word["top_outlet_share"] == pytest.approx(18 / 21)
    assert by_outlet["top_outlet_share"] == pytest.approx(9 / 12)
    prevalence = one(rates.theme_prevalence(made, by=[]))
    assert prevalence["top_outlet_share"] == 0.5 and prevalence["without_outlet_low"] == 1


def test_the_range_is_that_of_the_estimates_without_each_outlet(bundled):
    row = one(relations.relation_balance(bundled, ("russia", "iran"), by=[]))
    articles = bundled.articles
    without = [
        one(relations.relation_balance(bundled.select(ids), ("russia", "iran"), by=[]))["estimate"]
        for outlet in sorted(set(articles["outlet"]))
        for ids in [articles.loc[articles["outlet"] != outlet, "article_id"]]
    ]
    assert row["without_outlet_low"] == pytest.approx(min(without))
    assert row["without_outlet_high"] == pytest.approx(max(without))


def test_an_unknown_outlet_is_not_named():
    """Articles of unknown outlets may be of several."""
    names = np.array(["Unknown (GDELT)", "Mid", "Small"], dtype=object)
    (row,) = concentration(np.array([[4.0], [4], [2], [1]]), WORDS, OUTLETS, names)
    assert (row["top_outlet"], row["top_outlet_share"]) == ("Mid", pytest.approx(2 / 11))


def test_a_difference_without_each_outlet():
    early, late = np.array([1.0, 1, 0, 0]), np.array([0.0, 0, 1, 1])
    hits = np.array([1.0, 0, 1, 0])
    outlets = np.array([0, 1, 0, 2])  # Big is in both periods, Mid is the only other one in the first
    row = concentration_of_difference((hits * early, early), (hits * late, late), outlets, NAMES)
    assert (row["top_outlet"], row["top_outlet_share"]) == ("Big", 1)
    assert (row["without_outlet_low"], row["without_outlet_high"]) == (-0.5, 0.5)
    alone = concentration_of_difference((hits, early), (hits, late), outlets * 0, NAMES)
    assert alone["top_outlet"] == ""
