"""Marks that several figures share: an estimate with its interval, and labels that carry n."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.figures._core.hotspots import ends, remember
from analysis.figures._core.palette import ink_on
from analysis.figures._core.style import INK, on_slides, points

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILLED, HOLLOW = "o", "D"
SHOWN_OUTLETS = 16
LEGEND_COLUMNS = 4
BAR = 0.62
"""Height of a bar, where a row is 1 high."""


def estimates(
    axes: Axes,
    rows: pd.DataFrame,
    places: Sequence[float],
    *,
    colour: str,
    label: str | None = None,
    hollow: bool = False,
) -> None:
    """Points with horizontal 95 % intervals; a point whose interval was refused stands alone and is paler.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        With the columns estimate, ci95_low, ci95_high.
    places : sequence of float
        Height of each row.
    colour : str
    label : str, optional
        For the legend.
    hollow : bool, default False
        Draw a hollow diamond, so that two series differ in greyscale as well.
    """
    import numpy as np

    known = rows["ci95_low"].notna().to_numpy()
    paler: Any = np.where(
        known, 1.0, 0.45
    )  # matplotlib takes one per point; its stubs know a single number only
    axes.hlines(
        [place for place, ok in zip(places, known, strict=True) if ok],
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
    axes.scatter(rows["estimate"], places, alpha=paler, zorder=3, **look)
    remember(axes, rows, across=ends(rows), up=(places, places))
    if label:  # a series of its own, since the legend would take the paleness of the first point
        axes.scatter([], [], label=label, **look)


class Piece(NamedTuple):
    """The pieces of one kind in bars that are divided: a row of numbers for each bar, and the look."""

    rows: pd.DataFrame
    colour: str
    hatch: str
    label: str


def divided_bars(axes: Axes, places: Sequence[float], pieces: Sequence[Piece], *, printed: float = 7) -> None:
    """Horizontal bars divided into pieces, with their per cent where there is room.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    places : sequence of float
        Height of each bar.
    pieces : sequence of Piece
        From the left, each with one row for every bar; the column estimate is its share, 0 to 1.
    printed : float, default 7
        Per cent from which a piece has room for its number in print.
    """
    left = [0.0] * len(places)
    for piece in pieces:
        widths = (100 * piece.rows["estimate"].fillna(0)).tolist()
        axes.barh(
            places, widths, left=left, height=BAR, color=piece.colour, edgecolor=INK, linewidth=0.5,
            hatch=piece.hatch, hatchcolor=ink_on(piece.colour), label=piece.label,
        )  # fmt: skip
        for place, width, start in zip(places, widths, left, strict=True):
            if width >= points(printed):
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
                middle = start + width / 2
                axes.text(
                    middle, place, f"{width:.0f}", fontsize=points(7), ha="center", va="center", bbox=box
                )
        right = [start + width for start, width in zip(left, widths, strict=True)]
        remember_bars(axes, piece.rows, (left, right), places)
        left = right


def remember_bars(
    axes: Axes, rows: pd.DataFrame, ends: tuple[Sequence[float], Sequence[float]], places: Sequence[float]
) -> None:
    """Keep which row each bar stands for; one of no length stands for nothing that could be looked up."""
    sides = [place - BAR / 2 for place in places], [place + BAR / 2 for place in places]
    remember(axes, rows.where(rows["estimate"] > 0), across=ends, up=sides)


def remember_cells(
    axes: Axes, rows: pd.DataFrame, *, down: tuple[str, Sequence[str]], across: tuple[str, Sequence[str]]
) -> None:
    """Keep which row each cell of a table stands for.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With cells one unit high and wide, the first around 0.
    rows : pandas.DataFrame
    down, across : (str, sequence of str)
        The column that tells a row's place, and its values from the first to the last; others are not drawn.
    """
    shown = rows[rows[down[0]].isin(list(down[1])) & rows[across[0]].isin(list(across[1]))]
    y, x = ([list(values).index(value) for value in shown[name]] for name, values in (down, across))
    remember(
        axes,
        shown,
        across=([i - 0.5 for i in x], [i + 0.5 for i in x]),
        up=([i - 0.5 for i in y], [i + 0.5 for i in y]),
    )


def legend_above(figure: Figure, handles: Sequence[Any], names: Sequence[str], **look: Any) -> None:
    """A legend above the figure in as many columns as make its rows even, four at most."""
    rows = -(-len(handles) // LEGEND_COLUMNS)
    figure.legend(handles, names, loc="outside upper center", ncols=-(-len(handles) // max(1, rows)), **look)


def rows_from_top(axes: Axes, labels: Sequence[str]) -> list[float]:
    """Put one label per row, the first at the top, and return the heights."""
    places = [float(len(labels) - 1 - i) for i in range(len(labels))]
    axes.set_yticks(places, labels)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    return places


def articles_by(numbers: pd.DataFrame, column: str) -> dict[str, int]:
    """Articles behind each value of a column: the n of its rows, the largest where they differ, sorted by value."""
    return {str(value): int(n) for value, n in numbers.groupby(column)["n"].max().sort_index().items()}


def with_n(names: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """Labels such as 'Meridian Post (n = 6)'."""
    return [f"{plain(name)} (n = {counts.get(name, 0):,})" for name in names]


def plain(text: str, width: int = 34) -> str:
    """A text that matplotlib draws as it is: no dollar mathematics, no line breaks, of a printable length."""
    shown = "".join(c if c.isprintable() else " " for c in text).replace("$", r"\$")
    return textwrap.shorten(shown, width=width, placeholder=" …") or "(no name)"


def largest(counts: Mapping[str, int], *, at_most: int = SHOWN_OUTLETS) -> list[str]:
    """Names with the largest counts, in alphabetical order: as many as a page has room for."""
    chosen = sorted(counts, key=lambda name: (-counts[name], name))[:at_most]
    return sorted(chosen)


def left_out(counts: Mapping[str, int], shown: Sequence[str]) -> str:
    """A sentence on the outlets a figure has no room for; empty where it shows them all."""
    missing = len(counts) - len(shown)
    if not missing:
        return ""
    return f" The {len(shown)} outlets with most articles; {missing} with fewer stand in the CSV."


def unshown(shown: Sized, found: Sized, what: str) -> str:
    """A sentence on rows that a slide has no room for; empty where all are shown."""
    missing = len(found) - len(shown)
    return f" {missing} more {what} are in the CSV." if missing > 0 else ""


def footnote(figure: Figure, text: str, *, details: str = "") -> None:
    """Lines under the figure: what the marks are and what n counts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    text : str
        What has to be known to read the figure.
    details : str, optional
        What completes the caption, but is left to the gallery where the figure is for slides.
    """
    size = points(7)
    shown = text if on_slides() else f"{text} {details}".strip()
    high = figure.get_size_inches()[1]
    lines = _wrapped(figure, shown, size)
    below = (len(lines) * size * 1.35 + 6) / 72 / high
    if figure.get_layout_engine() is None:  # a figure drawn outside `style`
        figure.set_layout_engine("constrained")
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(rect=(0.005, below, 0.99, 1 - below))  # type: ignore[call-arg]  # constrained layout takes it
    note = figure.text(
        0.008, 0.01, "\n".join(lines), fontsize=size, color="#555555", va="bottom", linespacing=1.3
    )
    note.set_label(f"{text} {details}".strip())


def _wrapped(figure: Figure, text: str, size: float) -> list[str]:
    """Lines that fill the figure's width, measured as they are drawn."""
    reach = 0.965 * figure.get_size_inches()[0] * figure.dpi
    probe = figure.text(0, 0, "", fontsize=size)
    lines = [""]
    for word in text.replace(" %", "\N{NO-BREAK SPACE}%").split(" "):
        longer = f"{lines[-1]} {word}".strip()
        probe.set_text(longer)
        if lines[-1] and probe.get_window_extent().width > reach:
            lines.append(word)
        else:
            lines[-1] = longer
    probe.remove()
    return lines


def caption(figure: Figure) -> str:
    """The whole text of a figure's footnote; empty where it has none."""
    labels = (str(text.get_label()) for text in figure.texts)
    return next((label for label in labels if label and not label.startswith("_")), "")
