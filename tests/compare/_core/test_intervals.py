"""Intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare._core.intervals import expanded_percentiles, ratio_intervals, resampling_weights, wilson


def test_wilson_against_scipy():
    from scipy.stats import binomtest

    for successes, n in ((0, 7), (3, 20), (199, 200), (5, 5)):
        oracle = binomtest(successes, n).proportion_ci(method="wilson")
        assert wilson(successes, n) == pytest.approx((oracle.low, oracle.high), abs=1e-12)


def test_wilson_of_nothing_is_nothing():
    assert np.isnan(wilson(0, 0)).all()


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(counts):
    successes, n = counts
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_expanded_percentiles_near_the_plain_ones_for_many_units():
    low, high = expanded_percentiles(100_000)
    assert (low, high) == pytest.approx((0.025, 0.975), abs=1e-5)
    assert expanded_percentiles(6)[0] < 0.003


def test_weights_are_the_same_whatever_the_block_size(monkeypatch):
    whole = np.concatenate(list(resampling_weights(7, resamples=50)))
    monkeypatch.setattr("analysis.compare._core.intervals._CHUNK", 21)
    assert (np.concatenate(list(resampling_weights(7, resamples=50))) == whole).all()
    assert (whole.sum(axis=1) == 7).all()


def test_bootstrap_near_the_t_interval_for_a_mean():
    values = np.random.default_rng(4).normal(10, 3, size=60)
    low, high = ratio_intervals(values[:, None], np.ones(60))[:, 0]
    half = 2.001 * values.std(ddof=1) / 60**0.5
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.12)


def test_one_cluster_has_no_interval():
    assert np.isnan(ratio_intervals(np.array([[3.0]]), np.array([10.0]))).all()


def test_coverage_of_a_skewed_rate():
    rng = np.random.default_rng(8)
    n, studies, rate = 40, 400, 0.01
    words = rng.integers(150, 900, size=(n, studies))
    hits = rng.poisson(rng.gamma(1, 1, size=(n, studies)) * rate * words)
    covered = 0
    for hit, length in zip(hits.T, words.T, strict=True):
        low, high = ratio_intervals(hit[:, None].astype(float), length.astype(float), resamples=500)[:, 0]
        covered += low <= rate <= high
    assert 0.90 <= covered / studies <= 0.97


def test_copies_taken_as_independent_cover_two_studies_of_three_and_families_cover():
    rng = np.random.default_rng(4)
    n, studies, rate = 25, 200, 0.006
    covered = {"families": 0, "articles": 0}
    for _ in range(studies):
        copies = rng.choice([1, 1, 1, 2, 4, 6], n)
        words = rng.integers(150, 450, n)
        hits = rng.poisson(words * rate * rng.gamma(1.5, 1 / 1.5, n))
        units = {
            "families": (copies * hits, copies * words),
            "articles": (np.repeat(hits, copies), np.repeat(words, copies)),
        }
        for name, (x, y) in units.items():
            low, high = ratio_intervals(x[:, None].astype(float), y.astype(float), resamples=400)[:, 0]
            covered[name] += low <= rate <= high
    assert 0.88 <= covered["families"] / studies <= 0.98
    assert covered["articles"] / studies < 0.75
