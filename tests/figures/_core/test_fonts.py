"""Fonts in SVG: the letters that are used and common ones, by weight; a picture without text stays as it is."""

import io
import re

from matplotlib.figure import Figure

from analysis.figures._core.fonts import with_fonts
from analysis.figures._core.style import style


def svg(**texts):
    figure, buffer = Figure(figsize=(2, 1)), io.BytesIO()
    with style():
        for weight, text in texts.items():
            figure.text(0, 0, text, fontweight=weight)
        figure.savefig(buffer, format="svg")
    return buffer.getvalue()


def test_one_font_per_weight_and_larger_for_more_letters():
    plain, both = with_fonts(svg(normal="ab")), with_fonts(svg(normal="ab", bold="c"))
    assert re.findall(rb"font-weight:(\d+);src", plain) == [b"400"]
    assert re.findall(rb"font-weight:(\d+);src", both) == [b"400", b"700"]
    assert len(with_fonts(svg(normal="яж"))) > len(plain)


def test_a_picture_without_text_is_unchanged():
    assert with_fonts(svg()) == svg() or b"@font-face" not in with_fonts(svg())
