"""Figures: one function each, from a tidy table to a matplotlib Figure; `draw` writes them all.

>>> from analysis import figures
>>> sorted(name for name in figures.FIGURES if name.startswith("themes"))
['themes_by_outlet', 'themes_by_side', 'themes_by_voice', 'themes_over_time', 'themes_together']
"""

from analysis.figures._core.palette import side_looks
from analysis.figures._core.save import save_figure
from analysis.figures._core.style import side_colours, style
from analysis.figures.catalogue import FIGURES
from analysis.figures.draw import draw, draw_each, numbers_and_figure
from analysis.figures.plots.reprints_over_time import reprints_over_time
from analysis.figures.plots.speaker_network import direct_and_indirect, speaker_network, speakers_and_cues
from analysis.figures.plots.theme_rates import theme_heatmap, themes_by_side, themes_by_voice
from analysis.figures.plots.themes_by_outlet import themes_by_outlet
from analysis.figures.plots.themes_over_time import themes_over_time
from analysis.figures.plots.themes_together import themes_together
from analysis.figures.plots.tone_by_voice import tone_by_voice
from analysis.figures.plots.tone_towards_sides import model_and_vader, tone_towards
from analysis.figures.plots.voice_shares import adoption, voice_shares
from analysis.figures.plots.who_is_quoted import quoted_shares

__all__ = [
    "FIGURES",
    "adoption",
    "direct_and_indirect",
    "draw",
    "draw_each",
    "model_and_vader",
    "numbers_and_figure",
    "quoted_shares",
    "reprints_over_time",
    "save_figure",
    "side_colours",
    "side_looks",
    "speaker_network",
    "speakers_and_cues",
    "style",
    "theme_heatmap",
    "themes_by_outlet",
    "themes_by_side",
    "themes_by_voice",
    "themes_over_time",
    "themes_together",
    "tone_by_voice",
    "tone_towards",
    "voice_shares",
]
