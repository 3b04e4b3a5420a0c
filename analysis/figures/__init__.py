"""Figures: one function each, from a tidy table to a matplotlib Figure; `draw` writes them all.

>>> from analysis import figures
>>> sorted(figures.FIGURES)
['theme_rates', 'themes_by_voice', 'themes_over_time', 'tone_by_voice', 'who_is_quoted']
"""

from analysis.figures.catalogue import FIGURES, draw, numbers_and_figure
from analysis.figures.quoted import quoted_shares
from analysis.figures.save import save_figure
from analysis.figures.style import side_colours, style
from analysis.figures.themes import theme_heatmap, themes_by_voice, themes_over_time
from analysis.figures.tone import tone_by_voice

__all__ = [
    "FIGURES",
    "draw",
    "numbers_and_figure",
    "quoted_shares",
    "save_figure",
    "side_colours",
    "style",
    "theme_heatmap",
    "themes_by_voice",
    "themes_over_time",
    "tone_by_voice",
]
