"""Tests of the difference between two groups of articles: over articles, outlet means, or outlets.

References
----------
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference. Journal of Human Resources 50.
Cochran (1977), Sampling Techniques, chapter 6 (ratio estimators, jackknife).
MacKinnon, Nielsen & Webb (2023), Cluster-robust inference: a guide to empirical practice. Journal of Econometrics
    232.
Welch (1947), The generalization of "Student's" problem when several different population variances are involved.
    Biometrika 34.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare._core.grouping import format_count
from analysis.compare._core.intervals import MINIMUM_CLUSTERS, t_quantile, t_test_p, welch_df
from analysis.compare._core.weighting import Weight, article_weights
from analysis.compare.inference.family_sums import FamilySums
from analysis.compare.inference.wild_bootstrap import Weights, wild_cluster_bootstrap

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MANY_OUTLETS = 30  # from here on, the tests over outlets need no note
MINIMUM_OUTLETS = 5  # in the smaller group, for the same
MINIMUM_WITH_HITS = 5
Method = Literal["articles", "welch", "wild"]


@dataclass(frozen=True)
class Pair:
    """The articles of two groups.

    Attributes
    ----------
    numerator, denominator : numpy.ndarray of float, shape (articles,)
        Sums by article, such as hits and words.
    outlet, family : numpy.ndarray of int, shape (articles,)
        Codes of outlets and families.
    inside : numpy.ndarray of bool, shape (articles,)
        True in the first group, False in the second.
    """

    numerator: np.ndarray
    denominator: np.ndarray
    outlet: np.ndarray
    family: np.ndarray
    inside: np.ndarray

    def select(self, inside: np.ndarray, other: np.ndarray | None) -> Pair:
        """The same articles divided into another pair of groups; `other` is all others if None."""
        kept = slice(None) if other is None else inside | other
        columns = (self.numerator, self.denominator, self.outlet, self.family, inside)
        return Pair(*(column[kept] for column in columns))

    def weighted(self, weight: Weight) -> Pair:
        """Numerators and denominators times the weights of the articles, which are made within each group."""
        import numpy as np

        if weight == "word":
            return self
        weights = np.zeros(len(self.denominator))
        for part in self.parts():
            weights[part] = article_weights(weight, self.denominator[part], self.outlet[part])
        return replace(self, numerator=self.numerator * weights, denominator=self.denominator * weights)

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """Masks of the two groups."""
        return self.inside, ~self.inside

    def difference(self) -> float:
        """Difference of the two ratios of sums; NaN if a group is empty."""
        ratios = [
            self.numerator[part].sum() / self.denominator[part].sum() if part.any() else float("nan")
            for part in self.parts()
        ]
        return float(ratios[0] - ratios[1])


def jackknife_test(sums: FamilySums) -> dict[str, Any]:
    """Difference of two ratios of sums, with families as the sample; families may span the groups.

    The interval is a delete-one jackknife over families (Cochran 1977). The p value is the larger of two: that of the
    interval, and that of a score test with a variance pooled over both groups. A small group without a hit has no
    variance of its own and would otherwise differ from any other with certainty; for the same reason it gets the
    pooled variance in the interval, too. The score test alone would call a group different because of one article
    with very many hits. So p below .05 implies that the interval excludes 0, but not the reverse.

    Parameters
    ----------
    sums : FamilySums

    Returns
    -------
    dict
        estimate, ci95_low, ci95_high, p, method, note. The bounds and p are NaN if there is too little data.
    """
    import numpy as np

    if reason := _too_few_families(sums):
        return _no_interval(sums.difference(), reason)
    pooled = _pooled_variance(sums)
    changes, contrast, added = np.zeros(len(sums.count)), np.zeros(len(sums.count)), 0.0
    variances, dfs = [], []
    effective = sums.effective_sizes()
    for sign, tops, bottoms, size in zip((1, -1), sums.tops, sums.bottoms, effective, strict=True):
        change = jackknife_changes(tops, bottoms, sums.count)
        changes += sign * change
        share = bottoms / (bottoms @ sums.count)
        contrast += sign * share
        variance, df = float(change**2 @ sums.count), size - 1
        alike = pooled.of(share)
        if sums.count[tops != 0].sum() < MINIMUM_WITH_HITS and alike > variance:
            added += alike - variance
            variance, df = alike, pooled.df
        variances.append(variance)
        dfs.append(df)
    estimate = sums.difference()
    error = (float(changes**2 @ sums.count) + added) ** 0.5
    there = sums.bottoms > 0
    if _is_zero(error, sums.tops[there] / sums.bottoms[there]):
        return _no_variation(estimate)
    row = _t_row(
        estimate,
        error,
        float(welch_df(variances, dfs)),
        "jackknife over families; p: the larger of its own and a score test's",
        "applies to these outlets, not to outlets of their kind",
    )
    return row | {"p": max(row["p"], t_test_p(estimate / pooled.of(contrast) ** 0.5, pooled.df))}


def _too_few_families(sums: FamilySums) -> str:
    """Why there is no interval; empty if there is enough data."""
    families = int(min((sums.bottoms > 0) @ sums.count))
    if families < MINIMUM_CLUSTERS:
        few = format_count(families, "articles")
        return f"{few} in a group (wire copy counted once), at least {MINIMUM_CLUSTERS} needed"
    if min(sums.effective_sizes()) < 2:
        return "one article or family accounts for most of a group"
    return _too_few_hits(int(sums.count[(sums.tops != 0).any(axis=0)].sum()))


def _too_few_hits(with_hits: int) -> str:
    if 0 < with_hits < MINIMUM_WITH_HITS:
        return f"hits in only {format_count(with_hits, 'articles')}, at least {MINIMUM_WITH_HITS} needed"
    return ""


@dataclass(frozen=True)
class _PooledVariance:
    """Variance of the numerators of families if both groups were alike.

    It is proportional to the denominator if hits are independent, and nearer to its square for wire copy and long
    articles. The larger of the two is used, so that neither a long article nor a story printed many times makes the
    others look certain.
    """

    denominators: np.ndarray
    count: np.ndarray
    per_word: float
    per_square: float
    df: float

    def of(self, contrast: np.ndarray) -> float:
        """Variance of the sum of the families' ratios, weighted with these coefficients."""
        squares = contrast**2 * self.count
        per_word = self.per_word * float((squares / self.denominators).sum())
        return max(per_word, self.per_square * float(squares.sum()))


