"""Type that travels with an SVG: the letters it uses, so that its text stays text and looks the same everywhere."""

from __future__ import annotations

import base64
import io
import re
from collections import defaultdict
from contextlib import closing
from xml.etree import ElementTree

_TEXT = "{http://www.w3.org/2000/svg}text"
_REGULAR = 400


def with_fonts(svg: bytes) -> bytes:
    """An SVG of matplotlib's with the letters it uses embedded, the same bytes on every run.

    Text that stays text is searchable, selectable and read aloud, but where its font is missing another one stands
    in, of other widths, and labels run into one another. A subset of the font as a WOFF in the file prevents that.

    Parameters
    ----------
    svg : bytes
        With `svg.fonttype: none`; trusted, since it is parsed as XML.

    Returns
    -------
    bytes
        With one `@font-face` per weight; unchanged where it holds no text.
    """
    faces = [_face(weight, letters) for weight, letters in sorted(_letters(svg).items())]
    style = b'<style type="text/css">'
    return svg.replace(style, style + "".join(faces).encode("ascii"), 1)


def _letters(svg: bytes) -> dict[int, set[str]]:
    """Letters by the weight of the type they are set in."""
    found: dict[int, set[str]] = defaultdict(set)
    for text in ElementTree.fromstring(svg).iter(_TEXT):
        weight = re.search(r"font-weight: (\d+)", text.get("style", ""))
        found[int(weight[1]) if weight else _REGULAR] |= set("".join(text.itertext()))
    return found


def _face(weight: int, letters: set[str]) -> str:
    """An `@font-face` of the style's family with these letters alone."""
    from fontTools import subset
    from matplotlib.font_manager import FontProperties, findfont

    from analysis.figures._core.style import FAMILY

    # hints serve low resolutions and are half of the file; FFTM is a time stamp
    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    buffer = io.BytesIO()
    with closing(subset.load_font(findfont(FontProperties(family=FAMILY, weight=weight)), options)) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(letters)))
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )
