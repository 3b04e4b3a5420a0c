"""Said or claimed: the quotes of sides and speakers by the class of the cue that introduces them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.compare.measures import quoting
from analysis.compare.measures.quoting import EVERYONE, NO_CUE
from analysis.compare.measures.unknown_sides import known_sides, mark_unknown
from analysis.figures._core.marks import (
    Piece,
    divided_bars,
    footnote,
    legend_above,
    on_unknown_quotes,
    printable,
    rows_from_top,
    unshown,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import INK, canvas, on_slides, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
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


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return mark_unknown(quoting.cue_classes(tables, weight=cut.weight))


def speakers_and_cues(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One bar per side, followed by its speakers: their quotes divided among the classes of cue.

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

    found = _bars(known_sides(numbers))
    rows = found[: rows_that_fit(len(found), fixed=1.7, each=0.235)]
    figure = canvas(1.9 + 0.235 * len(rows))
    axes = figure.subplots()
    names = [
        f"{printable(name, 30) if name else side_label(study, side, 30)} (n = {quotes:,.0f})"
        for side, name, quotes in rows
    ]
    heights = rows_from_top(axes, names)
    for text, (_, name, _) in zip(axes.get_yticklabels(), rows, strict=True):
        text.set_fontweight("normal" if name else "bold")
    keys = zip(numbers["side"], numbers["speaker_name"], numbers["cue_class"], strict=True)
    table: dict[tuple[str, str, str], Any] = dict(zip(keys, numbers.to_dict("records"), strict=True))
    pieces = [
        Piece(pd.DataFrame([table[side, name, cue_class] for side, name, _ in rows]), colour, hatch, label)
        for cue_class, colour, hatch, label in CLASSES
    ]
    divided_bars(axes, heights, pieces, printed=_PRINTED)
    for height, (side, name, _) in zip(heights, rows, strict=True):
        doubting = table[side, name, "doubting"]
        axes.hlines(height - 0.41, 100 * doubting["ci95_low"], 100 * doubting["ci95_high"], color=INK)
    axes.set_xlim(0, 100)
    axes.set_xlabel(say("per cent of the quotes of the side or speaker"))
    legend_above(figure, *axes.get_legend_handles_labels())
    named = " Bold: a whole side, followed by its speakers." if any(name for _, name, _ in rows) else ""
    footnote(
        figure,
        "Quotes by the word that introduces them, in per cent. Line below a bar: 95 % interval of the "
        "doubting share over articles, omitted if it is zero or articles are too few. n: "
        f"quotes.{named}{unshown(rows, found, 'rows')}{on_unknown_quotes(numbers)}",
        details=f"Shown: the {SHOWN_SPEAKERS} speakers with the most quotes, and all sides; a country is a "
        f"speaker if the text says that it spoke. Sides and speakers with fewer than {FEWEST_QUOTES} quotes, "
        "and the intervals of the other classes, are in the CSV.",
    )
    return figure


def _bars(numbers: pd.DataFrame) -> list[tuple[str, str, float]]:
    """(side, speaker, quotes) of each bar: sides by number of quotes, each followed by its speakers."""
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
        (side, name, counts[side, name])
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
    empty="no words are attributed to a speaker",
)
