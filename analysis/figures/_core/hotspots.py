"""Which row of the numbers a mark stands for, and where the mark lies: what lets a picture lead to its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.transforms import Bbox

_LEAST = 7.0
"""Points, high and wide, that a mark takes at least, so that a pointer meets it."""

Row = Mapping[str, Any]
Numbers = Iterable[float]


class Place(NamedTuple):
    """A row of the numbers, and the box of its mark in shares (0 to 1) of the figure, from the top left."""

    row: Row
    x: float
    y: float
    width: float
    height: float


# the figures that exist: a picture is measured once it is laid out, long after its marks were drawn
_MARKS: WeakKeyDictionary[Figure, list[tuple[Row, Callable[[], Bbox]]]] = WeakKeyDictionary()


def ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Where the mark of an estimate begins and ends: its interval, or the estimate alone where there is none."""
    return rows["ci95_low"].fillna(rows["estimate"]), rows["ci95_high"].fillna(rows["estimate"])


def remember(
    axes: Axes, rows: pd.DataFrame, *, across: tuple[Numbers, Numbers], up: tuple[Numbers, Numbers]
) -> None:
    """Keep what was drawn of some rows, one box each.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        Of the figure's numbers; those that only stand for a gap, without a numerator, are passed over.
    across, up : tuple of two iterables of float
        Where each row's mark begins and ends, in the units of the axes; both alike for a point.
    """
    if "numerator" not in rows:
        return
    records = rows.reset_index().to_dict("records")
    for row, x0, x1, y0, y1 in zip(records, *across, *up, strict=True):
        if row["numerator"] == row["numerator"]:
            box = partial(_data_box, axes, (float(x0), float(y0)), (float(x1), float(y1)))
            _keep(axes, {str(name): value for name, value in row.items()}, box)


def remember_arrow(axes: Axes, row: Row, arrow: FancyArrowPatch) -> None:
    """Keep the middle of an arrow, or of a bent line, for a row."""
    _keep(axes, row, partial(_middle, arrow, axes))


def places(figure: Figure) -> list[Place]:
    """The marks of a figure that has its final layout, in the order in which they were drawn."""
    from matplotlib.transforms import Bbox

    least = _LEAST * figure.dpi / 72
    shares = figure.transFigure.inverted()
    found = []
    for row, measure in _MARKS.get(figure, []):
        box = measure()
        wide, high = max(least, abs(box.width)), max(least, abs(box.height))
        middle, level = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        there = Bbox.from_bounds(middle - wide / 2, level - high / 2, wide, high)
        x0, y0, x1, y1 = (min(1.0, max(0.0, part)) for part in there.transformed(shares).extents)
        found.append(Place(row, x0, 1 - y1, x1 - x0, y1 - y0))
    return found


def _keep(axes: Axes, row: Row, box: Callable[[], Bbox]) -> None:
    figure = axes.get_figure(root=True)
    assert figure is not None  # axes that are drawn on have one
    _MARKS.setdefault(figure, []).append((row, box))


def _data_box(axes: Axes, low: tuple[float, float], high: tuple[float, float]) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox(axes.transData.transform([low, high]))


def _middle(arrow: FancyArrowPatch, axes: Axes) -> Bbox:
    """The point half-way along the curve, the first three points of its path."""
    import numpy as np
    from matplotlib.transforms import Bbox

    start, control, end = axes.transData.transform(np.asarray(arrow.get_path().vertices)[:3])
    point = start / 4 + control / 2 + end / 4
    return Bbox([point, point])
