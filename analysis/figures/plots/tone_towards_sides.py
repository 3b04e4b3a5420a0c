"""Tone towards the two sides, by outlet and voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import tone
from analysis.figures._core.groups import group_of
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    fitted,
    footnote,
    largest,
    legend_above,
    on_groups,
    rows_from_top,
    symmetric_limit,
    with_n,
)
from analysis.figures._core.options import options
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import towards, two_sides
from analysis.figures._core.style import OWN_WORDS, QUOTED, canvas, points, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

_VOICES = (
    ("outlet", 0.16, OWN_WORDS, "in the outlet's own words"),
    ("quoted", -0.16, QUOTED, "in attributed words"),
)


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    sides = two_sides(tables)
    return tone.polarity_index(
        tables, by=[cut.by], towards="side", only=sides, voice="split", weight=cut.weight
    )


def tone_towards_sides(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per side, one row per outlet: tone towards the side in own and in attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.tone.polarity_index` returns it by outlet, towards sides, with voice 'split'.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = group_of(numbers)
    sides = list(dict.fromkeys(numbers["side"]))
    n_articles = articles_by(numbers, by)
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.55, each=0.22))
    figure = canvas(1.55 + 0.3 * len(outlets))
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)[0]
    limit = symmetric_limit(numbers[numbers[by].isin(outlets)])
    for axes, side in zip(panels, sides, strict=True):
        heights = rows_from_top(axes, with_n(outlets, n_articles))
        for voice, shift, colour, name in _VOICES:
            rows = numbers[(numbers["side"] == side) & (numbers["voice"] == voice)]
            rows = rows.set_index(by).reindex(outlets)
            shifted = [height + shift for height in heights]
            estimates(axes, rows, shifted, colour=colour, label=name, hollow=voice == "quoted")
        axes.axvline(0, color="#888888", linewidth=0.8, zorder=1)
        axes.set_xlim(-limit, limit)
        step = 0.25 if limit <= 0.5 else 0.5
        ticks = [place * step for place in range(-2, 3) if abs(place * step) <= limit]
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
        axes.set_title(towards(study, side), fontsize=points(9))
        axes.set_xlabel(fitted(say("← unfavourable") + 10 * "\N{NO-BREAK SPACE}" + say("favourable →"), 18))
        axes.grid(axis="x")
    legend_above(figure, *panels[0].get_legend_handles_labels())
    equal = " Each mention counts equally." if options().weight == "word" else ""
    footnote(
        figure,
        "Mean of p(positive) − p(negative) over mentions of the side's actors; the model does not see their "
        f"names.{equal} Lines: 95 % intervals over articles, without the error of the model; paler points have too "
        "few articles for one. n: articles with such mentions, in the voice that has "
        f"more.{on_groups(n_articles, outlets, by)}",
        details=f"{_about_zero(sides)} Mentions that the model did not score are left out and counted in the CSV.",
    )
    return figure


def _about_zero(sides: list[str]) -> str:
    known = tone.calibration(sides)
    if known is None:
        return "The index was not calibrated for these sides: zero need not be neutral for a reader."
    return (
        f"In the outlet's own words, zero is what readers of {known.n_articles:,} articles, language models, coded "
        f"as neutral. The index of one article has a rank correlation of {known.spearman:.2f} with their codes "
        f"({known.spearman_further:.2f} in {known.n_further:,} further articles), so differences between outlets can "
        "be errors of the model. Attributed words are not calibrated."
    )


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Mentions of the side."""
    return {"about": f"side:{row['side']}"}


ENTRY = Entry(
    section=Section.TONE,
    order=10,
    on_page=True,
    weight="article",
    title="Tone towards the two sides, by outlet and voice",
    question=(
        "How favourably does each outlet present the two sides, in its own words and in attributed words?"
    ),
    reading=(
        "One panel per side, two points per outlet, one for its own words and one for attributed words: "
        "tone from -1 (unfavourable) to 1 (favourable), with 95 % intervals."
    ),
    numbers=measure,
    draw=tone_towards_sides,
    by="outlet",
    empty="no mention of either side has a tone score",
    filters=filters,
)
