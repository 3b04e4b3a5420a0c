"""Figures: each is a function from a tidy table and a study to a matplotlib figure; `draw` writes them.

>>> from analysis import figures
>>> [name for name in figures.FIGURES if name.startswith("themes")]
['themes_by_outlet', 'themes_over_time', 'themes_by_voice', 'themes_by_side', 'themes_together']

Each figure is a function of the tables; see `Entry.__call__` for its options:
``figures.who_is_quoted(tables, by="outlet_country", width=3.4)``. To draw
numbers of your own, take the function from the catalogue:
``figures.FIGURES["who_is_quoted"].draw(numbers, study)``.
To add a figure, add a module to the folder `plots`; nothing else needs to be edited. The page shows those with
``on_page=True``.
"""

from typing import TYPE_CHECKING

from analysis.figures._core.figure import FramingFigure
from analysis.figures._core.palette import side_styles
from analysis.figures._core.registry import Drawn, Entry
from analysis.figures._core.save import save_figure
from analysis.figures._core.style import side_colours, style
from analysis.figures.catalogue import FIGURES, PAGE_FIGURES, default_figures, page_figures
from analysis.figures.draw import draw, draw_figures, numbers_and_figure, save_figures

if TYPE_CHECKING:

    def __getattr__(name: str) -> Entry: ...

else:

    def __getattr__(name: str) -> Entry:
        """The figure of this name, as a function of tables: ``figures.who_is_quoted(tables, width=3.4)``."""
        if name in FIGURES:
            return FIGURES[name]
        raise AttributeError(f"module 'analysis.figures' has no attribute {name!r}")


__all__ = [
    "FIGURES",
    "PAGE_FIGURES",
    "Drawn",
    "Entry",
    "FramingFigure",
    "default_figures",
    "draw",
    "draw_figures",
    "numbers_and_figure",
    "page_figures",
    "save_figure",
    "save_figures",
    "side_colours",
    "side_styles",
    "style",
]
