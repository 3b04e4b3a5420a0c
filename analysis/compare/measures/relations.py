"""Who acts on whom, and how: the balance of cooperation and conflict between two sides.

The balance is cooperation minus conflict over both, from -1 (all conflict) to 1 (all cooperation), after the net
cooperation of event data; neutral acts are left out. Every row has numerator, denominator, n, interval, method and
note as in `analysis.compare.measures.rates`; the interval is a bootstrap over articles, or over the clusters
asked for, and is
refused where there are too few (see `analysis.compare._core.intervals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table
from analysis.compare._core.voices import VoiceChoice, relabel
from analysis.compare.measures.frames import Dyad
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

VALUES = {"cooperation": 1.0, "conflict": -1.0}
TOLD = ("actual", "future")
ALL = "all"


def dyad_relations(tables: Tables, dyad: Dyad, *, statuses: Sequence[str] = TOLD) -> pd.DataFrame:
    """Cooperation and conflict between two sides, whoever acts.

    Parameters
    ----------
    tables : Tables
    dyad : (str, str)
    statuses : sequence of str, default ('actual', 'future')
        With 'hypothetical' also what may happen, is wished, demanded or alleged.

    Returns
    -------
    pandas.DataFrame
        Rows of `relations` with the further column value: 1 for cooperation, -1 for conflict.
    """
    sides = tables.study_or_error().actors.side_ids
    if len(set(dyad)) != 2 or not set(dyad) <= set(sides):
        raise FramingError(
            f"a dyad is two different sides of the study, not {', '.join(map(repr, dyad))}",
            remedy=f"there are: {', '.join(sides)}",
        )
    rows = _decided(tables, statuses)
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
    statuses: Sequence[str] = TOLD,
    cluster: str = "article_id",
) -> pd.DataFrame:
    """Balance of cooperation and conflict between two sides, by group and voice.

    Parameters
    ----------
    tables, dyad, statuses
        As for `dyad_relations`.
    by, voice, cluster
        As for `analysis.compare.measures.rates.theme_rates`; with `cluster='outlet'` whole outlets are resampled.

    Returns
    -------
    pandas.DataFrame
        One row per group and voice; `numerator` acts of cooperation less acts of conflict, `denominator` both, `n`
        articles that have any; and `cooperation` and `conflict`, the counts.
    """
    rows = dyad_relations(tables, dyad, statuses=statuses)
    groups = group_articles(tables.articles, by, cluster=cluster)
    labelled, voices = (rows, [None]) if voice is None else relabel(rows, tables, voice)
    cells: list[Cell] = []
    for name in voices:
        chosen = (labelled if name is None else labelled[labelled["voice"] == name]).assign(one="")
        values = counts_matrix(groups, chosen, "one", [""], weight="value")
        acts = counts_matrix(groups, chosen, "one", [""])[:, 0]
        cells.append(({} if name is None else {"voice": name}, values, acts))
    table = ratio_table(
        groups,
        cells,
        method="cooperation less conflict over both",
        what="acts between the two",
        labels=[] if voice is None else ["voice"],
    )
    return _counted(table)


def balance_by_group(
    tables: Tables, dyad: Dyad, *, group: str, voice: VoiceChoice = None, cluster: str = "article_id"
) -> pd.DataFrame:
    """Balance of cooperation and conflict by group of outlets and year, and over all of them.

    Parameters
    ----------
    tables, dyad, voice, cluster
        As for `relation_balance`.
    group : str
        Column of `articles`, for instance one of `analysis.compare.measures.outlet_groups`.

    Returns
    -------
    pandas.DataFrame
        As `relation_balance`, with the columns `group` and 'period' (a year); either is 'all' where a row is about
        all groups or all years together.
    """
    import pandas as pd

    parts = [
        relation_balance(tables, dyad, by=by, voice=voice, cluster=cluster)
        for by in ([group, "year"], [group], ["year"], [])
    ]
    table = pd.concat(parts, ignore_index=True).rename(columns={"year": "period"})
    return table.fillna({group: ALL, "period": ALL})


def who_acts_on_whom(
    tables: Tables,
    *,
    level: str = "side",
    dyad: Dyad | None = None,
    statuses: Sequence[str] = TOLD,
    minimum: int = 1,
    cluster: str = "article_id",
) -> pd.DataFrame:
    """How often each acts on each, and the balance of it.

    Parameters
    ----------
    tables : Tables
    level : {'side', 'actor'}, default 'side'
    dyad : (str, str), optional
        Only acts between these two sides.
    statuses : sequence of str
        As for `dyad_relations`.
    minimum : int, default 1
        Acts from which a pair is reported.
    cluster : str, default 'article_id'

    Returns
    -------
    pandas.DataFrame
        One row per `source` and `target`; a mutual act counts once each way. Columns as `relation_balance`.

    Raises
    ------
    FramingError
        The level is unknown.
    """
    import pandas as pd

    if level not in ("side", "actor"):
        raise FramingError(f"level is '{level}'", remedy="choose 'side' or 'actor'")
    rows = _decided(tables, statuses) if dyad is None else dyad_relations(tables, dyad, statuses=statuses)
    ends = {"source": rows[f"source_{level}"], "target": rows[f"target_{level}"]}
    straight = rows.assign(**ends)
    back = rows.assign(source=ends["target"], target=ends["source"])[rows["mutual"].astype(bool)]
    acts = pd.concat([straight, back], ignore_index=True)
    acts = acts[acts["source"] != acts["target"]]
    groups = group_articles(tables.articles, (), cluster=cluster)
    cells: list[Cell] = []
    for (source, target), chosen in acts.groupby(["source", "target"], sort=True):
        if len(chosen) >= minimum:
            one = chosen.assign(one="")
            values = counts_matrix(groups, one, "one", [""], weight="value")
            cells.append(
                (
                    {"source": str(source), "target": str(target)},
                    values,
                    counts_matrix(groups, one, "one", [""])[:, 0],
                )
            )
    table = ratio_table(
        groups,
        cells,
        method="cooperation less conflict over both",
        what="acts of the one on the other",
        labels=["source", "target"],
    )
    return _counted(table)


def _decided(tables: Tables, statuses: Sequence[str]) -> pd.DataFrame:
    rows = tables.relations[
        tables.relations["direction"].isin(list(VALUES)) & tables.relations["status"].isin(list(statuses))
    ]
    return rows.assign(value=rows["direction"].map(VALUES).astype("float64"))


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """With the acts of cooperation and of conflict that make the balance."""
    total, net = table["denominator"], table["numerator"]
    return table.assign(
        cooperation=((total + net) / 2).astype("int64"), conflict=((total - net) / 2).astype("int64")
    )
