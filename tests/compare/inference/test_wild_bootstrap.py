"""Wild cluster bootstrap: level, interval, two-way clustering, invariances."""

import numpy as np
import pytest
from scipy import stats

from analysis.compare.inference.wild_bootstrap import wild_cluster_bootstrap

N_OUTLETS, PER_OUTLET, ICC = 12, 52, 0.05
CLUSTERS = np.repeat(np.arange(N_OUTLETS), PER_OUTLET)
GROUP = (CLUSTERS % 2).astype(float)


def study(rng, effect=0.0):
    shared = np.repeat(rng.normal(0, ICC**0.5, N_OUTLETS), PER_OUTLET)
    return shared + rng.normal(0, (1 - ICC) ** 0.5, N_OUTLETS * PER_OUTLET) + effect * GROUP


def test_articles_as_independent_find_chance_in_three_studies_of_ten_and_the_bootstrap_does_not():
    rng = np.random.default_rng(20220629)
    naive, wild = [], []
    for _ in range(1000):
        y = study(rng)
        naive.append(stats.ttest_ind(y[GROUP == 1], y[GROUP == 0]).pvalue < 0.05)
        wild.append(wild_cluster_bootstrap(y, GROUP, CLUSTERS, resamples=499).p() < 0.05)
    assert 0.26 <= np.mean(naive) <= 0.34
    assert 0.03 <= np.mean(wild) <= 0.075


def test_the_interval_covers():
    rng = np.random.default_rng(7)
    inside = []
    for _ in range(150):
        low, high = wild_cluster_bootstrap(study(rng, effect=0.5), GROUP, CLUSTERS, resamples=299).interval()
        inside.append(low <= 0.5 <= high)
    assert 0.89 <= np.mean(inside) <= 0.99


def test_interval_and_p_agree():
    bootstrap = wild_cluster_bootstrap(study(np.random.default_rng(3), effect=0.3), GROUP, CLUSTERS)
    low, high = bootstrap.interval()
    assert low < bootstrap.slope < high
    for bound, outward in ((low, -1e-3), (high, 1e-3)):
        assert bootstrap.p(bound + outward) <= 0.05 < bootstrap.p(bound - outward)


def test_slope_and_error_are_those_of_weighted_least_squares():
    rng = np.random.default_rng(1)
    y, words = study(rng), rng.integers(100, 900, len(CLUSTERS)).astype(float)
    bootstrap = wild_cluster_bootstrap(y, GROUP, CLUSTERS, weights=words)
    design = np.column_stack([np.ones_like(y), GROUP])
    bread = np.linalg.inv(design.T @ (words[:, None] * design))
    beta = bread @ design.T @ (words * y)
    scores = np.stack(
        [design[c == CLUSTERS].T @ (words * (y - design @ beta))[c == CLUSTERS] for c in range(12)]
    )
    variance = bread @ (scores.T @ scores * 12 / 11) @ bread
    assert bootstrap.slope == pytest.approx(beta[1])
    assert bootstrap.error == pytest.approx(variance[1, 1] ** 0.5)


@pytest.mark.parametrize("crossing", [False, True])
def test_resamples_by_hand(crossing):
    """The p value, had by fitting each resampled outcome anew, with unequal outlets and weights."""
    rng = np.random.default_rng(2)
    clusters = np.repeat(np.arange(9), rng.integers(5, 40, 9))
    group, words = (clusters % 3 == 0).astype(float), rng.integers(100, 900, len(clusters)).astype(float)
    families = rng.integers(0, 12, len(clusters))
    y = rng.normal(size=len(clusters)) + rng.normal(size=9)[clusters] + 0.9 * group
    y += 2 * rng.normal(size=12)[families] * (group if crossing else 0)
    options = {"weights": words, "families": families if crossing else None}
    null = 1.0 if crossing else 0.2
    bootstrap = wild_cluster_bootstrap(y, group, clusters, resamples=60, draws="webb", **options)
    mean = np.average(y - null * group, weights=words)
    further = 0
    for draw in bootstrap.draws:
        again = null * group + mean + draw[clusters] * (y - null * group - mean)
        refitted = wild_cluster_bootstrap(again, group, clusters, resamples=1, **options)
        further += (
            abs(refitted.slope - null) / refitted.error >= abs(bootstrap.slope - null) / bootstrap.error
        )
    assert bootstrap.p(null) == further / 60
    assert 0 < bootstrap.p(null) < 0.9


def test_outcome_may_be_shifted_scaled_and_reordered():
    y = study(np.random.default_rng(4), effect=0.2)
    plain = wild_cluster_bootstrap(y, GROUP, CLUSTERS)
    moved = wild_cluster_bootstrap(100 + 3 * y, GROUP, CLUSTERS)
    assert moved.slope == pytest.approx(3 * plain.slope)
    assert moved.p() == plain.p()
    assert moved.interval() == pytest.approx(tuple(3 * b for b in plain.interval()), rel=1e-4)
    order = np.random.default_rng(0).permutation(len(y))
    assert wild_cluster_bootstrap(y[order], GROUP[order], CLUSTERS[order]).p() == plain.p()


def test_reprints_across_outlets_widen_and_never_narrow():
    rng = np.random.default_rng(6)
    n = N_OUTLETS * PER_OUTLET
    # outlets of the same group reprint the same wire stories, so that group and story go together
    families = np.where(GROUP == 1, CLUSTERS * 0 + np.arange(n) % 13, 1000 + np.arange(n))
    y = study(rng) + rng.normal(0, 1, 2000)[families] * (GROUP == 1)
    one_way = wild_cluster_bootstrap(y, GROUP, CLUSTERS)
    two_way = wild_cluster_bootstrap(y, GROUP, CLUSTERS, families=families)
    assert two_way.slope == one_way.slope
    assert two_way.error > 1.2 * one_way.error
    assert two_way.p() >= one_way.p()
    within = CLUSTERS * 100 + rng.integers(0, 5, n)
    assert wild_cluster_bootstrap(y, GROUP, CLUSTERS, families=within).error == one_way.error


def test_few_clusters_take_each_sign_change_once():
    clusters, group = np.repeat(np.arange(6), 10), np.repeat([0.0, 1.0] * 3, 10)
    y = np.random.default_rng(5).normal(size=60)
    bootstrap = wild_cluster_bootstrap(y, group, clusters, draws="rademacher")
    assert bootstrap.draws.shape == (64, 6)
    assert len(np.unique(bootstrap.draws, axis=0)) == 64
    assert len(np.unique(wild_cluster_bootstrap(y, group, clusters).draws)) == 6


def test_too_few_clusters_to_reject_anything_have_no_interval():
    clusters, group = np.repeat(np.arange(4), 10), np.repeat([0.0, 1.0] * 2, 10)
    y = np.random.default_rng(5).normal(size=60)[:40]
    assert np.isnan(wild_cluster_bootstrap(y, group, clusters, draws="rademacher").interval()).any()


def test_no_variation_no_test():
    assert np.isnan(wild_cluster_bootstrap(np.ones(len(GROUP)), GROUP, CLUSTERS).p())
    with pytest.raises(ValueError, match="two groups"):
        wild_cluster_bootstrap(study(np.random.default_rng(0)), np.ones_like(GROUP), CLUSTERS)
