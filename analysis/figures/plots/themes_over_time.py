"""Themes over time: one small panel per issue."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import ends, remember
from analysis.figures._core.marks import articles_by, footnote, plain
from analysis.figures._core.style import FAINT, INK, canvas, on_slides, points
from analysis.figures._core.time_axis import event_list, events_by_place, mark_events, period_ticks
from analysis.figures.plots.theme_rates import by_group

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.study.events import Event

SHOWN_OVER_TIME, _ACROSS = 8, 4
_LABELS = 5  # of periods that have room in a panel


def themes_over_time(
    numbers: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    groups: Mapping[str, str],
    events: Sequence[Event] = (),
) -> Figure:
    """The most frequent issues, one panel each, by period.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` gives it, by period or year.
    labels, groups : mapping of str to str
        By theme.
    events : sequence of Event
        Marked by their number above the period they fall into.

    Returns
    -------
    matplotlib.figure.Figure
    """
    unit = "period" if "period" in numbers else "year"
    dated = numbers[numbers[unit].str.match(r"\d{4}")]
    n_articles = articles_by(dated, unit)
    n_undated = sum(articles_by(numbers[~numbers.index.isin(dated.index)], unit).values())
    undated = f" Not shown: {n_undated:,} articles without a date." if n_undated else ""
    periods = list(n_articles)
    themes = [theme for theme in by_group(dated, groups) if groups.get(theme) == "issue"][:SHOWN_OVER_TIME]
    marked = events_by_place(events, periods)
    rows = 1 if on_slides() else 2
    figure = canvas(4.3 + (0.35 if marked else 0))
    panels = figure.subplots(rows, _ACROSS, sharex=True, sharey=True, squeeze=False)
    for axes, theme in zip(panels.flat, themes, strict=False):
        course = dated[dated["theme"] == theme].set_index(unit).reindex(periods)
        _course(axes, course)
        mark_events(axes, marked)
        title = "\n".join(textwrap.wrap(plain(labels.get(theme, theme)), 18))
        axes.set_title(title, fontsize=points(8), pad=points(13) * 1.15 if marked else None)
    for axes in panels[-1]:
        axes.set_xticks(*period_ticks(periods, n_articles, at_most=_LABELS))
    for axes in panels.flat[len(themes) :]:
        axes.set_visible(False)
    figure.supylabel("hits per 1,000 words", fontsize=points(8))
    footnote(
        figure,
        "The issues with most hits. Grey bars: 95 % interval over articles; none where a period has too few. A line "
        f"joins periods that follow one another; those without articles are left out. n: articles.{undated}"
        f"{event_list(events, marked)}",
    )
    return figure


def _course(axes: Axes, rows: pd.DataFrame) -> None:
    places = range(len(rows))
    axes.vlines(places, rows["ci95_low"], rows["ci95_high"], color=FAINT, linewidth=2.6)
    axes.plot(
        places,
        rows["estimate"],
        marker="o",
        markersize=3.6,
        color=INK,
        linestyle="none",
        clip_on=False,
        zorder=3,
    )
    remember(axes, rows, across=(places, places), up=ends(rows))
    for place in range(1, len(rows)):
        if _adjoin(str(rows.index[place - 1]), str(rows.index[place])):
            axes.plot([place - 1, place], rows["estimate"].iloc[place - 1 : place + 1], color=INK)
    axes.set_xlim(-0.5, len(rows) - 0.5)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")


def _adjoin(earlier: str, later: str) -> bool:
    """Whether two months ('2022-06') or years ('2022') follow one another."""
    (year, _, month), (next_year, _, next_month) = earlier.partition("-"), later.partition("-")
    count = 12 if month else 1
    return count * (int(next_year) - int(year)) + int(next_month or 0) - int(month or 0) == 1
