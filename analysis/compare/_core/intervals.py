"""Intervals: Wilson for shares of independent units, and a bootstrap over clusters for ratios of sums.

References
----------
Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22.
Hesterberg (2015), What teachers should know about the bootstrap. The American Statistician 69.
Kish (1965), Survey Sampling.
Davison & Hinkley (1997), Bootstrap Methods and their Application, chapters 2 and 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20220629
MINIMUM_EFFECTIVE = 3.0  # below, one or two clusters make most of the words
MINIMUM_CLUSTERS = 5  # below, a resample has too few distinct values for any interval to mean something
FEW_CLUSTERS = 20  # below, simulated theme rates are covered 86-92 times in 100; from 40 on, 92-93 times
FEW_APART = 5  # clusters unlike the others; with fewer, most resamples draw the same few or none of them
_CHUNK = 4_000_000  # resampled units held in memory at once


def wilson(successes: float, n: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval for a share.

    Parameters
    ----------
    successes, n : float
        Counts, or effective counts; `n` of 0 has no interval.
    level : float, default 0.95

    Returns
    -------
    (low, high) : tuple of float
        Between 0 and 1; NaN where `n` is 0.
    """
    from scipy.special import ndtri

    if n <= 0:
        return float("nan"), float("nan")
    z = float(ndtri((1 + level) / 2))
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    # at 0 and n the exact bound is the estimate itself, which floating point misses by a hair
    low = 0.0 if successes <= 0 else max(0.0, centre - half)
    high = 1.0 if successes >= n else min(1.0, centre + half)
    return low, high


def t_quantile(freedom: float, *, level: float = LEVEL) -> float:
    """How many standard errors an interval reaches to either side."""
    from scipy.special import stdtrit  # scipy.stats takes seconds to import

    return float(stdtrit(freedom, (1 + level) / 2))


def welch_df(variances: Sequence[ArrayLike], freedoms: Sequence[float]) -> np.ndarray:
    """Degrees of freedom of a sum of estimates (Welch 1947, Satterthwaite 1946); the least where none varies.

    Parameters
    ----------
    variances : sequence of array_like
        Of each estimate, for one or many sums at a time.
    freedoms : sequence of float
        Of each estimate.
    """
    import numpy as np

    parts = [np.asarray(variance, dtype=float) for variance in variances]
    below = sum(part * part / freedom for part, freedom in zip(parts, freedoms, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, sum(parts) ** 2 / below, min(freedoms))


def t_test_p(statistic: float, freedom: float) -> float:
    """Two-sided p value of a t statistic."""
    from scipy.special import stdtr

    return 2 * float(stdtr(freedom, -abs(statistic)))


def kish_effective_n(sizes: np.ndarray) -> float:
    """How many clusters of equal size are worth as much as these (Kish 1965): few, where one makes most of all."""
    squares = float((sizes**2).sum())
    return float(sizes.sum()) ** 2 / squares if squares > 0 else 0.0


def expanded_percentiles(n: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Which percentiles of a bootstrap to take so that they are as far apart as a t interval of `n` units.

    The plain percentile interval is too short in small samples by the factor sqrt((n-1)/n) and by taking normal
    for t quantiles; Hesterberg (2015) puts both back by moving outwards in the bootstrap distribution.
    """
    from scipy.special import ndtr

    tail = float(ndtr(-((n / (n - 1)) ** 0.5) * t_quantile(n - 1, level=level)))
    return tail, 1 - tail


def resampling_weights(n: int, *, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[np.ndarray]:
    """How often each of `n` units is drawn in each resample, in blocks that fit into memory.

    Parameters
    ----------
    n : int
    resamples : int, default 2000
    seed : int
        The same seed gives the same draws, whatever else was drawn before.

    Yields
    ------
    numpy.ndarray of float, shape (some resamples, n)
        Every row adds up to `n`.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    block = max(1, _CHUNK // n)
    for first in range(0, resamples, block):
        rows = min(block, resamples - first)
        draws = generator.integers(0, n, size=(rows, n)) + np.arange(rows)[:, None] * n
        yield np.bincount(draws.ravel(), minlength=rows * n).reshape(rows, n).astype(float)


def ratio_intervals(
    numerators: np.ndarray, denominators: np.ndarray, *, resamples: int = RESAMPLES, seed: int = SEED
) -> np.ndarray:
    """Bootstrap intervals of ratios of sums, resampling whole clusters.

    Parameters
    ----------
    numerators : numpy.ndarray, shape (clusters, ratios)
        Sum of each cluster, for each of several ratios.
    denominators : numpy.ndarray, shape (clusters,)
        Common to all the ratios; not negative.
    resamples : int, default 2000
    seed : int

    Returns
    -------
    numpy.ndarray, shape (2, ratios)
        Lower and upper bounds: percentiles, expanded for the effective number of clusters. NaN where that is
        not above one.
    """
    import numpy as np

    n, ratios = numerators.shape
    effective = kish_effective_n(denominators)
    if effective <= 1 + 1e-9:
        return np.full((2, ratios), np.nan)
    drawn = []
    for weights in resampling_weights(n, resamples=resamples, seed=seed):
        totals = weights @ denominators
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn.append(weights @ numerators / totals[:, None])
    values = np.concatenate(drawn)
    values = values[np.isfinite(values).all(axis=1)]
    return np.quantile(values, expanded_percentiles(effective), axis=0)
