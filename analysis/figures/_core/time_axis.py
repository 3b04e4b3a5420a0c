"""Axes of time: months or years as labels, and the study's events above the period they fall into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.figures._core.marks import plain
from analysis.figures._core.style import FAINT, points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.study.events import Event

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def events_by_place(events: Sequence[Event], periods: Sequence[str]) -> dict[int, list[int]]:
    """Numbers of the events (from 1, by day) for each place of a period on the axis; other periods have no place."""
    marked: dict[int, list[int]] = {}
    for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1):
        for place, period in enumerate(periods):
            if event.date.isoformat().startswith(period):
                marked.setdefault(place, []).append(number)
    return marked


def mark_events(axes: Axes, marked: Mapping[int, Sequence[int]]) -> None:
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
    """The events that are marked, for the footnote."""
    shown = {number for numbers in marked.values() for number in numbers}
    named = [
        f"{number} {plain(event.label, 60)}, {event.date.day} {MONTHS[event.date.month - 1]} {event.date.year}"
        for number, event in enumerate(sorted(events, key=lambda e: e.date), start=1)
        if number in shown
    ]
    return f" Events: {'; '.join(named)}." if named else ""


def period_ticks(
    periods: Sequence[str], n_articles: Mapping[str, int] | None = None, *, at_most: int
) -> tuple[list[int], list[str]]:
    """Places and labels of the axis: every period, or every second, third, ... one where that would be too many.

    A last one that is a word always has its label.

    Parameters
    ----------
    periods : sequence of str
        '2022-06', '2022', or a word such as 'all', which stays as it is.
    n_articles : mapping of str to int, optional
        By period; written below it.
    at_most : int
        Labels that have room beside one another.
    """
    step = max(1, -(-len(periods) // at_most))
    shown = list(range(0, len(periods), step))
    if shown and shown[-1] != len(periods) - 1 and not periods[-1][0].isdigit():  # all periods together
        shown.append(len(periods) - 1)
    counts = n_articles or {}
    return shown, [
        _label(periods[i]) + (f"\nn={counts[periods[i]]}" if periods[i] in counts else "") for i in shown
    ]


def _label(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{MONTHS[int(month) - 1]}\n{year}" if month else year
