"""Articles by outlet: the example of a new figure, as CONTRIBUTING describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures._core.groups import group_of
from analysis.figures._core.hotspots import register_bars
from analysis.figures._core.marks import BAR, footnote, printable, rows_from_top
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.style import INK, canvas

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """Share of all articles by outlet."""
    counts = tables.articles[cut.by].value_counts().sort_index().rename("numerator").reset_index()
    total = len(tables.articles)
    return counts.assign(denominator=total, n=total, estimate=counts["numerator"] / max(1, total))


def articles_by_outlet(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One bar per outlet: its share of all articles.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `measure` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    figure = canvas(1 + 0.25 * len(numbers))
    axes = figure.subplots()
    heights = rows_from_top(axes, [printable(outlet) for outlet in numbers[group_of(numbers)]])
    shares = (100 * numbers["estimate"]).tolist()
    axes.barh(heights, shares, height=BAR, color=INK)
    register_bars(axes, numbers, across=([0.0] * len(shares), shares), heights=heights, thickness=BAR)
    axes.set_xlabel("per cent of all articles")
    footnote(figure, f"Bars: share of {numbers['n'].max():,} articles.")
    return figure


ENTRY = Entry(
    section=Section.WORDS,
    order=99,
    on_page=True,
    title="Articles by outlet",
    question="Which outlets have most articles?",
    reading="One bar per outlet: its share of all articles.",
    numbers=measure,
    draw=articles_by_outlet,
    by="outlet",
    empty="there are no articles",
)
