"""Ratios of sums over articles, and shares of articles, by group and with confidence intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analysis.compare._core.concentration import CONCENTRATION_COLUMNS, concentration
from analysis.compare._core.grouping import ARTICLES, format_count
from analysis.compare._core.intervals import (
    FEW_CLUSTERS,
    FEW_DISTINCT,
    MINIMUM_CLUSTERS,
    MINIMUM_EFFECTIVE,
    RANDOM_GROUPS,
    RESAMPLES,
    kish_effective_n,
    ratio_intervals,
    wilson,
)
from analysis.compare._core.results import NO_INTERVAL, RESULT_COLUMNS, result_row
from analysis.compare._core.weighting import article_weights, how_weighted
from analysis.schemas import OUTLET

_FIRST = 100  # clusters that are looked at before all are
_AT_ONCE = 1_000_000  # rows that are counted at once

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

    article = places(groups.article_ids, rows["article_id"])
    place = places(pd.Index(list(items), dtype="str"), rows[item])
    weights = None if weight is None else rows[weight].to_numpy()
    n_articles = len(groups.article_ids)
    counts = np.zeros((n_articles, len(items)), order="F" if n_articles > RANDOM_GROUPS else "C")
    flat = counts.reshape(-1, order="A")  # a view
    of_article, of_item = (stride // counts.itemsize for stride in counts.strides)
    for first in range(0, len(rows), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        known = (article[part] >= 0) & (place[part] >= 0)
        cell = article[part][known].astype(np.intp) * of_article + place[part][known] * of_item
        np.add.at(flat, cell, 1.0 if weights is None else weights[part][known].astype(float))
    return counts


def places(names: pd.Index, column: pd.Series) -> np.ndarray:
    """The position of each value of a column in an index of names; -1 if it is not there.

    Parameters
    ----------
    names : pandas.Index of str
        Each at most once.
    column : pandas.Series
        Text, or categories of text, which are looked up once each.

    Returns
    -------
    numpy.ndarray of int
    """
    import numpy as np
    import pandas as pd

    if not isinstance(column.dtype, pd.CategoricalDtype):
        return names.get_indexer(pd.Index(column))
    codes = column.cat.codes.to_numpy()
    known = column.cat.categories
    of_category = np.arange(len(names)) if known is names or known.equals(names) else names.get_indexer(known)
    return np.append(of_category, -1).astype(np.int32)[codes]  # code -1, an empty cell, takes the last


def totals(article_ids: pd.Index, rows: pd.DataFrame, weight: str | None = None) -> np.ndarray:
    """Count the rows of each article, or sum a column over them; shape (articles,)."""
    import numpy as np

    article = places(article_ids, rows["article_id"])
    weights = None if weight is None else rows[weight].to_numpy(dtype=float)[article >= 0]
    return np.bincount(article[article >= 0], weights, minlength=len(article_ids)).astype(float)


def sums_by_group(groups: Groups, counts: np.ndarray) -> np.ndarray:
    """Sum counts of shape (articles, columns) over the articles of each group; shape (groups, columns)."""
    import numpy as np

    sums = np.zeros((len(groups.keys), counts.shape[1]))
    for place in range(counts.shape[1]):
        sums[:, place] = np.bincount(groups.codes, counts[:, place], minlength=len(groups.keys))
    return sums


def group_counts(sums: Sequence[np.ndarray], columns: Sequence[str]) -> pd.DataFrame:
    """Counts of each group and cell as columns beside the rows of `ratio_table`.

    Parameters
    ----------
    sums : sequence of numpy.ndarray, shape (groups, columns)
        One array per cell, in the order given to `ratio_table`.
    columns : sequence of str

    Returns
    -------
    pandas.DataFrame
        Integers, one row per group and cell.
    """
    import numpy as np
    import pandas as pd

    rows = np.stack(sums, axis=1).reshape(-1, len(columns)) if sums else np.zeros((0, len(columns)))
    return pd.DataFrame(rows, columns=list(columns)).astype("int64")


def ratio_table(
    groups: Groups,
    cells: Iterable[Cell],
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
    cells : iterable of (labels, numerators, denominators)
        One per combination of labels; a generator if all arrays together might not fit into memory. `numerators` has
        shape (articles, items), `denominators` shape (articles,).
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
        One row per group, cell and item: columns of the group, `labels`, `item`,
        `analysis.compare._core.results.RESULT_COLUMNS`, and
        `analysis.compare._core.concentration.CONCENTRATION_COLUMNS`. `n` counts articles with a
        denominator above 0. `numerator` and `denominator` are counts whatever the weight of the groups.
    """
    import pandas as pd

    method = how_weighted(method, groups.weight)

    def rows(cell: Cell, key: dict[str, str], members: np.ndarray) -> list[dict[str, Any]]:
        label, numerators, denominators = cell
        inside = members[denominators[members] > 0]
        tops, bottoms = _by_item(numerators, inside), denominators[inside]
        counts, total = tops.sum(axis=0), float(bottoms.sum())
        if groups.weight != "word":
            weights = article_weights(groups.weight, bottoms, groups.outlets[inside])
            tops, bottoms = tops * weights[:, None], bottoms * weights
        shares = concentration(tops, bottoms, groups.outlets[inside], groups.outlet_names, scale=scale)
        tops, bottoms = _sum_by_cluster(groups.clusters[inside], tops, bottoms)
        too_few = _too_few(bottoms, groups.unit, what)
        bounds = _bounds(tops, bottoms)
        over = f"{len(bottoms)} {groups.unit}"
        if len(bottoms) > RANDOM_GROUPS:
            over += f" in {RANDOM_GROUPS:,} random groups"
        bootstrap = f"{method}; bootstrap over {over}, {RESAMPLES:,} resamples"
        made = []
        for place, name in enumerate(items):
            reason = too_few or _reason_without_interval(tops[:, place], bottoms, groups.unit)
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
            made.append(key | label | ({} if item is None else {item: name}) | row | shares[place])
        return made

    first = [*groups.keys.columns, *labels, *([] if item is None else [item])]
    columns = [*first, *RESULT_COLUMNS, *CONCENTRATION_COLUMNS]
    return pd.DataFrame(_rows_by_group(groups, cells, rows), columns=columns)


