"""One style per side, the same in every figure: a colour, and a hatch and a marker for prints without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.figures._core.style import side_colours
from analysis.schemas import OUTLET, UNATTRIBUTED

COOPERATION, MIXED, CONFLICT = "#2166AC", "#9A9A9A", "#B35806"  # safe for colour-blind readers
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "OO", "++", "**", "//..", "||", "\\\\..", "--..")
NOT_KNOWN = "////"  # missing data: the side of the speaker is not known
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*", "p", "<", ">", "h", "d", "8")


class SideStyle(NamedTuple):
    """How a side is drawn: #RRGGBB, and matplotlib's names of a hatch and a marker."""

    colour: str
    hatch: str
    marker: str


def side_styles(sides: Iterable[str], given: Mapping[str, str]) -> dict[str, SideStyle]:
    """The style of each side. It does not depend on which of the study's sides a figure shows.

    Parameters
    ----------
    sides : iterable of str
        Ids of sides; may include 'outlet' and 'unattributed'. Repeated ids count once.
    given : mapping of str to str
        Colours by side, in the order of actors.yml.

    Returns
    -------
    dict of str to SideStyle
        In alphabetical order. Hatch and marker follow the order of actors.yml, so that up to fourteen sides differ
        without colour too.
    """
    sides = sorted(set(sides))
    place = {side: i for i, side in enumerate(dict.fromkeys((*given, *sides)))}
    styles = {}
    for side, colour in side_colours(sides, given).items():
        hatch = {OUTLET: "", UNATTRIBUTED: NOT_KNOWN}.get(side, HATCHES[place[side] % len(HATCHES)])
        styles[side] = SideStyle(colour, hatch, MARKERS[place[side] % len(MARKERS)])
    return styles


def ink_on(colour: str | Iterable[float]) -> str:
    """Black or white, whichever has more contrast with a colour (at least 4.5 to 1 on any colour)."""
    from matplotlib.colors import to_rgb

    channels = to_rgb(colour) if isinstance(colour, str) else tuple(colour)[:3]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "black" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "white"
