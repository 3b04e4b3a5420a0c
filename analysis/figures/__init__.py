"""Figures: each is a function from a tidy table and a study to a matplotlib figure; `draw` writes them.

>>> from analysis import figures
>>> [name for name in figures.FIGURES if name.startswith("themes")]
['themes_by_outlet', 'themes_over_time', 'themes_by_voice', 'themes_by_side', 'themes_together']

To draw numbers of your own, take the function from the catalogue:
``figures.FIGURES["who_is_quoted"].draw(numbers, study)``.
To add a figure, add a module to the folder `plots`; nothing else needs to be edited.
"""

from analysis.figures._core.palette import side_styles
from analysis.figures._core.registry import Drawn, Entry
from analysis.figures._core.save import save_figure
from analysis.figures._core.style import side_colours, style
from analysis.figures.catalogue import FIGURES, default_figures
from analysis.figures.draw import draw, draw_figures, numbers_and_figure, save_figures

__all__ = [
    "FIGURES",
    "Drawn",
    "Entry",
    "default_figures",
    "draw",
    "draw_figures",
    "numbers_and_figure",
    "save_figure",
    "save_figures",
    "side_colours",
    "side_styles",
    "style",
]
