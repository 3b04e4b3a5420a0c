"""Who is quoted: each side's share of the quoted words, outlet by outlet."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.hotspots import register_bars
from analysis.figures._core.marks import (
    BAR,
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    largest,
    left_out,
    rows_from_top,
    with_n,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label, styles_of
from analysis.figures._core.style import INK, canvas, on_slides, points, rows_that_fit
from analysis.schemas import UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

SHOWN_SIDES, SHOWN_ON_SLIDES = 6, 5
_LAST = ("other", UNATTRIBUTED)


def measure(tables: Tables, _summaries: Summaries) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.quoted_shares(tables, by=["outlet"])


def who_is_quoted(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per side, one bar per outlet: the side's share of the outlet's quoted words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.quoted_shares` returns it, by outlet.
    study : Study

    Returns
    -------
    FramingFigure
    """
    styles = styles_of(numbers["side"], study)
    sides, hidden = _sides(numbers)
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.25, each=0.24))
    figure = canvas(1.25 + 0.24 * len(outlets))
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)
    for axes, side in zip(panels[0], sides, strict=True):
        rows = numbers[numbers["side"] == side].set_index("outlet").reindex(outlets)
        heights = rows_from_top(axes, with_n(outlets, n_articles))
        shares = 100 * rows["estimate"]
        axes.barh(
            heights, shares, height=BAR, color=styles[side].colour, edgecolor=INK, linewidth=0.4,
        )  # fmt: skip
        zero = [0.0] * len(heights)
        register_bars(axes, rows, across=(zero, shares.tolist()), heights=heights, thickness=BAR)
        for colour, width in (("white", 2.4), (INK, 1.0)):  # seen on dark bars, too
            axes.hlines(
                heights, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=colour, linewidth=width
            )
        axes.set_title("\n".join(textwrap.wrap(side_label(study, side), 11)), fontsize=points(8))
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="x")
        axes.get_xticklabels()[0].set_ha("left")  # so that 100 and the next panel's 0 keep apart
        axes.get_xticklabels()[-1].set_ha("right")
    words = numbers.groupby("side")["numerator"].sum()
    share = 100 * words[hidden].sum() / max(1, words.sum())
    others = (
        f" Sides not shown ({share:.1f} % of all attributed words): "
        f"{', '.join(side_label(study, side) for side in hidden)}."
        if hidden
        else ""
    )
    footnote(
        figure,
        "Share of each outlet's attributed words, in per cent. Lines: 95 % intervals over articles, omitted "
        "where too few articles have attributed words. n: articles with attributed "
        f"words.{left_out(n_articles, outlets)}",
        details=others.strip(),
    )
    return figure


def _sides(numbers: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The sides that are shown, by number of words with residual sides last, and the sides that are not."""
    words = numbers.groupby("side")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(side) for side in words.index if words[side] > 0]
    residual = [side for side in _LAST if side in heard]
    named = [side for side in heard if side not in residual]
    shown = named[: (SHOWN_ON_SLIDES if on_slides() else SHOWN_SIDES) - len(residual)]
    return shown + residual, named[len(shown) :]


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=10,
    title="Who is quoted",
    question="Which sides get most of the words that an outlet quotes?",
    reading=(
        "One panel per side, one bar per outlet: the side's share of the words that the outlet attributes "
        "to speakers, with 95 % intervals."
    ),
    numbers=measure,
    draw=who_is_quoted,
    empty="no words are attributed to a speaker",
)
