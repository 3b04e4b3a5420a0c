"""The relation of the two sides over time."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from analysis.compare._core.concentration import rests_on_one_outlet
from analysis.compare.measures import relations
from analysis.figures._core.balance import draw_balance
from analysis.figures._core.groups import group_of
from analysis.figures._core.marks import footnote, printable
from analysis.figures._core.registry import TIME, Entry, Section
from analysis.figures._core.study_labels import two_side_names, two_sides
from analysis.figures._core.style import COLUMN, canvas
from analysis.figures._core.time_axis import (
    event_list,
    events_by_place,
    mark_events,
    mark_gaps,
    only_if_dated,
    unit_that_fits,
)

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

MONTHS_SHOWN = 12
_LABELS = 12  # of periods that have room in the figure


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """Balance by month, or by year if there are more months than the axis can show."""
    sides = two_sides(tables)
    by = cut.by or unit_that_fits(tables, MONTHS_SHOWN)
    found = relations.relation_balance(tables, sides, by=[by], voice="split", weight=cut.weight)
    return only_if_dated(found, by)


def relation_over_time(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Balance of cooperation and conflict by month or year, own words beside attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.relation_balance` returns it, by period and with voice 'split'.
    study : Study

    Returns
    -------
    FramingFigure
    """
    events = study.events
    numbers = numbers.rename(columns={group_of(numbers): "period"})
    periods = sorted(set(numbers["period"].astype(str)))
    acted = set(numbers.loc[numbers["denominator"] > 0, "period"].astype(str))
    periods = list(dropwhile(lambda period: period not in acted, periods))
    figure = canvas(3.4, width=COLUMN * 0.86)
    axes = figure.subplots()
    draw_balance(axes, numbers, periods, at_most=_LABELS)
    marked = events_by_place(events, periods)
    mark_events(axes, marked)
    mark_gaps(axes, periods)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.05), ncols=2)
    footnote(
        figure,
        f"Acts between {' and '.join(two_side_names(study))} that are reported as done or planned; the "
        "balance is (cooperation − conflict) / (cooperation + conflict). Below each period: number of acts in "
        "own and in attributed words. Lines: 95 % intervals over articles; paler points have no interval, "
        f"because articles are too few or all alike.{_carried(numbers)}{event_list(events, marked)}",
    )
    return figure


def _carried(numbers: pd.DataFrame) -> str:
    """A sentence on the periods with an interval in which one outlet has more than a third of the acts."""
    known = numbers[numbers["ci95_low"].notna()].sort_values("period", kind="stable")
    found = [
        f"{row['period']} {printable(row['top_outlet'])} {100 * row['top_outlet_share']:.0f} %"
        for row in known.to_dict("records")
        if rests_on_one_outlet(row)
    ]
    return f" One outlet has more than a third of the acts: {'; '.join(found)}." if found else ""


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Acts of the two sides on one another."""
    return {"acts": f"{pair[0]}<>{pair[1]}"} if pair else {}


ENTRY = Entry(
    section=Section.RELATION,
    order=10,
    on_page=True,
    title="Cooperation and conflict over time",
    question="Do the two sides cooperate or clash in the coverage, and in whose words?",
    reading=(
        "Two points per month or year, one for the outlets' own words and one for attributed words: from "
        "-1, where all acts between the two sides are conflict, to 1, where all are cooperation. The "
        "study's events are marked by number."
    ),
    numbers=measure,
    draw=relation_over_time,
    by=TIME,
    empty="no article with a date reports an act of one side towards the other",
    filters=filters,
)
