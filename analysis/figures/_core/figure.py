"""The toolkit's figure: a matplotlib figure with a caption, hotspots and a picture of itself for notebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox

Row = Mapping[str, Any]


class FramingFigure(Figure):
    """A matplotlib figure that carries what its readers need beside the picture.

    Attributes
    ----------
    look : {'print', 'slides'}
        The style it was drawn for.
    caption : str
        The whole caption; on slides only a part of it is printed below the picture.
    marks : list of (mapping, callable)
        For each mark the row of the numbers it stands for, and a function that measures its box in pixels. The box
        is measured late because the layout changes until the figure is saved.
    """

    def __init__(self, figsize: tuple[float, float], look: str) -> None:
        super().__init__(figsize=figsize)
        self.look = look
        self.caption = ""
        self.marks: list[tuple[Row, Callable[[], Bbox]]] = []

    def _repr_png_(self) -> bytes:
        """Show the figure as the last line of a notebook cell, whether or not pyplot is loaded."""
        from analysis.figures._core.save import png_bytes

        return png_bytes(self, look=self.look)
