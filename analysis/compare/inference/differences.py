"""Differences between groups of articles: which outlets, countries or periods differ, and how surely.

Three methods answer two questions. `articles` says how surely these very outlets differ in what they published and
might have published. `welch` and `wild` take the outlets as a sample of their kind and say how surely the kinds
differ, which is what "Russian outlets write more about ..." claims, and needs many outlets.

The tests stand in `analysis.compare.inference.group_tests`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import group_column
from analysis.compare.inference.group_tests import METHODS, Method, Pair, distinct, refusal
from analysis.compare.inference.wild_bootstrap import Weights
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OTHERS = "all others"
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
        Columns article_id, numerator, denominator, one row per article, as `analysis.compare._core.units` makes them;
        articles with a denominator of 0 are left out.
    articles : pandas.DataFrame
        The table `articles`.
    by : str
        Column of `articles`, or period, that makes the groups.
    method : {'articles', 'welch', 'wild'}
        'articles': rates over all words of a group, articles as the sample, those of a family as one
        (jackknife, t). 'welch': means of the outlets' rates, outlets as the sample, each with the same weight.
        'wild': rates over all words, outlets as the sample, families as a second way of clustering (wild cluster
        bootstrap).
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

    Examples
    --------
    >>> from analysis.compare import differences, units
    >>> tables = analysis.load_tables("results")
    >>> per_article = units.theme_units(tables, "sanctions", voice="outlet")
    >>> found = differences.differences(
    ...     per_article, tables.articles, by="outlet_country", method="articles", against="Iran", scale=1000
    ... )
    >>> found["against"].unique().tolist(), found["outlet_country"].head(3).tolist()
    (['Iran'], ['Azerbaijan', 'Lebanon', 'Russia'])
    """
    import pandas as pd

    if method not in METHODS:
        raise FramingError(f"no method is called '{method}'", remedy=f"there are: {', '.join(METHODS)}")
    names = sorted(set(group_column(articles, by)))
    if against is not None and against not in names:
        raise FramingError(f"no article has {by} '{against}'", remedy=f"there are: {', '.join(names)}")
    data, groups = _data(units, articles, by, sample, family)
    rows = []
    for name in names:
        if name == against:
            continue
        pair = data.of(groups == name, None if against is None else groups == against)
        counts = _counts(pair)
        made = refusal(pair, counts, method) or METHODS[method](pair, draws)
        for bound in ("estimate", "ci95_low", "ci95_high"):
            made[bound] = scale * made[bound]
        rows.append({by: name, "against": against or OTHERS} | counts | made)
    return pd.DataFrame(rows, columns=[by, "against", *COLUMNS])


def _data(
    units: pd.DataFrame, articles: pd.DataFrame, by: str, sample: str, family: str
) -> tuple[Pair, np.ndarray]:
    """All articles with a denominator, outlet and family as numbers; and the group of each."""
    import numpy as np

    labels = articles[["article_id"]].assign(
        group=group_column(articles, by),
        outlet=group_column(articles, sample),
        family=group_column(articles, family),
    )
    data = units[units["denominator"] > 0].merge(labels, on="article_id", validate="one_to_one")
    data = data.sort_values("article_id", kind="stable", ignore_index=True)

    def numbered(name: str) -> np.ndarray:
        return np.unique(data[name].to_numpy(dtype=str), return_inverse=True)[1]

    everything = Pair(
        x=data["numerator"].to_numpy(dtype=float),
        y=data["denominator"].to_numpy(dtype=float),
        outlet=numbered("outlet"),
        family=numbered("family"),
        inside=np.zeros(len(data), dtype=bool),
    )
    return everything, data["group"].to_numpy(dtype=str)


def _counts(pair: Pair) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for suffix, part in zip(("", "_against"), pair.parts(), strict=True):
        made[f"numerator{suffix}"] = float(pair.x[part].sum())
        made[f"denominator{suffix}"] = float(pair.y[part].sum())
        made[f"n{suffix}"] = int(part.sum())
        made[f"n_outlets{suffix}"] = distinct(pair.outlet[part])
    return made
