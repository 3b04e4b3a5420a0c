"""Who acts on whom, and the balance of cooperation and conflict between two sides.

The balance is the number of cooperative minus conflictive acts, divided by their sum: -1 if all acts are conflictive,
1 if all are cooperative. Neutral acts are left out. It follows the net cooperation scores of event data research.

References
----------
Goldstein (1992), A conflict-cooperation scale for WEIS events data. Journal of Conflict Resolution 36.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.compare._core.counts import COUNT, count_rows, distinct
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import places, ratio_table, totals
from analysis.compare._core.voices import VoiceChoice, rows_by_voice, voice_columns
from analysis.compare._core.weighting import Weight
from analysis.compare.measures.frames import Dyad, check_dyad
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.grouping import Groups
    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

VALUES = {"cooperation": 1.0, "conflict": -1.0}
FACTUAL = ("actual", "future")  # statuses of acts reported as done or to come
ALL = "all"


def dyad_relations(tables: Tables, dyad: Dyad, *, statuses: Sequence[str] = FACTUAL) -> pd.DataFrame:
    """Acts of cooperation and conflict between two sides, in either direction.

    Parameters
    ----------
    tables : Tables
    dyad : (str, str)
    statuses : sequence of str, default ('actual', 'future')
        Add 'hypothetical' for acts that are possible, wished for, demanded or alleged.

    Returns
    -------
    pandas.DataFrame
        Rows of `relations` with the further column `value`: 1 for cooperation, -1 for conflict.

    Raises
    ------
    FramingError
        If a side is unknown, or both are the same.
    """
    check_dyad(tables, dyad)
    return _between(_with_values(tables.relations, statuses), dyad)


def _between(rows: pd.DataFrame, dyad: Dyad) -> pd.DataFrame:
    one, other = dyad
    return rows[
        ((rows["source_side"] == one) & (rows["target_side"] == other))
        | ((rows["source_side"] == other) & (rows["target_side"] == one))
    ]


def relation_balance(
    tables: Tables,
    dyad: Dyad,
    *,
    by: str | Sequence[str] = ("outlet",),
    voice: VoiceChoice = None,
    statuses: Sequence[str] = FACTUAL,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Balance of cooperation and conflict between two sides, by group and voice.

    Parameters
    ----------
    tables, dyad, statuses
        See `dyad_relations`.
    by, voice, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`. With ``cluster='outlet'``, whole outlets are resampled.

    Returns
    -------
    pandas.DataFrame
        One row per group and voice, with the columns of `analysis.compare.measures.rates` and the counts
        `cooperation` and `conflict`. `numerator`: their difference; `denominator`: their sum; `n`: articles with any
        such act; `estimate`: -1 to 1.
    """
    check_dyad(tables, dyad)
    rows = _between(_with_values(_counted(tables, "side"), statuses), dyad)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    cells = [_cell(groups, label, chosen) for label, chosen in rows_by_voice(rows, tables, voice)]
    table = ratio_table(
        groups,
        cells,
        method="(cooperation - conflict) / (cooperation + conflict)",
        what="acts between the two",
        labels=voice_columns(voice),
    )
    return _with_counts(table)


