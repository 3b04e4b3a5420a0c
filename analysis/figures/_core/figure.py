"""The toolkit's figure: a matplotlib figure with a caption, hotspots and a picture of itself for notebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.transforms import Bbox

    from analysis.figures._core.registry import Cut, Entry
    from analysis.tables import Tables

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
    numbers : pandas.DataFrame or None
        The table that was drawn.
    print_dpi : float or None
        Resolution of PNG files; None for that of the style.
    entry, tables, cut : Entry, Tables and Cut, or None
        What the figure was drawn from; its marks lead to the sentences of these tables.
    """

    def __init__(self, figsize: tuple[float, float], look: str) -> None:
        super().__init__(figsize=figsize)
        self.look = look
        self.caption = ""
        self.marks: list[tuple[Row, Callable[[], Bbox]]] = []
        self.numbers: pd.DataFrame | None = None
        self.print_dpi: float | None = None
        self.entry: Entry | None = None
        self.tables: Tables | None = None
        self.cut: Cut | None = None

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure as matplotlib does, at any resolution, without cutting its caption.

        The lines of the caption are measured at the resolution of the style. At others, hinting rounds the widths of
        letters to whole pixels, which can make the lines longer, so it is turned off.

        Parameters
        ----------
        fname : str, path or file
        **options
            As `matplotlib.figure.Figure.savefig` takes them.
        """
        from matplotlib import rc_context, rcParams

        dpi = options.get("dpi") or rcParams["savefig.dpi"]
        measured_at = dpi in ("figure", self.dpi)
        with rc_context({} if measured_at else {"text.hinting": "no_hinting"}):
            super().savefig(fname, **options)

    def _repr_html_(self) -> str | None:
        """Show the figure with its marks linked to their sentences, if it was drawn from tables."""
        from analysis.figures._core.linked import linked_html

        return linked_html(self)

    def _repr_png_(self) -> bytes:
        """Show the figure as the last line of a notebook cell, whether or not pyplot is loaded."""
        from analysis.figures._core.save import png_bytes

        return png_bytes(self, look=self.look)
