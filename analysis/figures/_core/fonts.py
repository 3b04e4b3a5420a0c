"""Embed fonts in an SVG, so that its text stays text and looks the same everywhere."""

from __future__ import annotations

import base64
import io
import re
import string
from collections import defaultdict
from contextlib import closing
from functools import lru_cache
from xml.etree import ElementTree

_TEXT = "{http://www.w3.org/2000/svg}text"
_REGULAR = 400
_COMMON = frozenset(string.printable.strip() + " \N{NO-BREAK SPACE}“”‘’„«»–—−·…×±←→")
"""Letters that every subset has, so that most figures share one, which is made once; it takes longer than drawing."""


def with_fonts(svg: bytes) -> bytes:
    """Embed the letters that a matplotlib SVG uses, and common ones; the same input gives the same bytes.

    Text that stays text can be searched, selected and read aloud. Without its font, however, a viewer substitutes
    one with other widths, and labels overlap. A subset of the font, embedded as WOFF, prevents that.

    Parameters
    ----------
    svg : bytes
        Made with `svg.fonttype: none`. Must be trusted, since it is parsed as XML.

    Returns
    -------
    bytes
        With one `@font-face` per weight; unchanged if there is no text.
    """
    faces = [
        _face(weight, "".join(sorted(letters | _COMMON))) for weight, letters in sorted(_letters(svg).items())
    ]
    style = b'<style type="text/css">'
    return svg.replace(style, style + "".join(faces).encode("ascii"), 1)


def _letters(svg: bytes) -> dict[int, set[str]]:
    """Letters by font weight."""
    found: dict[int, set[str]] = defaultdict(set)
    for text in ElementTree.fromstring(svg).iter(_TEXT):
        weight = re.search(r"font-weight: (\d+)", text.get("style", ""))
        found[int(weight[1]) if weight else _REGULAR] |= set("".join(text.itertext()))
    return found


@lru_cache(maxsize=32)
def _face(weight: int, letters: str) -> str:
    """An `@font-face` of the style's font family with only these letters."""
    from fontTools import subset
    from matplotlib.font_manager import FontProperties, findfont

    from analysis.figures._core.style import FAMILY

    # hints only help at low resolutions and are half of the file; FFTM is a time stamp
    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    buffer = io.BytesIO()
    with closing(subset.load_font(findfont(FontProperties(family=FAMILY, weight=weight)), options)) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )
