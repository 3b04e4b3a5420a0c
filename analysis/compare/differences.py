"""Differences between groups of articles: which outlets, countries or periods differ, and how surely.

Three methods answer two questions. `articles` says how surely these very outlets differ in what they published and
might have published. `welch` and `wild` take the outlets as a sample of their kind and say how surely the kinds
differ, which is what "Russian outlets write more about ..." claims, and needs many outlets.

References
----------
Welch (1947), The generalization of "Student's" problem when several different population variances are involved.
    Biometrika 34.
Cochran (1977), Sampling Techniques, chapter 6 (variance of a ratio).
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference. Journal of Human Resources 50.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare.grouping import group_column
from analysis.compare.intervals import LEVEL, MINIMUM_CLUSTERS
from analysis.compare.wild_bootstrap import Weights, wild_cluster_bootstrap
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OTHERS = "all others"
MANY_OUTLETS = 30
Method = Literal["articles", "welch", "wild"]
COLUMNS = (
    "numerator", "denominator", "numerator_against", "denominator_against", "n", "n_against",
    "n_outlets", "n_outlets_against", "estimate", "ci95_low", "ci95_high", "p", "method", "note",
)  # fmt: skip


def differences(
    units: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    method: Method,
    against: str | None = None,
    sample: str = "outlet",
    family: str = "family_id",
    draws: Weights | None = None,
    scale: float = 1,
) -> pd.DataFrame:
    """Compare each group of articles with the others.

    Parameters
    ----------
    units : pandas.DataFrame
        Columns article_id, numerator, denominator, one row per article, as `analysis.compare.units` makes them;
        articles with a denominator of 0 are left out.
    articles : pandas.DataFrame
        The table `articles`.
    by : str
        Column of `articles`, or period, that makes the groups.
    method : {'articles', 'welch', 'wild'}
        'articles': rates over all words of a group, articles as the sample, those of a family as one (linearised
        variance, t). 'welch': means of the outlets' rates, outlets as the sample, each with the same weight. 'wild':
        rates over all words, outlets as the sample, families as a second way of clustering (wild cluster bootstrap).
    against : str, optional
        The group that all are compared with; by default each is compared with all other articles.
    sample : str, default 'outlet'
        Column whose values are the sample for 'welch' and 'wild'.
    family : str, default 'family_id'
        Column whose values share a story; 'article_id' for none.
    draws : {'rademacher', 'webb'}, optional
        For 'wild'.
    scale : float, default 1
        1,000 for rates per 1,000 words.

    Returns
    -------
    pandas.DataFrame
        One row per group: its name in the column `by`, `against`, `numerator` and `denominator` and those of the
        other group, `n`, `n_against` articles, `n_outlets`, `n_outlets_against`, `estimate` (the difference),
        `ci95_low`, `ci95_high`, `p`, `method`, `note` (why there is no interval, or how far it can be trusted).

    Raises
    ------
    FramingError
        There is no such column, method or group.
    """
    import pandas as pd

    if method not in _METHODS:
        raise FramingError(f"no method is called '{method}'", remedy=f"there are: {', '.join(_METHODS)}")
    names = sorted(set(group_column(articles, by)))
    if against is not None and against not in names:
        raise FramingError(f"no article has {by} '{against}'", remedy=f"there are: {', '.join(names)}")
    data = articles[["article_id"]].assign(
        group=group_column(articles, by),
        outlet=group_column(articles, sample),
        family=group_column(articles, family),
    )
    data = units[units["denominator"] > 0].merge(data, on="article_id", validate="one_to_one")
    data = data.sort_values("article_id", kind="stable", ignore_index=True)
    rows = []
    for name in names:
        if name == against:
            continue
        pair = _pair(data, name, against)
        counts = _counts(pair)
        made = _refusal(pair, counts, method) or _METHODS[method](pair, draws)
        for bound in ("estimate", "ci95_low", "ci95_high"):
            made[bound] = scale * made[bound]
        rows.append({by: name, "against": against or OTHERS} | counts | made)
    return pd.DataFrame(rows, columns=[by, "against", *COLUMNS])


@dataclass(frozen=True)
class _Pair:
    """The articles of a group and of the one it is compared with: sums, outlet and family as numbers."""

    x: np.ndarray
    y: np.ndarray
    outlet: np.ndarray
    family: np.ndarray
    inside: np.ndarray

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        return self.inside, ~self.inside

    def difference(self) -> float:
        rates = [
            self.x[part].sum() / self.y[part].sum() if part.any() else float("nan") for part in self.parts()
        ]
        return float(rates[0] - rates[1])


def _pair(data: pd.DataFrame, name: str, against: str | None) -> _Pair:
    import numpy as np

    rows = data if against is None else data[data["group"].isin([name, against])]
    return _Pair(
        x=rows["numerator"].to_numpy(dtype=float),
        y=rows["denominator"].to_numpy(dtype=float),
        outlet=np.unique(rows["outlet"].to_numpy(dtype=str), return_inverse=True)[1],
        family=np.unique(rows["family"].to_numpy(dtype=str), return_inverse=True)[1],
        inside=(rows["group"] == name).to_numpy(dtype=bool),
    )


def _articles(pair: _Pair, draws: Weights | None) -> dict[str, Any]:
    """Difference of two ratios of sums; one variance over both groups, since families may span them."""
    import numpy as np

    influence, variances, freedoms = np.zeros(len(pair.x)), [], []
    for sign, part in zip((1, -1), pair.parts(), strict=True):
        x, y, family = pair.x[part], pair.y[part], pair.family[part]
        n = _distinct(family)
        z = (x - x.sum() / y.sum() * y) / y.sum() * (n / (n - 1)) ** 0.5
        influence[part] = sign * z
        variances.append(float((np.bincount(family, z) ** 2).sum()))
        freedoms.append(n - 1)
    error = float((np.bincount(pair.family, influence) ** 2).sum()) ** 0.5
    note = "says how surely these outlets differ, not outlets of their kind"
    freedom = _welch_freedom(variances, freedoms)
    return _t_row(pair, pair.difference(), error, freedom, "linearised t over families", note)


def _welch(pair: _Pair, draws: Weights | None) -> dict[str, Any]:
    import numpy as np

    means, variances, freedoms = [], [], []
    for part in pair.parts():
        sums, words = (
            np.bincount(pair.outlet[part], pair.x[part]),
            np.bincount(pair.outlet[part], pair.y[part]),
        )
        rates = sums[words > 0] / words[words > 0]
        means.append(float(rates.mean()))
        variances.append(float(rates.var(ddof=1)) / len(rates))
        freedoms.append(len(rates) - 1)
    freedom = _welch_freedom(variances, freedoms)
    error = sum(variances) ** 0.5
    return _t_row(pair, means[0] - means[1], error, freedom, "Welch t on outlet means", _few(pair))


def _wild(pair: _Pair, draws: Weights | None) -> dict[str, Any]:
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


_METHODS: dict[str, Callable[[_Pair, Weights | None], dict[str, Any]]] = {
    "articles": _articles,
    "welch": _welch,
    "wild": _wild,
}


def _counts(pair: _Pair) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for suffix, part in zip(("", "_against"), pair.parts(), strict=True):
        made[f"numerator{suffix}"] = float(pair.x[part].sum())
        made[f"denominator{suffix}"] = float(pair.y[part].sum())
        made[f"n{suffix}"] = int(part.sum())
        made[f"n_outlets{suffix}"] = _distinct(pair.outlet[part])
    return made


def _refusal(pair: _Pair, counts: dict[str, Any], method: Method) -> dict[str, Any] | None:
    families = min(_distinct(pair.family[part]) for part in pair.parts())
    outlets = min(counts["n_outlets"], counts["n_outlets_against"])
    if method == "articles" and families < MINIMUM_CLUSTERS:
        reason = f"{families} articles of their own in a group, at least {MINIMUM_CLUSTERS} needed"
    elif method != "articles" and outlets < 2:
        reason = f"{outlets} outlets in a group; with one outlet its kind cannot be told from itself"
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


def _is_nothing(error: float, pair: _Pair) -> bool:
    """No error but that of rounding."""
    return not error > 1e-12 * float(abs(pair.x / pair.y).max())


def _t_row(
    pair: _Pair, estimate: float, error: float, freedom: float, method: str, note: str
) -> dict[str, Any]:
    from scipy.stats import t

    if _is_nothing(error, pair):
        return _nothing_varies(estimate)
    half = float(t.ppf((1 + LEVEL) / 2, freedom)) * error
    return {
        "estimate": estimate,
        "ci95_low": estimate - half,
        "ci95_high": estimate + half,
        "p": 2 * float(t.sf(abs(estimate) / error, freedom)),
        "method": method,
        "note": note,
    }


def _welch_freedom(variances: list[float], freedoms: list[int]) -> float:
    below = sum(v * v / f for v, f in zip(variances, freedoms, strict=True))
    return sum(variances) ** 2 / below if below > 0 else float(min(freedoms))


def _few(pair: _Pair) -> str:
    """What to mind with few outlets; empty with many."""
    total, smaller = _distinct(pair.outlet), min(_distinct(pair.outlet[part]) for part in pair.parts())
    if total >= MANY_OUTLETS and smaller >= 5:
        return ""
    return f"only {total} outlets, {smaller} in the smaller group: below {MANY_OUTLETS} the interval is rough"


def _distinct(codes: np.ndarray) -> int:
    import numpy as np

    return len(np.unique(codes))