def balance_by_group(
    tables: Tables,
    dyad: Dyad,
    *,
    group: str,
    voice: VoiceChoice = None,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Balance of cooperation and conflict by group of outlets and year, with totals.

    Parameters
    ----------
    tables, dyad, voice, cluster, weight
        See `relation_balance`.
    group : str
        Column of `articles`, for example one of `analysis.compare.measures.outlet_groups`.

    Returns
    -------
    pandas.DataFrame
        As `relation_balance`, with the column named by `group` and the column `period` (a year). Either is 'all' in
        the rows for all groups or all years.
    """
    import pandas as pd

    parts = [
        relation_balance(tables, dyad, by=by, voice=voice, cluster=cluster, weight=weight)
        for by in ([group, "year"], [group], ["year"], [])
    ]
    table = pd.concat(parts, ignore_index=True).rename(columns={"year": "period"})
    return table.fillna({group: ALL, "period": ALL})


def who_acts_on_whom(
    tables: Tables,
    *,
    level: str = "side",
    dyad: Dyad | None = None,
    statuses: Sequence[str] = FACTUAL,
    minimum: int = 1,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """How often each side or actor acts on each other, and the balance of cooperation and conflict.

    Parameters
    ----------
    tables : Tables
    level : {'side', 'actor'}, default 'side'
    dyad : (str, str), optional
        Include only acts between these two sides.
    statuses : sequence of str
        See `dyad_relations`.
    minimum : int, default 1
        Leave out pairs with fewer acts.
    cluster : str, default 'article_id'
        Column whose values are resampled together.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per `source` and `target`, with the columns of `relation_balance`. A mutual act counts once in each
        direction.

    Raises
    ------
    FramingError
        If the level or a side is unknown.
    """
    if level not in ("side", "actor"):
        raise FramingError(f"unknown level '{level}'", remedy="choose 'side' or 'actor'")
    rows = _with_values(_counted(tables, level), statuses)
    if dyad is not None:
        check_dyad(tables, dyad)
        rows = _between(rows, dyad)
    groups = group_articles(tables.metadata, (), cluster=cluster, weight=weight)
    cells = (
        _cell(groups, {"source": source, "target": target}, acts)
        for (source, target), acts in _by_pair(rows, level)
        if acts[COUNT].sum() >= minimum
    )
    table = ratio_table(
        groups,
        cells,
        method="(cooperation - conflict) / (cooperation + conflict)",
        what="acts of the one on the other",
        labels=["source", "target"],
    )
    return _with_counts(table)


def _by_pair(rows: pd.DataFrame, level: str) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """The acts of each side or actor on each other one; a mutual act is in both directions."""
    import numpy as np
    import pandas as pd

    columns = [rows[f"{end}_{level}"] for end in ("source", "target")]
    names = pd.Index(sorted({name for column in columns for name in distinct(column)}), dtype="str")
    source, target = (places(names, column).astype(np.int64) for column in columns)
    mutual = np.flatnonzero(rows["mutual"].to_numpy(dtype=bool))
    place = np.concatenate([np.arange(len(rows)), mutual])
    source, target = np.append(source, target[mutual]), np.append(target, source[mutual])
    kept = (source != target) & (source >= 0) & (target >= 0)
    pair = source[kept] * len(names) + target[kept]
    order = np.argsort(pair, kind="stable")
    found, first = np.unique(pair[order], return_index=True)
    place = place[kept][order]
    for code, (start, end) in zip(found, pairwise([*first, len(place)]), strict=True):
        yield (str(names[code // len(names)]), str(names[code % len(names)])), rows.iloc[place[start:end]]


def _cell(groups: Groups, label: dict[str, str], acts: pd.DataFrame) -> Cell:
    signed = acts.assign(value=acts["value"] * acts[COUNT])
    return (
        label,
        totals(groups.article_ids, signed, "value")[:, None],
        totals(groups.article_ids, acts, COUNT),
    )


def _counted(tables: Tables, level: str) -> pd.DataFrame:
    """Acts of each article by the sides (and, on the level of actors, by the actors), voice and kind of act."""
    ends = [f"{end}_{name}" for end in ("source", "target") for name in dict.fromkeys(("side", level))]
    return count_rows(tables, "relations", [*ends, "voice", "direction", "status", "mutual"])


def _with_values(acts: pd.DataFrame, statuses: Sequence[str]) -> pd.DataFrame:
    """Acts of cooperation and conflict with the column `value`."""
    rows = acts[acts["direction"].isin(list(VALUES)) & acts["status"].isin(list(statuses))]
    return rows.assign(value=rows["direction"].map(VALUES).astype("float64"))


def _with_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Add the columns `cooperation` and `conflict`."""
    total, net = table["denominator"], table["numerator"]
    return table.assign(
        cooperation=((total + net) / 2).astype("int64"), conflict=((total - net) / 2).astype("int64")
    )
