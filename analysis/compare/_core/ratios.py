"""Ratios of sums over articles, and shares of articles, by group and with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import ARTICLES, format_count
from analysis.compare._core.intervals import (
    FEW_CLUSTERS,
    FEW_DISTINCT,
    MINIMUM_CLUSTERS,
    MINIMUM_EFFECTIVE,
    RESAMPLES,
    kish_effective_n,
    ratio_intervals,
    wilson,
)
from analysis.compare._core.results import NO_INTERVAL, RESULT_COLUMNS, result_row
from analysis.compare._core.weighting import article_weights, how_weighted

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups

    # labels (a value per label column), numerators of shape (articles, items), denominators of shape (articles,)
    Cell = tuple[dict[str, str], np.ndarray, np.ndarray]


def counts_matrix(
    groups: Groups, rows: pd.DataFrame, item: str, items: Sequence[str], *, weight: str | None = None
) -> np.ndarray:
    """Count the rows of each article and item, or sum a column over them.

    Parameters
    ----------
    groups : Groups
        Gives the order of the articles.
    rows : pandas.DataFrame
        With article_id and the columns `item` and `weight`.
    item : str
        Column whose values are counted.
    items : sequence of str
        Values to count, in this order. Other values are ignored.
    weight : str, optional
        Column to sum instead of counting rows.

    Returns
    -------
    numpy.ndarray of float, shape (articles, items)
    """
    import numpy as np
    import pandas as pd

    article = pd.Index(groups.article_ids).get_indexer(pd.Index(rows["article_id"]))
    place = pd.Index(list(items), dtype="str").get_indexer(pd.Index(rows[item]))
    known = (article >= 0) & (place >= 0)
    weights = None if weight is None else rows[weight].to_numpy(dtype=float)[known]
    flat = np.bincount(
        article[known] * len(items) + place[known], weights, minlength=len(groups.article_ids) * len(items)
    )
    return flat.reshape(len(groups.article_ids), len(items)).astype(float)


def totals(groups: Groups, rows: pd.DataFrame, weight: str | None = None) -> np.ndarray:
    """Count the rows of each article, or sum a column over them; shape (articles,)."""
    return counts_matrix(groups, rows.assign(_all=""), "_all", [""], weight=weight)[:, 0]


def group_sums(groups: Groups, counts: Sequence[np.ndarray], columns: Sequence[str]) -> pd.DataFrame:
    """Sum counts over the articles of each group.

    Parameters
    ----------
    groups : Groups
    counts : sequence of numpy.ndarray, shape (articles, columns)
        One array per cell, in the order given to `ratio_table`.
    columns : sequence of str

    Returns
    -------
    pandas.DataFrame
        Integers, one row per group and cell, in the order of the rows of `ratio_table`.
    """
    import pandas as pd

    sums = [array[groups.codes == code].sum(axis=0) for code in range(len(groups.keys)) for array in counts]
    return pd.DataFrame(sums, columns=list(columns)).astype("int64")


def ratio_table(
    groups: Groups,
    cells: Sequence[Cell],
    *,
    method: str,
    what: str,
    item: str | None = None,
    items: Sequence[str] = ("",),
    scale: float = 1,
    labels: Sequence[str] = (),
) -> pd.DataFrame:
    """Ratios of sums over the articles of each group, with bootstrap intervals over its clusters.

    Parameters
    ----------
    groups : Groups
    cells : sequence of (labels, numerators, denominators)
        One per combination of labels. `numerators` has shape (articles, items), `denominators` shape (articles,).
    method : str
        Beginning of the column `method`.
    what : str
        What the denominator counts, in the plural: 'words', 'quotes'. Used in notes.
    item : str, optional
        Name of the column for the items.
    items : sequence of str
        Names of the items.
    scale : float, default 1
        Factor for estimates and bounds: 1,000 for rates per 1,000 words.
    labels : sequence of str
        Columns for the labels of the cells.

    Returns
    -------
    pandas.DataFrame
        One row per group, cell and item: columns of the group, `labels`, `item`, and
        `analysis.compare._core.results.RESULT_COLUMNS`. `n` counts articles with a denominator above 0. `numerator`
        and `denominator` are counts whatever the weight of the groups.
    """
    import pandas as pd

    method = how_weighted(method, groups.weight)
    rows: list[dict[str, Any]] = []
    for key, members in _members(groups):
        for cell, numerators, denominators in cells:
            inside = members[denominators[members] > 0]
            counts, total = numerators[inside].sum(axis=0), float(denominators[inside].sum())
            weights = article_weights(groups.weight, denominators[inside], groups.outlets[inside])
            tops, bottoms = _sum_by_cluster(
                groups.clusters[inside], numerators[inside] * weights[:, None], denominators[inside] * weights
            )
            bounds = _bounds(tops, bottoms)
            bootstrap = f"{method}; bootstrap over {len(bottoms)} {groups.unit}, {RESAMPLES:,} resamples"
            for place, name in enumerate(items):
                reason = _reason_without_interval(tops[:, place], bottoms, groups.unit, what)
                low, high = scale * bounds[:, place]
                row = result_row(
                    float(counts[place]),
                    total,
                    len(inside),
                    estimate=scale * tops[:, place].sum() / bottoms.sum() if total else float("nan"),
                    interval=NO_INTERVAL if reason else (low, high),
                    method=f"{method}; no interval" if reason else bootstrap,
                    note=reason or _caution(tops[:, place], bottoms, groups.unit),
                )
                rows.append(key | cell | ({} if item is None else {item: name}) | row)
    columns = [*groups.keys.columns, *labels, *([] if item is None else [item]), *RESULT_COLUMNS]
    return pd.DataFrame(rows, columns=columns)


def share_table(
    groups: Groups,
    cells: Sequence[Cell],
    *,
    method: str,
    item: str,
    items: Sequence[str],
    labels: Sequence[str] = (),
    what: str = "articles",
) -> pd.DataFrame:
    """Shares of the articles of each group, with Wilson intervals.

    If clusters other than articles are resampled, or each outlet counts equally, bootstrap intervals over the
    clusters are used instead.

    Parameters
    ----------
    groups, cells, method, item, items, labels, what
        See `ratio_table`. Numerators and denominators are 0 or 1.

    Returns
    -------
    pandas.DataFrame
        As `ratio_table`.
    """
    import pandas as pd

    if groups.unit != ARTICLES or groups.weight == "outlet":
        return ratio_table(groups, cells, method=method, what=what, item=item, items=items, labels=labels)
    rows: list[dict[str, Any]] = []
    for key, members in _members(groups):
        for cell, numerators, denominators in cells:
            inside = members[denominators[members] > 0]
            n = len(inside)
            for place, name in enumerate(items):
                hits = float(numerators[inside, place].sum())
                row = result_row(
                    hits,
                    float(n),
                    n,
                    estimate=hits / n if n else float("nan"),
                    interval=wilson(hits, n),
                    method=f"{method}; Wilson",
                    note="" if n else "no articles",
                )
                rows.append(key | cell | {item: name} | row)
    return pd.DataFrame(rows, columns=[*groups.keys.columns, *labels, item, *RESULT_COLUMNS])


def _members(groups: Groups) -> list[tuple[dict[str, str], np.ndarray]]:
    """The key of each group, and the positions of its articles."""
    import numpy as np

    names = list(groups.keys.columns)
    keys = (dict(zip(names, row, strict=True)) for row in groups.keys.itertuples(index=False))
    order = np.argsort(groups.codes, kind="stable")
    edges = np.searchsorted(groups.codes[order], np.arange(len(groups.keys) + 1))
    return [(key, order[first:last]) for key, (first, last) in zip(keys, pairwise(edges), strict=True)]


def _sum_by_cluster(
    clusters: np.ndarray, numerators: np.ndarray, denominators: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    names, places = np.unique(clusters, return_inverse=True)
    if len(names) == len(clusters):
        return numerators, denominators
    sums = np.zeros((len(names), numerators.shape[1]))
    np.add.at(sums, places, numerators)
    return sums, np.bincount(places, denominators, minlength=len(names))


def _bounds(tops: np.ndarray, bottoms: np.ndarray) -> np.ndarray:
    import numpy as np

    if len(bottoms) < MINIMUM_CLUSTERS:
        return np.full((2, tops.shape[1]), np.nan)
    return ratio_intervals(tops, bottoms)


def _reason_without_interval(tops: np.ndarray, bottoms: np.ndarray, unit: str, what: str) -> str:
    """Why there is no interval; empty if there is one."""
    import numpy as np

    n = len(bottoms)
    if n == 0:
        return f"no {what}"
    if n < MINIMUM_CLUSTERS:
        return f"no interval: {format_count(n, unit)}, at least {MINIMUM_CLUSTERS} needed"
    if kish_effective_n(bottoms) < MINIMUM_EFFECTIVE:
        return f"no interval: a few of the {n} {unit} account for most of the {what}"
    if not tops.any():
        return f"no interval: the count is 0 in all {n} {unit}, so the bootstrap has no variation"
    if np.allclose(tops * bottoms.sum(), bottoms * tops.sum(), rtol=1e-12, atol=0):
        return f"no interval: the value is the same in all {n} {unit}, so the bootstrap has no variation"
    return ""


def _caution(tops: np.ndarray, bottoms: np.ndarray, unit: str) -> str:
    """What limits an interval; empty if nothing does."""
    import numpy as np

    n = len(bottoms)
    cautions = []
    if n < FEW_CLUSTERS:
        cautions.append(f"only {n} {unit}: intervals cover 86-92 % instead of 95 %")
    alike = int(np.unique(np.round(tops / bottoms, 12), return_counts=True)[1].max())
    if n / 2 < alike and n - alike < FEW_DISTINCT:
        cautions.append(
            f"the value is the same in all but {format_count(n - alike, unit)}: the interval is too narrow"
        )
    return "; ".join(cautions)
