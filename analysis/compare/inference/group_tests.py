"""Tests of the difference between two groups of articles: over articles, outlet means, or outlets.

References
----------
Welch (1947), The generalization of "Student's" problem when several different population variances are involved.
    Biometrika 34.
Cochran (1977), Sampling Techniques, chapter 6 (ratio estimators, jackknife).
MacKinnon, Nielsen & Webb (2023), Cluster-robust inference: a guide to empirical practice. Journal of Econometrics
    232.
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference. Journal of Human Resources 50.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare._core.grouping import format_count
from analysis.compare._core.intervals import (
    MINIMUM_CLUSTERS,
    kish_effective_n,
    t_quantile,
    t_test_p,
    welch_df,
)
from analysis.compare.inference.wild_bootstrap import Weights, wild_cluster_bootstrap

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MANY_OUTLETS = 30
FEW_WITH_HITS = 5
Method = Literal["articles", "welch", "wild"]


@dataclass(frozen=True)
class Pair:
    """The articles of a group and of the one it is compared with: sums, outlet and family as numbers."""

    x: np.ndarray
    y: np.ndarray
    outlet: np.ndarray
    family: np.ndarray
    inside: np.ndarray

    def of(self, inside: np.ndarray, other: np.ndarray | None) -> Pair:
        """A group and another, or all others."""
        if other is None:
            return Pair(self.x, self.y, self.outlet, self.family, inside)
        kept = inside | other
        return Pair(self.x[kept], self.y[kept], self.outlet[kept], self.family[kept], inside[kept])

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """Masks of the articles in the group and in the one it is compared with."""
        return self.inside, ~self.inside

    def difference(self) -> float:
        """The rate of the group minus the rate of the other one."""
        rates = [
            self.x[part].sum() / self.y[part].sum() if part.any() else float("nan") for part in self.parts()
        ]
        return float(rates[0] - rates[1])


def over_articles(pair: Pair, draws: Weights | None) -> dict[str, Any]:
    """Difference of two ratios of sums, families as the sample; they may span the groups.

    The interval rests on the jackknife over families: leaving one out shows what it does, however large it is. The p
    value is that of a score test, whose variance is taken over both groups as if they were alike: a small group
    without a hit shows no variation of its own, and would otherwise differ from any other beyond doubt. For the same
    reason such a group gets the common variance in the interval. As with two proportions, interval and p may
    disagree at the edge.
    """
    import numpy as np

    common = _common_variance(pair)
    moved, contrast, added = np.zeros(n := len(common.words)), np.zeros(n), 0.0
    variances, freedoms = [], []
    for sign, part in zip((1, -1), pair.parts(), strict=True):
        own_x, own_y = (np.bincount(pair.family[part], v[part], minlength=n) for v in (pair.x, pair.y))
        change = jackknife_changes(own_x, own_y)
        moved += sign * change
        contrast += sign * own_y / own_y.sum()
        variance, freedom = float((change**2).sum()), kish_effective_n(own_y) - 1
        alike = common.of(own_y / own_y.sum())
        if (own_x != 0).sum() < FEW_WITH_HITS and alike > variance:
            added += alike - variance
            variance, freedom = alike, common.freedom
        variances.append(variance)
        freedoms.append(freedom)
    row = _t_row(
        pair,
        pair.difference(),
        (float((moved**2).sum()) + added) ** 0.5,
        float(welch_df(variances, freedoms)),
        "jackknife over families; p: score test",
        "says how surely these outlets differ, not outlets of their kind",
    )
    if row["note"].startswith("no interval"):
        return row
    return row | {"p": t_test_p(pair.difference() / common.of(contrast) ** 0.5, common.freedom)}


@dataclass(frozen=True)
class _Common:
    """The variance of families' hits were both groups alike: in proportion to their words, or to the square.

    Hits of independent words go with the first, hits of reprints and of long articles nearer the second; the larger
    of the two is taken, so that neither one long article nor one much reprinted story makes the others look certain.
    """

    words: np.ndarray
    per_word: float
    per_square: float
    freedom: float

    def of(self, contrast: np.ndarray) -> float:
        """Variance of the families' rates added up with these coefficients."""
        import numpy as np

        inside = self.words > 0
        per_word = self.per_word * float((contrast[inside] ** 2 / self.words[inside]).sum())
        return float(np.maximum(per_word, self.per_square * (contrast**2).sum()))


def _common_variance(pair: Pair) -> _Common:
    import numpy as np

    x, y = np.bincount(pair.family, pair.x), np.bincount(pair.family, pair.y)
    n = int((y > 0).sum())
    squares = float(((x - x.sum() / y.sum() * y) ** 2).sum()) * n / (n - 1)
    return _Common(y, squares / y.sum(), squares / float((y**2).sum()), max(1.0, kish_effective_n(y) - 2))


