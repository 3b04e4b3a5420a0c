"""Time axes: labels of months or years, and the study's events above the period in which they fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.figures._core.marks import printable
from analysis.figures._core.style import FAINT, INK, points
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.study.events import Event
    from analysis.tables import Tables

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def events_by_place(events: Sequence[Event], periods: Sequence[str]) -> dict[int, list[int]]:
    """The numbers of the events (from 1, by date) in each period, by the position of the period on the axis."""
    marked: dict[int, list[int]] = {}
    for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1):
        for place, period in enumerate(periods):
            if event.date.isoformat().startswith(period):
                marked.setdefault(place, []).append(number)
    return marked


def mark_events(axes: Axes, marked: Mapping[int, Sequence[int]]) -> None:
    """Draw a dashed line at each period with events, with their numbers above it."""
    for place, numbers in marked.items():
        axes.axvline(place, color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)
        label = ",".join(map(str, numbers[:2])) + ("…" if len(numbers) > 2 else "")
        axes.text(
            place,
            1.02,
            label,
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=points(7),
        )


def event_list(events: Sequence[Event], marked: Mapping[int, Sequence[int]]) -> str:
    """The events that are marked, for the caption."""
    shown = {number for numbers in marked.values() for number in numbers}
    named = [
        f"{number} {printable(event.label, 60)}, {event.date.day} {MONTHS[event.date.month - 1]} {event.date.year}"
        for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1)
        if number in shown
    ]
    return f" Events: {'; '.join(named)}." if named else ""


def period_ticks(
    periods: Sequence[str], n_articles: Mapping[str, int] | None = None, *, at_most: int
) -> tuple[list[int], list[str]]:
    """Positions and labels of the ticks: every period, or every second, third, ... if there are too many.

    A last period that is a word, such as 'all', is always labelled.

    Parameters
    ----------
    periods : sequence of str
        '2022-06', '2022', or a word such as 'all', which is printed as it is.
    n_articles : mapping of str to int, optional
        Articles by period, printed below its label.
    at_most : int
        Number of labels for which there is room.
    """
    step = max(1, -(-len(periods) // at_most))
    shown = list(range(0, len(periods), step))
    if shown and shown[-1] != len(periods) - 1 and not periods[-1][0].isdigit():
        shown.append(len(periods) - 1)
    counts = n_articles or {}
    return shown, [
        _label(periods[i]) + (f"\nn={counts[periods[i]]}" if periods[i] in counts else "") for i in shown
    ]


def adjoin(earlier: str, later: str) -> bool:
    """Whether two months ('2022-06'), quarters ('2022-Q2') or years ('2022') are consecutive."""
    (year, _, month), (next_year, _, next_month) = earlier.partition("-"), later.partition("-")
    count = 4 if month.startswith("Q") else 12 if month else 1
    steps = int(next_month.lstrip("Q") or 0) - int(month.lstrip("Q") or 0)
    return count * (int(next_year) - int(year)) + steps == 1


def mark_gaps(axes: Axes, periods: Sequence[str]) -> None:
    """Two slanted strokes on the axis between periods that are not consecutive."""
    for place, (earlier, later) in enumerate(pairwise(periods)):
        if later[0].isdigit() and not adjoin(earlier, later):
            axes.plot(
                [place + 0.4, place + 0.6], [0, 0], transform=axes.get_xaxis_transform(), clip_on=False,
                linestyle="none", marker=[(-0.5, -1), (0.5, 1)], markersize=points(5), color=INK,
                markeredgewidth=0.9, zorder=4,
            )  # fmt: skip


def unit_that_fits(tables: Tables, most: int) -> str:
    """'period' (months) if the articles come from at most `most` of them, otherwise 'year'."""
    months = tables.metadata["published"].dt.strftime("%Y-%m").nunique(dropna=False)
    return "period" if months <= most else "year"


def only_if_dated(numbers: pd.DataFrame, period: str) -> pd.DataFrame:
    """The numbers if any article has a date, otherwise an empty table: there is no course to draw."""
    dated = numbers.loc[numbers["denominator"] > 0, period].astype(str).str.match(r"\d{4}")
    return numbers if dated.any() else numbers.iloc[:0]


def _label(period: str) -> str:
    year, _, month = period.partition("-")
    if not month:
        return say(year)
    return f"{say(MONTHS[int(month) - 1]) if month.isdigit() else month}\n{year}"
