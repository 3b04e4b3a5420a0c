"""Figures: one function each, from a tidy table to a matplotlib Figure; `draw` writes them all.

>>> from analysis import figures
>>> sorted(name for name in figures.FIGURES if name.startswith("themes"))
['themes_by_outlet', 'themes_by_side', 'themes_by_voice', 'themes_over_time', 'themes_together']
"""

from analysis.figures.actor_tone import model_and_vader, tone_towards
from analysis.figures.catalogue import FIGURES
from analysis.figures.drawing import draw, draw_each, numbers_and_figure
from analysis.figures.palette import side_looks
from analysis.figures.quoted import quoted_shares
from analysis.figures.reprints import reprints_over_time
from analysis.figures.save import save_figure
from analysis.figures.speakers import direct_and_indirect, speaker_network, speakers_and_cues
from analysis.figures.style import side_colours, style
from analysis.figures.theme_course import themes_over_time
from analysis.figures.theme_panels import themes_by_outlet
from analysis.figures.themes import theme_heatmap, themes_by_side, themes_by_voice
from analysis.figures.together import themes_together
from analysis.figures.tone import tone_by_voice
from analysis.figures.voices import adoption, voice_shares

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