def share_table(
    groups: Groups,
    cells: Iterable[Cell],
    *,
    method: str,
    item: str | None = None,
    items: Sequence[str] = ("",),
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

    def rows(cell: Cell, key: dict[str, str], members: np.ndarray) -> list[dict[str, Any]]:
        label, numerators, denominators = cell
        inside = members[denominators[members] > 0]
        n = len(inside)
        tops, bottoms, outlets = _by_item(numerators, inside), denominators[inside], groups.outlets[inside]
        hits = tops.sum(axis=0)
        shares = concentration(tops, bottoms, outlets, groups.outlet_names)
        made = []
        for place, name in enumerate(items):
            row = result_row(
                float(hits[place]),
                float(n),
                n,
                estimate=float(hits[place]) / n if n else float("nan"),
                interval=wilson(float(hits[place]), n),
                method=f"{method}; Wilson",
                note="" if n else "no articles",
            )
            made.append(key | label | ({} if item is None else {item: name}) | row | shares[place])
        return made

    first = [*groups.keys.columns, *labels, *([] if item is None else [item])]
    columns = [*first, *RESULT_COLUMNS, *CONCENTRATION_COLUMNS]
    return pd.DataFrame(_rows_by_group(groups, cells, rows), columns=columns)


def own_shares(
    groups: Groups,
    hits: pd.DataFrame,
    column: str,
    names: Sequence[str],
    *,
    method: str,
    weight: str | None = None,
) -> pd.DataFrame:
    """Share of the hits of each name that are in the outlets' own words.

    Parameters
    ----------
    groups : Groups
    hits : pandas.DataFrame
        With `article_id`, `voice` and `column`.
    column : str
    names : sequence of str
        Values of `column`, in the order of the rows.
    method : str
        For the column `method`.
    weight : str, optional
        Column of `hits` with the number of hits that a row stands for.

    Returns
    -------
    pandas.DataFrame
        See `ratio_table`.
    """
    every = counts_matrix(groups, hits, column, names, weight=weight)
    own = counts_matrix(groups, hits[hits["voice"] == OUTLET], column, names, weight=weight)
    cells: list[Cell] = [
        ({column: name}, own[:, [place]], every[:, place]) for place, name in enumerate(names)
    ]
    return ratio_table(groups, cells, method=method, what="hits", labels=(column,))


def _rows_by_group(
    groups: Groups,
    cells: Iterable[Cell],
    rows: Callable[[Cell, dict[str, str], np.ndarray], list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Rows of each cell in each group, made cell by cell and returned group by group."""
    members = _members(groups)
    made = []
    for cell in cells:
        made.append([rows(cell, key, inside) for key, inside in members])
        del cell  # its arrays are large, and the next ones are made now
    return [row for place in range(len(members)) for of_cell in made for row in of_cell[place]]


def _members(groups: Groups) -> list[tuple[dict[str, str], np.ndarray]]:
    """The key of each group, and the positions of its articles."""
    import numpy as np

    names = list(groups.keys.columns)
    keys = (dict(zip(names, row, strict=True)) for row in groups.keys.itertuples(index=False))
    order = np.argsort(groups.codes, kind="stable")
    edges = np.searchsorted(groups.codes[order], np.arange(len(groups.keys) + 1))
    return [(key, order[first:last]) for key, (first, last) in zip(keys, pairwise(edges), strict=True)]


def _by_item(numerators: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """The rows of some articles; of many articles, the values of an item are next to each other in memory."""
    if len(inside) <= RANDOM_GROUPS:
        return numerators[inside]
    return numerators if len(inside) == len(numerators) else numerators.T[:, inside].T


def _sum_by_cluster(
    clusters: np.ndarray, numerators: np.ndarray, denominators: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    sizes = np.bincount(clusters)
    if len(sizes) == 0 or sizes.max() == 1:
        return numerators, denominators
    sums = [np.bincount(clusters, values)[sizes > 0] for values in (*numerators.T, denominators)]
    return np.stack(sums[:-1], axis=1), sums[-1]


def _bounds(tops: np.ndarray, bottoms: np.ndarray) -> np.ndarray:
    import numpy as np

    if len(bottoms) < MINIMUM_CLUSTERS:
        return np.full((2, tops.shape[1]), np.nan)
    return ratio_intervals(tops, bottoms)


def _reason_without_interval(tops: np.ndarray, bottoms: np.ndarray, unit: str) -> str:
    """Why there is no interval for enough clusters; empty if there is one."""
    n = len(bottoms)
    if not tops.any():
        return f"no interval: the count is 0 in all {n} {unit}, so the bootstrap has no variation"
    # a few clusters are looked at first, because nearly always two of them differ
    if _are_alike(tops, bottoms, _FIRST) and _are_alike(tops, bottoms, n):
        return f"no interval: the value is the same in all {n} {unit}, so the bootstrap has no variation"
    return ""


def _are_alike(tops: np.ndarray, bottoms: np.ndarray, n: int) -> bool:
    """Whether the first clusters have the ratio of all clusters."""
    import numpy as np

    return bool(np.allclose(tops[:n] * bottoms.sum(), bottoms[:n] * tops.sum(), rtol=1e-12, atol=0))


def _too_few(bottoms: np.ndarray, unit: str, what: str) -> str:
    """Why there is no interval for any numerators; empty if there may be one."""
    n = len(bottoms)
    if n == 0:
        return f"no {what}"
    if n < MINIMUM_CLUSTERS:
        return f"no interval: {format_count(n, unit)}, at least {MINIMUM_CLUSTERS} needed"
    if kish_effective_n(bottoms) < MINIMUM_EFFECTIVE:
        return f"no interval: a few of the {n} {unit} account for most of the {what}"
    return ""


def _caution(tops: np.ndarray, bottoms: np.ndarray, unit: str) -> str:
    """What limits an interval; empty if nothing does."""
    n = len(bottoms)
    cautions = []
    if n < FEW_CLUSTERS:
        cautions.append(f"only {n} {unit}: intervals cover 86-92 % instead of 95 %")
    n_others = _n_others(tops, bottoms)
    if n_others < FEW_DISTINCT:
        cautions.append(
            f"the value is the same in all but {format_count(n_others, unit)}: the interval is too narrow"
        )
    return "; ".join(cautions)


def _n_others(tops: np.ndarray, bottoms: np.ndarray) -> int:
    """How many clusters do not have the value that most have; at least `FEW_DISTINCT` if it matters no more."""
    import numpy as np

    n = len(bottoms)
    # if fewer than five differ, the median of the first nine is the value of most
    few = np.sort(np.round(tops[: 2 * FEW_DISTINCT - 1] / bottoms[: 2 * FEW_DISTINCT - 1], 12))
    common = few[(len(few) - 1) // 2]
    n_others = 0
    for part in (slice(0, _FIRST), slice(_FIRST, n)):
        n_others += int((np.round(tops[part] / bottoms[part], 12) != common).sum())
        if n_others >= FEW_DISTINCT:
            break
    return n_others if n / 2 < n - n_others else FEW_DISTINCT
