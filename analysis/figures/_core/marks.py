"""Parts that several figures share: estimates with intervals, divided bars, labels with n, legends, captions."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.compare._core.grouping import UNDATED, UNKNOWN
from analysis.errors import FramingError
from analysis.figures._core.groups import group_nouns
from analysis.figures._core.hotspots import register_bars, register_hotspots
from analysis.figures._core.options import options
from analysis.figures._core.palette import ink_on
from analysis.figures._core.style import COLUMN, INK, across_that_fit, on_slides, points
from analysis.figures._core.texts import ENGLISH, say
from analysis.schemas import UNATTRIBUTED
from analysis.study.outlets import named_by_kind

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.figures._core.figure import FramingFigure

FILLED, HOLLOW = "o", "D"
SHOWN_OUTLETS = 16
LEGEND_COLUMNS = 4
NARROWER = 0.65
"""Length of labels in narrow figures, as a share of their length on a page."""
BAR = 0.62
"""Thickness of a bar, as a share of the height of a row."""


def interval_ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Lower and upper end of each row's mark: its interval, or the estimate twice where it has none."""
    return rows["ci95_low"].fillna(rows["estimate"]), rows["ci95_high"].fillna(rows["estimate"])


def symmetric_limit(numbers: pd.DataFrame) -> float:
    """The limit x of an axis from -x to x that holds all estimates and intervals of a score; a multiple of 0.25."""
    values = numbers[["estimate", "ci95_low", "ci95_high"]].abs().max().max()
    return min(1.0, max(0.25, math.ceil(4.2 * values) / 4)) if values == values else 1.0


def estimates(
    axes: Axes,
    rows: pd.DataFrame,
    heights: Sequence[float],
    *,
    colour: str,
    label: str | None = None,
    hollow: bool = False,
) -> None:
    """Draw points with horizontal 95 % intervals; points without an interval are paler.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        With the columns estimate, ci95_low, ci95_high.
    heights : sequence of float
        Vertical position of each row.
    colour : str
    label : str, optional
        For the legend.
    hollow : bool, default False
        Draw hollow diamonds, so that two series differ in greyscale too.
    """
    import numpy as np

    known = rows["ci95_low"].notna().to_numpy()
    # matplotlib takes one opacity per point; its stubs allow a single number only
    opacity: Any = np.where(known, 1.0, 0.45)
    axes.hlines(
        [height for height, ok in zip(heights, known, strict=True) if ok],
        rows["ci95_low"][known],
        rows["ci95_high"][known],
        color=colour,
        linewidth=1.4,
        alpha=0.75,
        zorder=2,
    )
    look: dict[str, Any] = {
        "marker": HOLLOW if hollow else FILLED,
        "s": 20 if hollow else 26,
        "facecolors": "white" if hollow else colour,
        "edgecolors": colour,
        "linewidths": 1.2,
    }
    axes.scatter(rows["estimate"], heights, alpha=opacity, zorder=3, **look)
    register_hotspots(axes, rows, across=interval_ends(rows), up=(heights, heights))
    if label:  # a separate series, since the legend would copy the opacity of the first point
        axes.scatter([], [], label=label, **look)


class Piece(NamedTuple):
    """One segment of every bar in a figure of divided bars: one row of numbers per bar, and how it is drawn."""

    rows: pd.DataFrame
    colour: str
    hatch: str
    label: str


def divided_bars(
    axes: Axes, heights: Sequence[float], pieces: Sequence[Piece], *, printed: float = 7
) -> None:
    """Draw horizontal bars divided into pieces, and print the percentage of each piece that has room for it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    heights : sequence of float
        Vertical position of each bar.
    pieces : sequence of Piece
        From left to right, each with one row per bar; the column estimate is the share, 0 to 1.
    printed : float, default 7
        Smallest percentage that is printed on its piece.
    """
    left = [0.0] * len(heights)
    for piece in pieces:
        widths = (100 * piece.rows["estimate"].fillna(0)).tolist()
        axes.barh(
            heights, widths, left=left, height=BAR, color=piece.colour, edgecolor=INK, linewidth=0.5,
            hatch=piece.hatch, hatchcolor=ink_on(piece.colour), label=piece.label,
        )  # fmt: skip
        for height, width, start in zip(heights, widths, left, strict=True):
            if width >= points(printed):
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
                middle = start + width / 2
                axes.text(
                    middle, height, f"{width:.0f}", fontsize=points(7), ha="center", va="center", bbox=box
                )
        right = [start + width for start, width in zip(left, widths, strict=True)]
        register_bars(axes, piece.rows, across=(left, right), heights=heights, thickness=BAR)
        left = right