def _pooled_variance(sums: FamilySums) -> _PooledVariance:
    tops, bottoms, count = sums.tops.sum(axis=0), sums.bottoms.sum(axis=0), sums.count
    n, words = count.sum(), float(bottoms @ count)
    squares = float((tops - tops @ count / words * bottoms) ** 2 @ count) * n / (n - 1)
    square_words = float(bottoms**2 @ count)
    df = max(1.0, words**2 / square_words - 2)
    return _PooledVariance(bottoms, count, squares / words, squares / square_words, df)


def jackknife_changes(
    numerators: np.ndarray, denominators: np.ndarray, count: np.ndarray | None = None
) -> np.ndarray:
    """Change of a ratio of sums when each cluster is left out, scaled for its variance.

    Parameters
    ----------
    numerators, denominators : numpy.ndarray, shape (rows,)
        Sums of clusters.
    count : numpy.ndarray of float, shape (rows,), optional
        How many clusters have these sums; 1 by default.

    Returns
    -------
    numpy.ndarray, shape (rows,)
        The sum of squares over the clusters is the jackknife variance of the ratio (Cochran 1977).
    """
    import numpy as np

    count = np.ones(len(numerators)) if count is None else count
    own = denominators > 0
    total, size = numerators @ count, denominators @ count
    change = np.zeros(len(numerators))
    change[own] = (total - numerators[own]) / (size - denominators[own]) - total / size
    return change * (1 - 1 / count[own].sum()) ** 0.5


