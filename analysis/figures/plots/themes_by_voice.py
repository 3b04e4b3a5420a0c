"""Themes by voice: the outlets' own words beside the words they attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.heatmap import frequent_issues
from analysis.figures._core.marks import estimates, footnote, rows_from_top, unshown
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import theme_label
from analysis.figures._core.style import (
    COLUMN,
    OWN_WORDS,
    QUOTED,
    across_that_fit,
    canvas,
    rows_that_fit,
)
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.theme_rates(tables, by=[], voice="split", weight=cut.weight)


def themes_by_voice(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """For each theme its rate in the outlets' own words beside its rate in the words they attribute.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` returns it with voice 'split' and one group.
    study : Study

    Returns
    -------
    FramingFigure
    """
    found, n_articles = frequent_issues(numbers, study), int(numbers["n"].max())
    themes = found[: rows_that_fit(len(found), fixed=1.1, each=0.19)]
    figure = canvas(1.3 + 0.2 * len(themes), width=COLUMN * 0.86)
    axes = figure.subplots()
    heights = rows_from_top(axes, [theme_label(study, theme, 40) for theme in themes])
    for voice, shift, colour, name in (
        ("outlet", 0.17, OWN_WORDS, "the outlets' own words"),
        ("quoted", -0.17, QUOTED, "attributed words"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index("theme").reindex(themes)
        words = numbers.loc[numbers["voice"] == voice, "denominator"].max()
        label = say(f"{name} ({{n}} words)", n=f"{0 if words != words else words:,.0f}")
        estimates(
            axes,
            rows,
            [height + shift for height in heights],
            colour=colour,
            label=label,
            hollow=voice == "quoted",
        )
    axes.set_xlim(left=-0.012 * axes.get_xlim()[1])  # a point at zero stays whole
    axes.set_xlabel(say("hits per 1,000 words of the voice"))
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=across_that_fit(2, fixed=0.8, each=2))
    footnote(
        figure,
        "The study's issues. Lines: 95 % intervals over articles; paler points have too few hits or articles for "
        f"one. n: {n_articles:,} articles.{unshown(themes, found, 'themes')}",
    )
    return figure


ENTRY = Entry(
    section=Section.THEMES,
    order=50,
    on_page=True,
    title="Themes by voice",
    question="Who raises a theme: the outlets themselves, or the people they quote?",
    reading=(
        "Two points per theme, one for the outlets' own words and one for attributed words: hits per 1,000 "
        "words of that voice."
    ),
    numbers=measure,
    draw=themes_by_voice,
    empty="no theme of the codebook was found",
)
