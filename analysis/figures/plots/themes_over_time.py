"""Themes over time: one small panel per issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.groups import group_of
from analysis.figures._core.heatmap import frequent_issues
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import articles_by, footnote, interval_ends
from analysis.figures._core.registry import TIME, Entry, Section
from analysis.figures._core.study_labels import theme_title
from analysis.figures._core.style import FAINT, INK, across_that_fit, canvas, on_slides, points
from analysis.figures._core.texts import say
from analysis.figures._core.time_axis import (
    adjoin,
    event_list,
    events_by_place,
    mark_events,
    mark_gaps,
    only_if_dated,
    period_ticks,
    unit_that_fits,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

MONTHS_SHOWN = 12
SHOWN_ISSUES, _ACROSS = 8, 4
_LABELS = 5  # of periods that have room in a panel


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """Theme rates by month, or by year if there are more months than a small panel can show."""
    by = cut.by or unit_that_fits(tables, MONTHS_SHOWN)
    return only_if_dated(rates.theme_rates(tables, by=[by], weight=cut.weight), by)


def themes_over_time(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """The most frequent issues, one panel each, by month or year; the study's events are marked by number.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` returns it, by period or year.
    study : Study

    Returns
    -------
    FramingFigure
    """
    events = study.events
    unit = group_of(numbers)
    dated = numbers[numbers[unit].str.match(r"\d{4}")]
    n_articles = articles_by(dated, unit)
    n_undated = sum(articles_by(numbers[~numbers.index.isin(dated.index)], unit).values())
    undated = f" {n_undated:,} articles without a date are not shown." if n_undated else ""
    periods = list(n_articles)
    themes = frequent_issues(dated, study)[:SHOWN_ISSUES]
    marked = events_by_place(events, periods)
    across = across_that_fit(_ACROSS, fixed=0.3, each=1.6)
    rows = 1 if on_slides() else -(-SHOWN_ISSUES // across)
    figure = canvas(1.1 + 1.6 * rows + (0.35 if marked else 0))
    panels = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False)
    for axes, theme in zip(panels.flat, themes, strict=False):
        course = dated[dated["theme"] == theme].set_index(unit).reindex(periods)
        _course(axes, course)
        mark_events(axes, marked)
        mark_gaps(axes, periods)
        title = theme_title(study, theme)
        axes.set_title(title, fontsize=points(8), pad=points(13) * 1.15 if marked else None)
    panels[0, 0].set_ylim(bottom=0)  # of all panels, when the scale has room for each
    for axes in panels[-1]:
        axes.set_xticks(*period_ticks(periods, n_articles, at_most=_LABELS - (across < _ACROSS)))
    for axes in panels.flat[len(themes) :]:
        axes.set_visible(False)
    figure.supylabel(say("hits per 1,000 words"), fontsize=points(8))
    footnote(
        figure,
        "The issues with the most hits. Grey bars: 95 % intervals over articles, omitted if articles are too "
        "few. Lines join consecutive periods; slanted strokes on the axis stand for periods without articles. n: "
        f"articles.{undated}{event_list(events, marked)}",
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
    register_hotspots(axes, rows, across=(places, places), up=interval_ends(rows))
    for place in range(1, len(rows)):
        if adjoin(str(rows.index[place - 1]), str(rows.index[place])):
            axes.plot([place - 1, place], rows["estimate"].iloc[place - 1 : place + 1], color=INK)
    axes.set_xlim(-0.5, len(rows) - 0.5)
    axes.grid(axis="y")


ENTRY = Entry(
    section=Section.THEMES,
    order=40,
    on_page=True,
    title="Themes over time",
    question="When did each issue come up?",
    reading=(
        "One small panel per issue: hits per 1,000 words by month or year, with 95 % intervals. The study's "
        "events are marked by number."
    ),
    numbers=measure,
    draw=themes_over_time,
    by=TIME,
    empty="no theme of the codebook was found in an article with a date",
)
