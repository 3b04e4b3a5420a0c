"""Hotspots: the box of every mark in a figure, with the row of the numbers that it stands for.

The page puts a link on each hotspot, so that a bar leads to the sentences it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.transforms import Bbox

    from analysis.figures._core.figure import FramingFigure, Row

_SMALLEST = 7.0
"""Points: the least width and height of a hotspot, so that a pointer can hit it."""

Numbers = Iterable[float]


class Hotspot(NamedTuple):
    """A row of the numbers and the box of its mark, as shares (0 to 1) of the figure from its top left corner."""

    row: Row
    x: float
    y: float
    width: float
    height: float


def register_hotspots(
    axes: Axes, rows: pd.DataFrame, *, across: tuple[Numbers, Numbers], up: tuple[Numbers, Numbers]
) -> None:
    """Register one hotspot per row.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        Rows of the figure's numbers. Rows without a numerator are placeholders and are skipped.
    across, up : tuple of two iterables of float
        Start and end of each row's mark in data units; the two are equal for a point.
    """
    if "numerator" not in rows:
        return
    records = rows.reset_index().to_dict("records")
    for row, x0, x1, y0, y1 in zip(records, *across, *up, strict=True):
        if row["numerator"] == row["numerator"]:
            box = partial(_data_box, axes, (float(x0), float(y0)), (float(x1), float(y1)))
            _add(axes, {str(name): value for name, value in row.items()}, box)


def register_arrow(axes: Axes, row: Row, arrow: FancyArrowPatch) -> None:
    """Register the midpoint of an arrow or a curved line as the hotspot of a row."""
    _add(axes, row, partial(_midpoint, arrow, axes))


def register_bars(
    axes: Axes,
    rows: pd.DataFrame,
    *,
    across: tuple[Sequence[float], Sequence[float]],
    heights: Sequence[float],
    thickness: float,
) -> None:
    """Register horizontal bars; bars of length zero are skipped, since they count nothing.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        One row per bar, with the column estimate.
    across : tuple of two sequences of float
        Left and right end of each bar.
    heights : sequence of float
        Vertical middle of each bar.
    thickness : float
        Height of a bar in data units.
    """
    sides = [y - thickness / 2 for y in heights], [y + thickness / 2 for y in heights]
    drawn = (rows["estimate"] > 0).tolist()
    left, right, low, high = (list(compress(ends, drawn)) for ends in (*across, *sides))
    register_hotspots(axes, rows[drawn], across=(left, right), up=(low, high))


def register_cells(
    axes: Axes, rows: pd.DataFrame, *, down: tuple[str, Sequence[str]], across: tuple[str, Sequence[str]]
) -> None:
    """Register the cells of a heatmap.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Cells are one unit wide and high; the centre of the first is at 0.
    rows : pandas.DataFrame
    down, across : (str, sequence of str)
        The column that places a row, and its values in order. Rows with other values are not in the figure.
    """
    shown = rows[rows[down[0]].isin(list(down[1])) & rows[across[0]].isin(list(across[1]))]
    y, x = ([list(values).index(value) for value in shown[name]] for name, values in (down, across))
    register_hotspots(
        axes,
        shown,
        across=([i - 0.5 for i in x], [i + 0.5 for i in x]),
        up=([i - 0.5 for i in y], [i + 0.5 for i in y]),
    )


def hotspots(figure: FramingFigure) -> list[Hotspot]:
    """The hotspots of a figure with its final layout, in the order in which its marks were drawn."""
    from matplotlib.transforms import Bbox

    smallest = _SMALLEST * figure.dpi / 72
    shares = figure.transFigure.inverted()
    found = []
    for row, measure in figure.marks:
        box = measure()
        width, height = max(smallest, abs(box.width)), max(smallest, abs(box.height))
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        enlarged = Bbox.from_bounds(x - width / 2, y - height / 2, width, height)
        x0, y0, x1, y1 = (min(1.0, max(0.0, part)) for part in enlarged.transformed(shares).extents)
        found.append(Hotspot(row, x0, 1 - y1, x1 - x0, y1 - y0))
    return found


def _add(axes: Axes, row: Row, box: Callable[[], Bbox]) -> None:
    from analysis.figures._core.figure import FramingFigure

    figure = axes.get_figure(root=True)
    if isinstance(figure, FramingFigure):  # a plain matplotlib figure has no room for hotspots
        figure.marks.append((row, box))


def _data_box(axes: Axes, low: tuple[float, float], high: tuple[float, float]) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox(axes.transData.transform([low, high]))


def _midpoint(arrow: FancyArrowPatch, axes: Axes) -> Bbox:
    """The point half-way along the quadratic curve that the first three points of the arrow's path define."""
    import numpy as np
    from matplotlib.transforms import Bbox

    start, control, end = axes.transData.transform(np.asarray(arrow.get_path().vertices)[:3])
    point = start / 4 + control / 2 + end / 4
    return Bbox([point, point])