def jackknife_changes(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What leaving out each family changes in the ratio, scaled so that the squares add up to its variance."""
    import numpy as np

    own = y > 0
    change = np.zeros(len(x))
    change[own] = (x.sum() - x[own]) / (y.sum() - y[own]) - x.sum() / y.sum()
    return change * (1 - 1 / own.sum()) ** 0.5


def over_outlet_means(pair: Pair, draws: Weights | None) -> dict[str, Any]:
    """Welch's interval of the difference between means of outlets."""
    import numpy as np

    means, spreads, sizes = [], [], []
    for part in pair.parts():
        sums, words = (
            np.bincount(pair.outlet[part], pair.x[part]),
            np.bincount(pair.outlet[part], pair.y[part]),
        )
        rates = sums[words > 0] / words[words > 0]
        means.append(float(rates.mean()))
        spreads.append(float(rates.var(ddof=1)))
        sizes.append(len(rates))
    if 0 in spreads:  # outlets without a hit: their variation is taken to be that of the other group
        spreads = [max(spreads)] * 2
    variances = [spread / size for spread, size in zip(spreads, sizes, strict=True)]
    freedoms = [size - 1.0 for size in sizes]
    freedom = float(welch_df(variances, freedoms))
    error = sum(variances) ** 0.5
    return _t_row(pair, means[0] - means[1], error, freedom, "Welch t on outlet means", _few(pair))


def wild_bootstrap(pair: Pair, draws: Weights | None) -> dict[str, Any]:
    """Interval of the difference by the wild cluster bootstrap over outlets."""
    bootstrap = wild_cluster_bootstrap(
        pair.x / pair.y,
        pair.inside.astype(float),
        pair.outlet,
        weights=pair.y,
        families=pair.family,
        draws=draws,
    )
    if _is_nothing(bootstrap.error, pair):
        return _nothing_varies(bootstrap.slope)
    low, high = bootstrap.interval()
    note = _few(pair)
    if low != low or high != high:
        note = f"no interval: too few outlets for the bootstrap to reject anything; {note}"
        low = high = float("nan")
    return {
        "estimate": bootstrap.slope,
        "ci95_low": low,
        "ci95_high": high,
        "p": bootstrap.p(),
        "method": f"wild cluster bootstrap ({bootstrap.kind}) over {bootstrap.n_clusters} outlets",
        "note": note,
    }


METHODS: dict[str, Callable[[Pair, Weights | None], dict[str, Any]]] = {
    "articles": over_articles,
    "welch": over_outlet_means,
    "wild": wild_bootstrap,
}


def refusal(pair: Pair, counts: dict[str, Any], method: Method) -> dict[str, Any] | None:
    """A result without an interval, and why the data do not allow one; None where they do."""
    families = min(distinct(pair.family[part]) for part in pair.parts())
    outlets = min(counts["n_outlets"], counts["n_outlets_against"])
    if method == "articles" and families < MINIMUM_CLUSTERS:
        few = format_count(families, "articles")
        reason = f"{few} in a group, reprints as one, at least {MINIMUM_CLUSTERS} needed"
    elif method == "articles" and min(_effective_families(pair, part) for part in pair.parts()) < 2:
        reason = "one article or story makes most of a group"
    elif method != "articles" and outlets < 2:
        reason = f"{format_count(outlets, 'outlets')} in a group; with one outlet its kind cannot be told from itself"
    elif 0 < (with_hits := distinct(pair.family[pair.x != 0])) < FEW_WITH_HITS:
        reason = f"hits in only {format_count(with_hits, 'articles')}, at least {FEW_WITH_HITS} needed"
    else:
        return None
    return _no_interval(pair.difference(), reason)


def _no_interval(estimate: float, reason: str) -> dict[str, Any]:
    missing = dict.fromkeys(("ci95_low", "ci95_high", "p"), float("nan"))
    return {
        "estimate": estimate,
        **missing,
        "method": "difference; no interval",
        "note": f"no interval: {reason}",
    }


def _nothing_varies(estimate: float) -> dict[str, Any]:
    return _no_interval(estimate, "all values within the groups are alike")


def _is_nothing(error: float, pair: Pair) -> bool:
    """No error but that of rounding."""
    return not error > 1e-12 * float(abs(pair.x / pair.y).max())


def _t_row(
    pair: Pair, estimate: float, error: float, freedom: float, method: str, note: str
) -> dict[str, Any]:
    if _is_nothing(error, pair):
        return _nothing_varies(estimate)
    half = t_quantile(freedom) * error
    return {
        "estimate": estimate,
        "ci95_low": estimate - half,
        "ci95_high": estimate + half,
        "p": t_test_p(estimate / error, freedom),
        "method": method,
        "note": note,
    }


def clip_to_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Differences of shares, with no bound beyond -1 or 1: a t interval knows no bounds."""
    bounds = ["ci95_low", "ci95_high"]
    return table.assign(**table[bounds].clip(-1, 1))


def _few(pair: Pair) -> str:
    """What to mind with few outlets; empty with many."""
    total, smaller = distinct(pair.outlet), min(distinct(pair.outlet[part]) for part in pair.parts())
    if total >= MANY_OUTLETS and smaller >= 5:
        return ""
    return f"only {total} outlets, {smaller} in the smaller group: below {MANY_OUTLETS} the interval is rough"


def distinct(codes: np.ndarray) -> int:
    """Number of different values."""
    import numpy as np

    return len(np.unique(codes))


def _effective_families(pair: Pair, part: np.ndarray) -> float:
    import numpy as np

    return kish_effective_n(np.bincount(pair.family[part], pair.y[part]))
