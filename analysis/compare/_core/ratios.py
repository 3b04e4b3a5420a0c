"""The rows of a comparison: sums over articles, their ratio and its interval, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import ARTICLES, format_count
from analysis.compare._core.intervals import (
    FEW_APART,
    FEW_CLUSTERS,
    MINIMUM_CLUSTERS,
    MINIMUM_EFFECTIVE,
    RESAMPLES,
    kish_effective_n,
    ratio_intervals,
    wilson,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups

    # the labels of the cell as columns, numerators (articles, items), denominators (articles,)
    Cell = tuple[dict[str, str], np.ndarray, np.ndarray]

NUMBERS = ("numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note")


def counts_matrix(
    groups: Groups, rows: pd.DataFrame, item: str, items: Sequence[str], *, weight: str | None = None
) -> np.ndarray:
    """Rows per article and item, or the sum of a column over them.

    Parameters
    ----------
    groups : Groups
        Gives the order of the articles.
    rows : pandas.DataFrame
        With article_id and the columns `item` and `weight`.
    item : str
    items : sequence of str
        Values of `item` to count, in this order; others are left out.
    weight : str, optional
        Column to add up instead of counting rows.

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
    method : str
        Starts the column of that name.
    what : str
        What the denominator counts, for the note of a group that has none.
    item : str, optional
        Column for the items.
    items : sequence of str
        What the columns of the numerators are.
    scale : float, default 1
        Factor of estimate and bounds.
    labels : sequence of str
        Columns that the labels of the cells go to.

    Returns
    -------
    pandas.DataFrame
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for key, members in _groups(groups):
        for cell, numerators, denominators in cells:
            inside = members[denominators[members] > 0]
            sums, below = _by_cluster(groups.clusters[inside], numerators[inside], denominators[inside])
            low, high = _bounds(sums, below)
            how = f"{method}; bootstrap over {len(below)} {groups.unit}, {RESAMPLES:,} resamples"
            total, top = float(below.sum()), sums.sum(axis=0)
            for place, name in enumerate(items):
                note = _refusal(len(below), sums[:, place], below, groups.unit, what)
                kept = not note
                note = note or _caution(sums[:, place], below, groups.unit)
                rows.append(
                    {**key, **cell}
                    | ({} if item is None else {item: name})
                    | {
                        "numerator": float(top[place]),
                        "denominator": total,
                        "n": len(inside),
                        "estimate": scale * top[place] / total if total else float("nan"),
                        "ci95_low": scale * low[place] if kept else float("nan"),
                        "ci95_high": scale * high[place] if kept else float("nan"),
                        "method": how if kept else f"{method}; no interval",
                        "note": note,
                    }
                )
    columns = [*groups.keys.columns, *labels, *([] if item is None else [item]), *NUMBERS]
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
    """Shares of the articles of each group; arguments as for `ratio_table`.

    Wilson intervals; where other clusters than the articles are resampled, bootstrap ones over those.
    """
    import pandas as pd

    if groups.unit != ARTICLES:
        return ratio_table(groups, cells, method=method, what=what, item=item, items=items, labels=labels)
    rows: list[dict[str, Any]] = []
    for key, members in _groups(groups):
        for cell, numerators, denominators in cells:
            inside = members[denominators[members] > 0]
            for place, name in enumerate(items):
                n, top = len(inside), float(numerators[inside, place].sum())
                low, high = wilson(top, n)
                rows.append(
                    {**key, **cell, item: name}
                    | {
                        "numerator": top,
                        "denominator": float(n),
                        "n": n,
                        "estimate": top / n if n else float("nan"),
                        "ci95_low": low,
                        "ci95_high": high,
                        "method": f"{method}; Wilson",
                        "note": "" if n else "no articles",
                    }
                )
    return pd.DataFrame(rows, columns=[*groups.keys.columns, *labels, item, *NUMBERS])


def _groups(groups: Groups) -> list[tuple[dict[str, str], np.ndarray]]:
    import numpy as np

    names = list(groups.keys.columns)
    keys = (dict(zip(names, row, strict=True)) for row in groups.keys.itertuples(index=False))
    order = np.argsort(groups.codes, kind="stable")
    edges = np.searchsorted(groups.codes[order], np.arange(len(groups.keys) + 1))
    return [(key, order[first:last]) for key, (first, last) in zip(keys, pairwise(edges), strict=True)]


def _by_cluster(
    clusters: np.ndarray, numerators: np.ndarray, denominators: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    names, places = np.unique(clusters, return_inverse=True)
    if len(names) == len(clusters):
        return numerators, denominators
    sums = np.zeros((len(names), numerators.shape[1]))
    np.add.at(sums, places, numerators)
    return sums, np.bincount(places, denominators, minlength=len(names))


def _bounds(sums: np.ndarray, below: np.ndarray) -> np.ndarray:
    import numpy as np

    if len(below) < MINIMUM_CLUSTERS:
        return np.full((2, sums.shape[1]), np.nan)
    return ratio_intervals(sums, below)


def _caution(sums: np.ndarray, below: np.ndarray, unit: str) -> str:
    """What to mind with an interval; empty where there is nothing."""
    import numpy as np

    n = len(below)
    cautions = []
    if n < FEW_CLUSTERS:
        cautions.append(f"only {n} {unit}: such intervals cover 86-92 % rather than 95 %")
    alike = int(np.unique(np.round(sums / below, 12), return_counts=True)[1].max())
    if n / 2 < alike and n - alike < FEW_APART:
        cautions.append(f"the same in all but {format_count(n - alike, unit)}: such intervals are too short")
    return "; ".join(cautions)


def _refusal(n: int, sums: np.ndarray, below: np.ndarray, unit: str, what: str) -> str:
    """Why there is no interval; empty where there is one."""
    import numpy as np

    if n == 0:
        return f"no {what}"
    if n < MINIMUM_CLUSTERS:
        return f"no interval: {format_count(n, unit)}, at least {MINIMUM_CLUSTERS} needed"
    if kish_effective_n(below) < MINIMUM_EFFECTIVE:
        return f"no interval: a few of the {n} {unit} make most of the {what}"
    if not sums.any():
        return f"no interval: none in {n} {unit}, and resampling them cannot say how rare it is"
    if np.allclose(sums * below.sum(), below * sums.sum(), rtol=1e-12, atol=0):
        return f"no interval: the same in all {n} {unit}, and resampling them cannot say how rare another value is"
    return ""
