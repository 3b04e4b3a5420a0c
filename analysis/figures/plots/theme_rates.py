"""Themes by outlet: a heatmap of rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.groups import group_of
from analysis.figures._core.heatmap import theme_heatmap
from analysis.figures._core.marks import SHOWN_OUTLETS, articles_by, largest, on_groups, with_n
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.style import across_that_fit

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.theme_rates(tables, by=[cut.by], weight=cut.weight)


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
    by = group_of(numbers)
    n_articles = articles_by(numbers, by)
    outlets = largest(n_articles, at_most=across_that_fit(SHOWN_OUTLETS, fixed=1.5, each=0.27))
    return theme_heatmap(
        numbers,
        study,
        across=by,
        columns=dict(zip(outlets, with_n(outlets, n_articles), strict=True)),
        note="Hits per 1,000 words, including the headline; blank cells: no hits. n: articles. Shading "
        f"follows the square root of the rate.{on_groups(n_articles, outlets, by)}",
    )


ENTRY = Entry(
    section=Section.THEMES,
    order=10,
    on_page=True,
    title="Themes by outlet",
    question="What does each outlet write about?",
    reading="A heatmap, themes down and outlets across: hits per 1,000 words.",
    numbers=measure,
    draw=theme_rates,
    by="outlet",
    empty="no theme of the codebook was found",
)
