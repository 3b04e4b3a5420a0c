"""Said or claimed: the quotes of sides and speakers by the class of the cue that introduces them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.compare.measures import quoting
from analysis.compare.measures.quoting import EVERYONE, NO_CUE
from analysis.compare.measures.unknown_sides import known_sides, mark_unknown
from analysis.figures._core.marks import (
    Piece,
    articles_by,
    divided_bars,
    fitted,
    footnote,
    largest,
    legend_above,
    on_unknown_quotes,
    printable,
    rows_from_top,
    unshown,
)
from analysis.figures._core.registry import SIDE, Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import INK, canvas, on_slides, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_SPEAKERS = 14
FEWEST_QUOTES = 5  # of a side or speaker; with fewer, shares mean little
_PRINTED = 9  # per cent: narrower pieces have no room for a number
# Doubting comes first so that its interval can start at the axis; neighbours differ without colour.
CLASSES = (
    ("doubting", INK, "", "doubting (claimed, alleged)"),
    ("neutral", "white", "", "neutral (said)"),
    ("asserting", "#8DB4D9", "//", "asserting (insisted, warned)"),
    ("approving", "#F0C808", "..", "approving (praised)"),
    ("directive", "#C8641E", "\\\\", "directive (urged)"),
    ("belief", "#BDBDBD", "", "belief (thinks)"),
    (NO_CUE, "white", "xx", "no cue"),
)


class _Bar(NamedTuple):
    """One bar: its place in the numbers, and what is written beside it."""

    key: tuple[str, ...]
    label: str
    quotes: float
    whole_side: bool


_ON_SPEAKERS = (
    f"Shown: the {SHOWN_SPEAKERS} speakers with the most quotes, and all sides; a country is a speaker if the text "
    f"says that it spoke. Sides and speakers with fewer than {FEWEST_QUOTES} quotes, and the intervals of the other "
    "classes, are in the CSV."
)


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    if cut.by == SIDE:
        return mark_unknown(quoting.cue_classes(tables, weight=cut.weight))
    return quoting.cue_classes(tables, by=[cut.by], weight=cut.weight)


def speakers_and_cues(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One bar per side, followed by its speakers, or one per group: the quotes divided among the classes of cue.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.cue_classes` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    import pandas as pd

    by = SIDE if SIDE in numbers else str(numbers.columns[0])
    found = _bars(known_sides(numbers), study) if by == SIDE else _groups(numbers, by)
    bars = found[: rows_that_fit(len(found), fixed=1.7, each=0.235)]
    figure = canvas(1.9 + 0.235 * len(bars))
    axes = figure.subplots()
    heights = rows_from_top(axes, [f"{bar.label} (n = {bar.quotes:,.0f})" for bar in bars])
    for text, bar in zip(axes.get_yticklabels(), bars, strict=True):
        text.set_fontweight("bold" if bar.whole_side else "normal")
    of_bar = [by] if by != SIDE else [SIDE, "speaker_name"]
    keys = zip(*(numbers[name] for name in of_bar), numbers["cue_class"], strict=True)
    table: dict[tuple[str, ...], Any] = dict(zip(keys, numbers.to_dict("records"), strict=True))
    pieces = [
        Piece(pd.DataFrame([table[*bar.key, cue_class] for bar in bars]), colour, hatch, label)
        for cue_class, colour, hatch, label in CLASSES
    ]
    divided_bars(axes, heights, pieces, printed=_PRINTED)
    for height, bar in zip(heights, bars, strict=True):
        doubting = table[*bar.key, "doubting"]
        axes.hlines(height - 0.41, 100 * doubting["ci95_low"], 100 * doubting["ci95_high"], color=INK)
    axes.set_xlim(0, 100)
    what = "per cent of the quotes of the side or speaker" if by == SIDE else "per cent of the quotes"
    axes.set_xlabel(fitted(say(what), 28))
    legend_above(figure, *axes.get_legend_handles_labels())
    footnote(
        figure,
        "Quotes by the word that introduces them, in per cent. Line below a bar: 95 % interval of the "
        "doubting share over articles, omitted if it is zero or articles are too few. n: quotes."
        f"{_about_bars(by, bars)}{unshown(bars, found, 'rows')}{on_unknown_quotes(numbers) if by == SIDE else ''}",
        details=_ON_SPEAKERS if by == SIDE else "The intervals of the other classes are in the CSV.",
    )
    return figure


def _about_bars(by: str, bars: Sequence[_Bar]) -> str:
    """A sentence on the bars of sides, if speakers follow them."""
    has_speakers = by == SIDE and not all(bar.whole_side for bar in bars)
    return " Bold: a whole side, followed by its speakers." if has_speakers else ""


def _groups(numbers: pd.DataFrame, by: str) -> list[_Bar]:
    """One bar per group of articles."""
    quotes = numbers.drop_duplicates(by).set_index(by)["denominator"]
    return [
        _Bar((group,), printable(group, 30), quotes[group], False)
        for group in largest(articles_by(numbers, by))
    ]


def _bars(numbers: pd.DataFrame, study: Study) -> list[_Bar]:
    """Sides by number of quotes, each followed by its speakers."""
    rows = numbers.drop_duplicates(["side", "speaker_name"])
    keys = zip(rows["side"], rows["speaker_name"], strict=True)
    counts = {
        (str(side), str(name)): float(n) for (side, name), n in zip(keys, rows["denominator"], strict=True)
    }
    enough = {key: n for key, n in counts.items() if n >= FEWEST_QUOTES} or counts
    sides = sorted({side for side, _ in enough}, key=lambda side: (-counts[side, EVERYONE], side))
    speakers = sorted((key for key in enough if key[1] != EVERYONE), key=lambda key: (-counts[key], key))
    kept = speakers[: 0 if on_slides() else SHOWN_SPEAKERS]
    return [
        _Bar(
            (side, name),
            printable(name, 30) if name else side_label(study, side, 30),
            counts[side, name],
            name == EVERYONE,
        )
        for side in sides
        for name in (EVERYONE, *(name for of, name in kept if of == side))
    ]


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=20,
    on_page=True,
    title="Said or claimed: how quotes are introduced",
    question="Whose words do the outlets introduce with neutral verbs, and whose with doubting ones?",
    reading=(
        "One bar per side and speaker, divided by the kind of verb that introduces their quotes, such as "
        "said, claimed or urged."
    ),
    numbers=measure,
    draw=speakers_and_cues,
    by=SIDE,
    empty="no words are attributed to a speaker",
)