def welch_test(pair: Pair) -> dict[str, Any]:
    """Difference of the mean rates of outlets, with outlets as the sample (Welch 1947).

    A group whose outlets all have the same rate is given the variance of the other group.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    dict
        estimate, ci95_low, ci95_high, p, method, note. The bounds and p are NaN if there is too little data.
    """
    import numpy as np

    if reason := _too_few_outlets(pair):
        return _no_interval(pair.difference(), reason)
    means, spreads, sizes = [], [], []
    for part in pair.parts():
        tops = np.bincount(pair.outlet[part], pair.numerator[part])
        bottoms = np.bincount(pair.outlet[part], pair.denominator[part])
        rates = tops[bottoms > 0] / bottoms[bottoms > 0]
        means.append(float(rates.mean()))
        spreads.append(float(rates.var(ddof=1)))
        sizes.append(len(rates))
    if 0 in spreads:
        spreads = [max(spreads)] * 2
    variances = [spread / size for spread, size in zip(spreads, sizes, strict=True)]
    df = float(welch_df(variances, [size - 1.0 for size in sizes]))
    error = sum(variances) ** 0.5
    if _is_zero(error, pair.numerator / pair.denominator):
        return _no_variation(means[0] - means[1])
    return _t_row(means[0] - means[1], error, df, "Welch t on outlet means", _few_outlets_note(pair))


def wild_bootstrap_test(pair: Pair, draws: Weights | None) -> dict[str, Any]:
    """Difference of two ratios of sums, with outlets as the sample; see `wild_cluster_bootstrap`.

    Parameters
    ----------
    pair : Pair
    draws : {'rademacher', 'webb'}, optional

    Returns
    -------
    dict
        estimate, ci95_low, ci95_high, p, method, note. The bounds and p are NaN if there is too little data.
    """
    if reason := _too_few_outlets(pair):
        return _no_interval(pair.difference(), reason)
    bootstrap = wild_cluster_bootstrap(
        pair.numerator / pair.denominator,
        pair.inside.astype(float),
        pair.outlet,
        weights=pair.denominator,
        families=pair.family,
        draws=draws,
    )
    if _is_zero(bootstrap.error, pair.numerator / pair.denominator):
        return _no_variation(bootstrap.slope)
    low, high = bootstrap.interval()
    note = _few_outlets_note(pair)
    if low != low or high != high:
        note = f"no interval: too few outlets for the bootstrap; {note}"
        low = high = float("nan")
    return {
        "estimate": bootstrap.slope,
        "ci95_low": low,
        "ci95_high": high,
        "p": bootstrap.p(),
        "method": f"wild cluster bootstrap ({bootstrap.kind}) over {bootstrap.n_clusters} outlets",
        "note": note,
    }


def _too_few_outlets(pair: Pair) -> str:
    """Why there is no interval; empty if there is enough data."""
    outlets = min(n_distinct(pair.outlet[part]) for part in pair.parts())
    if outlets < 2:
        return f"{format_count(outlets, 'outlets')} in a group, at least 2 needed"
    return _too_few_hits(n_distinct(pair.family[pair.numerator != 0]))


def clip_to_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Clip the bounds of differences of shares to -1 and 1, which t intervals may exceed."""
    bounds = ["ci95_low", "ci95_high"]
    return table.assign(**table[bounds].clip(-1, 1))


def n_distinct(codes: np.ndarray) -> int:
    """Number of distinct codes, none of them negative."""
    import numpy as np

    return int(np.count_nonzero(np.bincount(codes)))


def _t_row(estimate: float, error: float, df: float, method: str, note: str) -> dict[str, Any]:
    half = t_quantile(df) * error
    return {
        "estimate": estimate,
        "ci95_low": estimate - half,
        "ci95_high": estimate + half,
        "p": t_test_p(estimate / error, df),
        "method": method,
        "note": note,
    }


def _no_interval(estimate: float, reason: str) -> dict[str, Any]:
    missing = dict.fromkeys(("ci95_low", "ci95_high", "p"), float("nan"))
    return {
        "estimate": estimate,
        **missing,
        "method": "difference; no interval",
        "note": f"no interval: {reason}",
    }


def _no_variation(estimate: float) -> dict[str, Any]:
    return _no_interval(estimate, "no variation within the groups")


def _is_zero(error: float, ratios: np.ndarray) -> bool:
    """Whether a standard error is 0 up to rounding, compared with the ratios of the articles or families."""
    return not error > 1e-12 * float(abs(ratios).max())


def _few_outlets_note(pair: Pair) -> str:
    """Note on tests with few outlets; empty if there are many."""
    total, smaller = n_distinct(pair.outlet), min(n_distinct(pair.outlet[part]) for part in pair.parts())
    if total >= MANY_OUTLETS and smaller >= MINIMUM_OUTLETS:
        return ""
    return f"only {total} outlets, {smaller} in the smaller group: the interval is approximate below {MANY_OUTLETS}"
