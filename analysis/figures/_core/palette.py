"""One look per side, the same in every figure: colour, and for prints without colour a hatch and a marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.figures._core.style import side_colours
from analysis.schemas import OUTLET, UNATTRIBUTED

HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "OO", "++", "**", "//..", "||", "\\\\..", "--..")
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*", "p", "<", ">", "h", "d", "8")


class Side(NamedTuple):
    """How a side is drawn: #RRGGBB, and what matplotlib calls hatch and marker."""

    colour: str
    hatch: str
    marker: str


def side_looks(sides: Iterable[str], given: Mapping[str, str]) -> dict[str, Side]:
    """The look of each side; a study's own sides keep theirs whichever of them a figure shows.

    Parameters
    ----------
    sides : iterable of str
        Ids of sides, 'outlet' and 'unattributed' among them.
    given : mapping of str to str
        Colours by side, in the order of actors.yml.

    Returns
    -------
    dict of str to Side
        In the order of `sides`. Hatch and marker go by the place in actors.yml, so that up to fourteen sides differ
        without colour, too.
    """
    sides = list(sides)
    place = {side: i for i, side in enumerate(dict.fromkeys((*given, *sides)))}
    looks = {}
    for side, colour in side_colours(sides, given).items():
        plain = side in (OUTLET, UNATTRIBUTED)
        hatch = "" if plain else HATCHES[place[side] % len(HATCHES)]
        looks[side] = Side(colour, hatch, MARKERS[place[side] % len(MARKERS)])
    return looks


def ink_on(colour: str | Iterable[float]) -> str:
    """Black or white, whichever stands out more on a colour: by 4.5 to 1 or better on any."""
    from matplotlib.colors import to_rgb

    channels = to_rgb(colour) if isinstance(colour, str) else tuple(colour)[:3]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "black" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "white"
