"""Pairs of groups, the jackknife, and results without an interval."""

import numpy as np
import pandas as pd
import pytest

from analysis.compare.inference.family_sums import Families
from analysis.compare.inference.group_tests import (
    Pair,
    clip_to_shares,
    jackknife_changes,
    jackknife_test,
    welch_test,
    wild_bootstrap_test,
)


def pair(n=20, *, outlets=4, hits=1.0):
    inside = np.arange(n) < n // 2
    return Pair(np.full(n, hits), np.full(n, 100.0), np.arange(n) % outlets, np.arange(n), inside)


def test_jackknife_variance_of_a_mean_is_the_textbook_one():
    values = np.random.default_rng(2).normal(size=30)
    changes = jackknife_changes(values, np.ones(30))
    assert (changes**2).sum() == pytest.approx(values.var(ddof=1) / 30)


def test_a_selected_pair_has_only_the_two_groups():
    whole = pair()
    first, second = np.arange(20) < 3, np.arange(20) > 14
    chosen = whole.select(first, second)
    assert len(chosen.numerator) == 8 and chosen.inside.sum() == 3
    assert whole.select(first, None).inside.sum() == 3 and len(whole.select(first, None).numerator) == 20


def over_articles(two):
    return jackknife_test(
        Families(two.numerator, two.denominator, two.family, two.inside.astype(int)).pair(1)
    )


@pytest.mark.parametrize(
    ("made", "test", "reason"),
    [
        (pair(8), over_articles, "4 articles in a group"),
        (pair(20, outlets=1), welch_test, "1 outlet in a group"),
        (pair(20, outlets=1), lambda two: wild_bootstrap_test(two, None), "1 outlet in a group"),
    ],
)
def test_too_little_data_is_named(made, test, reason):
    row = test(made)
    assert reason in row["note"] and np.isnan(row["p"]) and row["estimate"] == 0


def test_rows_that_stand_for_several_clusters():
    tops, bottoms = np.array([1.0, 1.0, 0.0, 5.0, 1.0]), np.array([100.0, 100.0, 80.0, 300.0, 100.0])
    one_by_one = jackknife_changes(tops, bottoms)
    together = jackknife_changes(tops[1:4], bottoms[1:4], np.array([3.0, 1.0, 1.0]))
    assert together == pytest.approx(one_by_one[1:4])


def test_differences_of_shares_end_at_one():
    table = pd.DataFrame({"ci95_low": [-1.2, 0.1], "ci95_high": [0.3, 1.4]})
    assert clip_to_shares(table).to_numpy().tolist() == [[-1.0, 0.3], [0.1, 1.0]]
