"""Sums of families in a group and in the other."""

import numpy as np
import pytest

from analysis.compare.inference.family_sums import Families


def articles(rng, n=60):
    family = rng.integers(0, 30, n)
    return (
        rng.integers(0, 3, n).astype(float),
        rng.integers(1, 4, n).astype(float),
        family,
        rng.integers(0, 4, n),
    )


def plain(numerator, denominator, family, parts):
    """Sums of each family in two groups of articles, one family after another."""
    rows = []
    for name in np.unique(family):
        there = [part & (family == name) for part in parts]
        if any(one.any() for one in there):
            rows.append([values[one].sum() for values in (numerator, denominator) for one in there])
    return sorted(rows)


@pytest.mark.parametrize("against", [None, 2])
def test_sums_are_those_of_each_family(against):
    numerator, denominator, family, group = articles(np.random.default_rng(4))
    families = Families(numerator, denominator, family, group, against)
    for code in (0, 1, 3):
        found = families.pair(code)
        rows = np.repeat(np.vstack([found.tops, found.bottoms]).T, found.count.astype(int), axis=0)
        parts = group == code, group != code if against is None else group == against
        assert sorted(rows.tolist()) == plain(numerator, denominator, family, parts)


def test_families_outside_are_counted_by_their_sums():
    families = Families(np.ones(1_000), np.full(1_000, 9.0), np.arange(1_000), np.arange(1_000) // 10)
    found = families.pair(0)
    assert found.count.sum() == 1_000 and len(found.count) == 11
    assert found.difference() == 0


def test_a_group_without_articles_has_no_difference():
    numerator, denominator, family, group = articles(np.random.default_rng(5))
    assert np.isnan(Families(numerator, denominator, family, group).pair(9).difference())
