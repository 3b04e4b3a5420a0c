"""Direct and indirect quotes: how each side is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import quoting
from analysis.compare.measures.unknown_sides import known_sides, mark_unknown
from analysis.figures._core.marks import estimates, footnote, on_unknown_quotes, rows_from_top, unshown
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import INK, canvas, rows_that_fit
from analysis.figures._core.texts import say
from analysis.schemas import KINDS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return mark_unknown(quoting.quote_kinds(tables, weight=cut.weight))


def direct_and_indirect(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per kind of quote, one point per side: the kind's share of the side's quotes.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.quote_kinds` returns it for all articles together.
    study : Study

    Returns
    -------
    FramingFigure
    """
    totals = known_sides(numbers).drop_duplicates("side").set_index("side")
    sides = sorted(totals.index, key=lambda side: (-totals["denominator"][side], side))
    sides = sides[: rows_that_fit(len(sides), fixed=1.2, each=0.2)]
    figure = canvas(1.4 + 0.24 * len(sides))
    panels = figure.subplots(1, len(KINDS), sharey=True)
    names = [
        f"{side_label(study, side, 26)} ({totals['denominator'][side]:,.0f}; n = {totals['n'][side]:,})"
        for side in sides
    ]
    for axes, kind in zip(panels, KINDS, strict=True):
        rows = numbers[numbers["kind"] == kind].set_index("side").reindex(sides)
        rows[["estimate", "ci95_low", "ci95_high"]] *= 100
        estimates(axes, rows, rows_from_top(axes, names), colour=INK)
        axes.set_title(say(kind))
        axes.set_xlim(-4, 104)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="both")
    footnote(
        figure,
        "Share of each side's quotes, in per cent. Direct quotes are entirely in quotation marks, mixed "
        "quotes partly, indirect quotes not at all. In brackets: number of quotes; n: articles with quotes. "
        "Lines: 95 % intervals over articles; paler points have no interval, because articles are too few or "
        f"all alike.{unshown(sides, totals.index, 'sides')}{on_unknown_quotes(numbers)}",
    )
    return figure


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=30,
    title="Direct and indirect quotes",
    question="Who is quoted word for word, and who in the outlet's own words?",
    reading=(
        "One panel per kind of quote, one point per side: the share of the side's quotes that are direct, "
        "indirect or mixed, with 95 % intervals."
    ),
    numbers=measure,
    draw=direct_and_indirect,
    empty="no words are attributed to a speaker",
)