def percentage_axis(figure: Figure, axes: Axes, what: str) -> None:
    """Finish a figure of divided bars: an axis from 0 to 100 per cent, and a legend above it."""
    axes.set_xlim(0, 100)
    axes.set_xlabel(say(what))
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    handles, names = axes.get_legend_handles_labels()
    legend_above(figure, handles, names, fontsize=points(7.5), frameon=False)


def legend_above(figure: Figure, handles: Sequence[Any], names: Sequence[str], **look: Any) -> None:
    """Put a legend above the figure, in at most four columns and with rows of even length."""
    rows = -(-len(handles) // across_that_fit(LEGEND_COLUMNS, fixed=0, each=1.7))
    names = [say(name) for name in names]
    figure.legend(handles, names, loc="outside upper center", ncols=-(-len(handles) // max(1, rows)), **look)


def fitted(text: str, characters: int) -> str:
    """A text that is broken into lines of at most so many characters in narrow figures."""
    return "\n".join(textwrap.wrap(text, characters)) if options().is_narrow else text


def rows_from_top(axes: Axes, labels: Sequence[str]) -> list[float]:
    """Label the rows of a figure, the first at the top, and return the height of each."""
    heights = [float(len(labels) - 1 - i) for i in range(len(labels))]
    axes.set_yticks(heights, labels)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    return heights


def articles_by(numbers: pd.DataFrame, column: str) -> dict[str, int]:
    """Articles behind each value of a column: the largest n of its rows. Sorted by value."""
    return {str(value): int(n) for value, n in numbers.groupby(column)["n"].max().sort_index().items()}


def with_n(names: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """Labels such as 'Meridian Post (n = 6)'."""
    return [f"{group_label(name)} (n = {counts.get(name, 0):,})" for name in names]


def group_label(name: str, width: int = 34) -> str:
    """The name of a group, printable and cut to a width in characters; a group without a name is named by us."""
    return printable(say(name) if name in (UNKNOWN, UNDATED) else name, width)


def printable(text: str, width: int = 34) -> str:
    """A text that matplotlib can draw literally: no math mode, no line breaks, cut to a width in characters."""
    width = round(width * NARROWER) if options().is_narrow else width
    shown = "".join(c if c.isprintable() else " " for c in text).replace("$", r"\$")
    return textwrap.shorten(shown, width=width, placeholder=" …") or "(no name)"


def largest(counts: Mapping[str, int], *, at_most: int = SHOWN_OUTLETS) -> list[str]:
    """The names with the largest counts, in the order that the user wants: alphabetical unless told otherwise."""
    order = options().order
    if not isinstance(order, str):
        return listed_groups(order, list(counts))
    chosen = sorted(counts, key=lambda name: (-counts[name], name))[:at_most]
    return chosen if order == "size" else sorted(chosen)


def listed_groups(order: Sequence[str], known: Sequence[str]) -> list[str]:
    """The groups that the user listed, in that order.

    Raises
    ------
    FramingError
        A group has no articles, or is listed twice.
    """
    groups = [str(name) for name in order]
    unknown = [name for name in groups if name not in known]
    if unknown or len(set(groups)) < len(groups):
        raise FramingError(
            f"order: no articles in {', '.join(unknown)}" if unknown else "order: a group is listed twice",
            remedy=f"choose from {', '.join(known)}",
        )
    return groups


def on_groups(counts: Mapping[str, int], shown: Sequence[str], by: str = "outlet") -> str:
    """Sentences on the groups that are not shown and on outlets that are no news outlets; empty if there are none."""
    missing = len(counts) - len(shown)
    text = (
        f" Shown: the {len(shown)} {group_nouns(by)[1]} with the most articles; the CSV has {missing} more."
        if missing
        else ""
    )
    return text + (_on_kinds(shown) if by == "outlet" else "")


def _on_kinds(outlets: Sequence[str]) -> str:
    """A sentence that names the outlets that are no news outlets; empty if there are none."""
    kinds = options().not_news
    named = named_by_kind({printable(name): kinds[name] for name in outlets if name in kinds})
    return f" Not news outlets: {named}." if named else ""


def unshown(shown: Sized, found: Sized, what: str) -> str:
    """A sentence on the rows that are not shown; empty if all are."""
    missing = len(found) - len(shown)
    return f" The CSV has {missing} more {what}." if missing > 0 else ""


def on_unknown_quotes(numbers: pd.DataFrame) -> str:
    """A sentence on the quotes whose speakers have no known side, which are not drawn; empty if there are none."""
    per_side = numbers.drop_duplicates("side").set_index("side")["denominator"]
    quotes = int(per_side.get(UNATTRIBUTED, 0))
    if not quotes:
        return ""
    share = 100 * quotes / per_side.sum()
    return f" Not drawn: {quotes:,} quotes ({share:.0f} %) of speakers whose side is not known."


def on_effective_words(numbers: pd.DataFrame) -> str:
    """A sentence on the words that weighted counts are worth in a test; empty if each word counts equally."""
    if "effective_words" not in numbers:
        return ""
    first = numbers.iloc[0]
    return (
        f" With these weights, {first['denominator']:,.0f} and {first['denominator_reference']:,.0f} words are worth "
        f"{first['effective_words']:,.0f} and {first['effective_words_reference']:,.0f} in the test (Kish 1965)."
    )


def footnote(figure: FramingFigure, text: str, *, details: str = "") -> None:
    """Print a caption below the figure and keep it as `figure.caption`.

    Parameters
    ----------
    figure : FramingFigure
    text : str
        What a reader must know to read the figure: what the marks are and what n counts.
    details : str, optional
        The rest of the caption, which slides leave to the gallery.
    """
    size = points(7)
    if options().weight != "word":
        text = f"{text.rstrip()} Each {options().weight} counts equally."
    if options().sample:
        text = f"{text} From a random sample: {options().sample}."
    figure.caption = f"{text} {details}".strip()
    printed = _printed_caption(text if on_slides() else figure.caption)
    lines = _wrapped(figure, printed, size) if printed else []
    if options().is_narrow and options().height is None:  # the same text needs more lines
        more = len(lines) * (1 - figure.get_size_inches()[0] / COLUMN)
        figure.set_size_inches(
            figure.get_size_inches()[0], figure.get_size_inches()[1] + more * size * 1.35 / 72
        )
    below = (len(lines) * size * 1.35 + 6) / 72 / figure.get_size_inches()[1]
    if figure.get_layout_engine() is None:  # a figure drawn outside `style`
        figure.set_layout_engine("constrained")
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0.005, below, 0.99, 1 - below))  # type: ignore[call-arg]  # constrained layout takes it
    if lines:
        figure.text(
            0.008, 0.01, "\n".join(lines), fontsize=size, color="#555555", va="bottom", linespacing=1.3
        )


def _printed_caption(own: str) -> str:
    """The text below the figure: its own caption, the user's, or none. A figure's own caption is in English."""
    wanted = options().caption
    if isinstance(wanted, str):
        return wanted
    return own if wanted and options().language == ENGLISH else ""


def _wrapped(figure: Figure, text: str, size: float) -> list[str]:
    """Break a text into lines that fill the width of the figure, measured in its font."""
    reach = 0.965 * figure.get_size_inches()[0] * figure.dpi
    probe = figure.text(0, 0, "", fontsize=size)
    words = [word for word in text.replace(" %", "\N{NO-BREAK SPACE}%").split(" ") if word]
    lines: list[str] = []

    def fits(n: int) -> bool:
        probe.set_text(" ".join(words[:n]))
        return probe.get_window_extent().width <= reach

    # letters of a line: lines are about as long as the one before, and measuring every beginning takes long
    likely = round(reach / (0.5 * size * figure.dpi / 72))
    while words:
        n = max(1, " ".join(words)[: likely + 1].count(" "))
        while n < len(words) and fits(n + 1):
            n += 1
        while n > 1 and not fits(n):
            n -= 1
        lines.append(" ".join(words[:n]))
        likely = len(lines[-1])
        del words[:n]
    probe.remove()
    return lines
