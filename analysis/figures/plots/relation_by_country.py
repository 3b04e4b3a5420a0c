"""Acts of cooperation and conflict between the two sides by country of the outlet, and how many one outlet has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.concentration import rests_on_one_outlet
from analysis.compare.measures.relations import ALL, relation_balance
from analysis.figures._core.groups import group_nouns, group_of
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.links import group_filter
from analysis.figures._core.marks import (
    BAR,
    SHOWN_OUTLETS,
    estimates,
    footnote,
    group_label,
    legend_above,
    printable,
    rows_from_top,
)
from analysis.figures._core.options import options
from analysis.figures._core.palette import CONFLICT, COOPERATION
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import two_side_names, two_sides
from analysis.figures._core.style import FAINT, INK, QUOTED, canvas, points, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

EACH_ACT, EACH_OUTLET = "act", "outlet"
_PALE = 0.45
"""Opacity of the acts outside the largest outlet."""


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure: each group and all of them, counted by act and by outlet."""
    import pandas as pd

    pair = two_sides(tables)
    made = []
    for by in ([cut.by], []):
        own = relation_balance(tables, pair, by=[*by, "outlet"]) if "outlet" not in by else None
        for counted, weight in ((EACH_ACT, cut.weight), (EACH_OUTLET, "outlet")):
            rows = relation_balance(tables, pair, by=by, weight=weight)
            rows.insert(0, cut.by, rows.pop(cut.by) if by else ALL)
            made.append(_with_top(rows, own, by).assign(counted=counted))
    return pd.concat(made, ignore_index=True)


def _with_top(rows: pd.DataFrame, outlets: pd.DataFrame | None, by: list[str]) -> pd.DataFrame:
    """Add the acts of the largest outlet of each row: top_cooperation and top_conflict."""
    names = ["cooperation", "conflict"]
    if outlets is None:
        return rows.assign(**{f"top_{name}": 0 for name in names})
    own = {"outlet": "top_outlet", **{name: f"top_{name}" for name in names}}
    joined = rows.merge(outlets[[*by, *own]].rename(columns=own), how="left", on=[*by, "top_outlet"])
    columns = [f"top_{name}" for name in names]
    return joined.fillna(dict.fromkeys(columns, 0)).astype(dict.fromkeys(columns, "int64"))


def relation_by_country(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Acts of conflict to the left and of cooperation to the right, and the balance of each group of outlets.

    Parameters
    ----------
    numbers : pandas.DataFrame
        Rows of `relation_balance` by group, counted by act and by outlet, with the acts of the largest outlet.
    study : Study

    Returns
    -------
    FramingFigure
    """
    pair, by = two_side_names(study), group_of(numbers)
    group, nouns = group_nouns(by)
    by_act = numbers[numbers["counted"] == EACH_ACT].set_index(by)
    acts = by_act["denominator"][by_act["denominator"] > 0].sort_values(ascending=False, kind="stable")
    groups = sorted((str(name) for name in acts.index), key=lambda name: name != ALL)
    shown = groups[: rows_that_fit(SHOWN_OUTLETS, fixed=1.3, each=0.24)]
    figure = canvas(1.3 + 0.24 * len(shown))
    bars, balance = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    labels = [say("all outlets") if name == ALL else group_label(name, 26) for name in shown]
    heights = rows_from_top(bars, labels)
    _acts(bars, by_act.loc[shown], heights)
    for counted, colour, hollow in ((EACH_ACT, INK, False), (EACH_OUTLET, QUOTED, True)):
        rows = numbers[numbers["counted"] == counted].set_index(by).loc[shown]
        places = [height + (-0.15 if hollow else 0.15) for height in heights]
        estimates(
            balance,
            rows.reset_index(),
            places,
            colour=colour,
            hollow=hollow,
            label=f"each {counted} counts equally",
        )
    balance.axvline(0, color=FAINT, linewidth=1, zorder=0)
    balance.set_xlim(-1.12, 1.12)
    even = "0" if options().is_narrow else say("even")
    balance.set_xticks([-1, 0, 1], [say("all\nconflict"), even, say("all co-\noperation")])
    balance.tick_params(axis="y", length=0, labelleft=False)
    handles = [axes.get_legend_handles_labels() for axes in (bars, balance)]
    legend_above(
        figure, [h for found, _ in handles for h in found], [n for _, found in handles for n in found]
    )
    hidden = f" The CSV has {len(groups) - len(shown)} more {nouns}." if len(groups) > len(shown) else ""
    footnote(
        figure,
        f"Left: acts between {' and '.join(pair)} that are reported as done or planned, by {group}. Dark: those of "
        "the outlet with the most acts, named if it has more than a third. Right: (cooperation − conflict) / "
        "(cooperation + conflict), with 95 % intervals over articles; paler points have no interval, because "
        f"articles are too few or all alike.{hidden}",
    )
    return figure


def _acts(axes: Axes, rows: pd.DataFrame, heights: list[float]) -> None:
    """Bars of acts: the largest outlet's from the middle, then those of the others."""
    for sign, name, colour in ((-1, "conflict", CONFLICT), (1, "cooperation", COOPERATION)):
        top, every = sign * rows[f"top_{name}"], sign * rows[name]
        axes.barh(heights, top, height=BAR, color=colour)
        axes.barh(heights, every - top, left=top, height=BAR, color=colour, alpha=_PALE, label=name)
        for height, row in zip(heights, rows.to_dict("records"), strict=True):
            said = [f"{row[name]:,}"] if row[name] else []
            if sign > 0 and rests_on_one_outlet(row):
                said.append(f"{printable(row['top_outlet'], 18)} {100 * row['top_outlet_share']:.0f} %")
            axes.annotate(
                "   ".join(said), (sign * row[name], height), xytext=(points(3 * sign), 0),
                textcoords="offset points", ha="left" if sign > 0 else "right", va="center", fontsize=points(7),
            )  # fmt: skip
    middle = rows.reset_index()
    ends = [height - BAR / 2 for height in heights], [height + BAR / 2 for height in heights]
    register_hotspots(axes, middle, across=(-middle["conflict"], middle["cooperation"]), up=ends)
    most = rows[["conflict", "cooperation"]].max()
    axes.axvline(0, color=INK, linewidth=0.8)
    total = most["conflict"] + most["cooperation"]
    left, right = (0.3, 0.65) if options().is_narrow else (0.16, 0.4)  # room for the numbers
    axes.set_xlim(-most["conflict"] - left * total, most["cooperation"] + right * total)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Acts of the two sides on one another, in all groups where the row is about all of them."""
    acts = {"acts": f"{pair[0]}<>{pair[1]}"} if pair else {}
    of_all = [
        group_filter(column, "") for column, value in row.items() if isinstance(value, str) and value == ALL
    ]
    return {name: value for chosen in (acts, *of_all) for name, value in chosen.items()}


ENTRY = Entry(
    section=Section.RELATION,
    order=20,
    title="Cooperation and conflict by country of the outlet",
    question="Where are acts of conflict between the two sides reported, and do they rest on one outlet?",
    reading=(
        "One row per country of outlets. Bars to the left count acts of conflict, bars to the right acts of "
        "cooperation; the dark part is that of the outlet with the most acts. Points show the balance from conflict "
        "(-1) to cooperation (1), once with each act and once with each outlet counting equally."
    ),
    numbers=measure,
    draw=relation_by_country,
    by="outlet_country",
    filters=filters,
    on_page=True,
)
