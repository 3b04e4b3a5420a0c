"""Themes by outlet: a heatmap of rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.heatmap import theme_heatmap
from analysis.figures._core.marks import articles_by, largest, left_out, with_n
from analysis.figures._core.registry import Entry, Section

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries


def measure(tables: Tables, _summaries: Summaries) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.theme_rates(tables, by=["outlet"])


def theme_rates(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Themes down, outlets across; each cell is the rate per 1,000 words, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` returns it, by outlet.
    study : Study

    Returns
    -------
    FramingFigure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles)
    return theme_heatmap(
        numbers,
        study,
        across="outlet",
        columns=dict(zip(outlets, with_n(outlets, n_articles), strict=True)),
        note="Hits per 1,000 words, including the headline; blank cells: no hits. n: articles. Shading "
        f"follows the square root of the rate.{left_out(n_articles, outlets)}",
    )


ENTRY = Entry(
    section=Section.THEMES,
    order=10,
    title="Themes by outlet",
    question="What does each outlet write about?",
    reading="A heatmap, themes down and outlets across: hits per 1,000 words.",
    numbers=measure,
    draw=theme_rates,
    empty="no theme of the codebook was found",
)
