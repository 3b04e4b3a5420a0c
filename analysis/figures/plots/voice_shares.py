"""Own and attributed words by outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures import rates
from analysis.figures._core.groups import group_of
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    Piece,
    articles_by,
    divided_bars,
    footnote,
    largest,
    on_groups,
    percentage_axis,
    rows_from_top,
    with_n,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label, styles_of
from analysis.figures._core.style import INK, canvas, rows_that_fit
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_SIDES = 5
_REST = ("white", "")  # colour and hatch of all other sides together


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return rates.voice_shares(tables, by=[cut.by], weight=cut.weight)


def voice_shares(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One bar per outlet, divided among its own words and the sides to which it attributes words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.voice_shares` returns it, by outlet.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = group_of(numbers)
    n_articles = articles_by(numbers, by)
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.6, each=0.24))
    styles = styles_of(numbers["voice"], study)
    voices, rest = _voices(numbers)
    figure = canvas(1.75 + 0.3 * len(outlets))
    axes = figure.subplots()
    heights = rows_from_top(axes, with_n(outlets, n_articles))
    by_voice = {
        voice: numbers[numbers["voice"] == voice].set_index(by).reindex(outlets)
        for voice in (OUTLET, *voices)
    }
    pieces = [Piece(by_voice[voice], *styles[voice][:2], side_label(study, voice, 26)) for voice in voices]
    if rest:  # the sum of several rows, which has no sentences of its own
        fewer = numbers[numbers["voice"].isin(rest)].groupby(by)[["estimate"]].sum().reindex(outlets)
        place = len(pieces) - (UNATTRIBUTED in voices)
        pieces.insert(place, Piece(fewer, *_REST, "Sides with fewer words"))
    divided_bars(axes, heights, pieces)
    own = by_voice[OUTLET]
    axes.hlines(
        [height - 0.4 for height in heights], 100 * own["ci95_low"], 100 * own["ci95_high"], color=INK
    )
    percentage_axis(figure, axes, "per cent of all words")
    names = f" Sides with fewer words: {', '.join(side_label(study, v, 20) for v in rest)}." if rest else ""
    footnote(
        figure,
        "Line below a bar: 95 % interval of the own share over articles, omitted if articles are too "
        f"few. n: articles.{_on_unknown(voices)}{on_groups(n_articles, outlets, by)}",
        details="Every word belongs either to the outlet or to the innermost speaker. The CSV has the "
        f"intervals of the other shares.{names}",
    )
    return figure


def _on_unknown(voices: list[str]) -> str:
    if UNATTRIBUTED not in voices:
        return ""
    return " Hatched grey: words of speakers whose side is not known; they are missing data, not a side."


def _voices(numbers: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The voices with a piece of their own, and those that share one: the outlet first, unknown speakers last."""
    words = numbers.groupby("voice")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(voice) for voice in words.index if words[voice] > 0]
    sides = [voice for voice in heard if voice not in (OUTLET, UNATTRIBUTED)]
    shown = [*([OUTLET] if OUTLET in heard else []), *sides[:SHOWN_SIDES]]
    return [*shown, *([UNATTRIBUTED] if UNATTRIBUTED in heard else [])], sides[SHOWN_SIDES:]


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=50,
    on_page=True,
    title="Own and attributed words by outlet",
    question="How much of each outlet's text is its own, and how much is attributed to each side?",
    reading=(
        "One bar per outlet, divided among the outlet's own words and the words it attributes to each side, "
        "in per cent of all words. A line below the bar shows the 95 % interval of the own share."
    ),
    numbers=measure,
    draw=voice_shares,
    by="outlet",
    empty="the articles have no words",
)
