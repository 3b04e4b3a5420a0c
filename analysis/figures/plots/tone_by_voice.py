"""Tone of all words, by outlet and voice (VADER)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.groups import group_of
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    footnote,
    largest,
    on_groups,
    rows_from_top,
    symmetric_limit,
    with_n,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.style import COLUMN, OWN_WORDS, QUOTED, across_that_fit, canvas, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.tone_means(tables, by=[cut.by], voice="split", weight=cut.weight)


def tone_by_voice(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Mean VADER score per outlet, in its own words and in the words it attributes.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.tone_means` returns it, by outlet and with voice 'split'.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = group_of(numbers)
    n_articles = articles_by(numbers, by)
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.3, each=0.24))
    figure = canvas(1.3 + 0.28 * len(outlets), width=COLUMN * 0.86)
    axes = figure.subplots()
    heights = rows_from_top(axes, with_n(outlets, n_articles))
    for voice, shift, colour, name in (
        ("outlet", 0.15, OWN_WORDS, "the outlet's own words"),
        ("quoted", -0.15, QUOTED, "attributed words"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index(by).reindex(outlets)
        estimates(
            axes,
            rows,
            [height + shift for height in heights],
            colour=colour,
            label=say(name),
            hollow=voice == "quoted",
        )
    axes.axvline(0, color="#888888", linewidth=0.8, zorder=1)
    limit = symmetric_limit(numbers[numbers[by].isin(outlets)])
    axes.set_xlim(-limit, limit)
    score, ends = say("mean VADER compound score, −1 to 1"), say("← negative     positive →")
    axes.set_xlabel(f"{score}\n{ends}")
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=across_that_fit(2, fixed=0.8, each=2))
    footnote(
        figure,
        "Mean over sentences, weighted by words. VADER is a word list made for social media. It is a baseline "
        "and is not validated on news. Lines: 95 % intervals over articles; paler points have too few "
        f"articles for one. n: articles.{on_groups(n_articles, outlets, by)}",
    )
    return figure


ENTRY = Entry(
    section=Section.TONE,
    order=30,
    title="Tone of all words by outlet and voice (VADER)",
    question="Who sounds positive or negative: the outlet or its sources?",
    reading=(
        "Two points per outlet, one for its own words and one for attributed words: mean VADER score with "
        "95 % intervals."
    ),
    numbers=measure,
    draw=tone_by_voice,
    by="outlet",
    empty="no words have a VADER score",
    on_request=True,
)
