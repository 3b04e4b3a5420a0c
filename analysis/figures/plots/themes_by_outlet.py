"""Issues by outlet with intervals: one small panel per issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.groups import group_nouns, group_of
from analysis.figures._core.heatmap import frequent_issues
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    footnote,
    largest,
    on_groups,
    rows_from_top,
    with_n,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import theme_title
from analysis.figures._core.style import FAINT, INK, across_that_fit, canvas, on_slides, points, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

PANELS = 8
_ACROSS = 4


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.theme_rates(tables, by=[cut.by], weight=cut.weight)


def themes_by_outlet(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """The most frequent issues, one panel each: every outlet's rate with its interval, and the rate of all.

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
    _, plural = group_nouns(by)
    n_articles = articles_by(numbers, by)
    across = across_that_fit(3 if on_slides() else _ACROSS, fixed=1.1, each=1.2)
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.45, each=0.17))
    shown = frequent_issues(numbers, study)[: across if on_slides() else PANELS]
    rows = -(-len(shown) // across)
    figure = canvas(0.9 + rows * (0.65 + 0.17 * len(outlets)))
    panels = figure.subplots(rows, across, sharex="row", sharey=True, squeeze=False)
    for axes, theme in zip(panels.flat, shown, strict=False):
        own = numbers[numbers["theme"] == theme].set_index(by).reindex(outlets)
        heights = rows_from_top(axes, with_n(outlets, n_articles))
        everywhere = 1000 * own["numerator"].sum() / own["denominator"].sum()
        axes.axvline(everywhere, color=FAINT, linewidth=1, zorder=1)
        estimates(axes, own, heights, colour=INK)
        axes.set_title(theme_title(study, theme), fontsize=points(8))
        axes.grid(axis="x")
    for axes in panels.flat[len(shown) :]:
        axes.set_visible(False)
    for row in range(rows):
        drawn = numbers[
            numbers["theme"].isin(shown[row * across : (row + 1) * across]) & numbers[by].isin(outlets)
        ]
        right = 1.05 * drawn[["estimate", "ci95_high"]].max().max()
        panels[row][0].set_xlim(-0.04 * right, right)  # a point at zero stays whole
    for axes in panels[-1]:
        axes.set_xlabel(say("per 1,000 words"))
    footnote(
        figure,
        "The issues with the most hits, as hits per 1,000 words. Lines: 95 % intervals over articles; paler "
        "points have too few hits or articles for one. The panels of a row share a scale. Grey vertical line: "
        f"all {plural} shown together. n: "
        f"articles.{on_groups(n_articles, outlets, by)}",
    )
    return figure


ENTRY = Entry(
    section=Section.THEMES,
    order=20,
    title="Issues by outlet, with intervals",
    question="How much do outlets differ in the most frequent issues, and how precise are their rates?",
    reading=(
        "One small panel per issue, one point per outlet: hits per 1,000 words with 95 % intervals. A "
        "vertical line shows the rate of all outlets together."
    ),
    numbers=measure,
    draw=themes_by_outlet,
    by="outlet",
    empty="no theme of the codebook was found",
)
