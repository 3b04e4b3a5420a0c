"""Direct and indirect quotes: how each side is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import quoting
from analysis.compare.measures.unknown_sides import known_sides, mark_unknown
from analysis.figures._core.groups import group_nouns
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    footnote,
    largest,
    on_groups,
    on_unknown_quotes,
    printable,
    rows_from_top,
    unshown,
)
from analysis.figures._core.options import options
from analysis.figures._core.registry import SIDE, Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import INK, canvas, points, rows_that_fit
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
    if cut.by == SIDE:
        return mark_unknown(quoting.quote_kinds(tables, weight=cut.weight))
    return quoting.quote_kinds(tables, by=[cut.by], by_side=False, weight=cut.weight)


def direct_and_indirect(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per kind of quote, one point per side or group: the kind's share of its quotes.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.quote_kinds` returns it: by side for all articles together,
        or by group for all sides together.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = SIDE if SIDE in numbers else str(numbers.columns[0])
    if by == SIDE:
        totals = known_sides(numbers).drop_duplicates(SIDE).set_index(SIDE)
        found = sorted(totals.index, key=lambda side: (-totals["denominator"][side], side))
        shown = found[: rows_that_fit(len(found), fixed=1.2, each=0.2)]
        labels = [side_label(study, side, 26) for side in shown]
        rest = f"{unshown(shown, found, 'sides')}{on_unknown_quotes(numbers)}"
    else:
        totals = numbers.drop_duplicates(by).set_index(by)
        n_articles = articles_by(numbers, by)
        shown = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.2, each=0.2))
        labels = [printable(group, 26) for group in shown]
        rest = on_groups(n_articles, shown, by)
    figure = canvas(1.4 + 0.24 * len(shown))
    panels = figure.subplots(1, len(KINDS), sharey=True)
    names = [
        f"{label} ({totals['denominator'][row]:,.0f}; n = {totals['n'][row]:,})"
        for label, row in zip(labels, shown, strict=True)
    ]
    for axes, kind in zip(panels, KINDS, strict=True):
        rows = numbers[numbers["kind"] == kind].set_index(by).reindex(shown)
        rows[["estimate", "ci95_low", "ci95_high"]] *= 100
        estimates(axes, rows, rows_from_top(axes, names), colour=INK)
        axes.set_title(say(kind), fontsize=points(8) if options().is_narrow else None)
        axes.set_xlim(-4, 104)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="both")
    footnote(
        figure,
        f"Share of the quotes of each {SIDE if by == SIDE else group_nouns(by)[0]}, in per cent. Direct quotes are "
        "entirely in quotation marks, mixed quotes partly, indirect quotes not at all. In brackets: number of "
        "quotes; n: articles with quotes. "
        "Lines: 95 % intervals over articles; paler points have no interval, because articles are too few or "
        f"all alike.{rest}",
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
    by=SIDE,
    empty="no words are attributed to a speaker",
)
