"""One look per side, the same in every figure: colour, and for prints without colour a hatch and a marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.figures.style import side_colours
from analysis.schemas import OUTLET, UNATTRIBUTED

HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo")
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*", "p", "<", ">", "h")


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
        In the order of `sides`. The hatch goes by the place in actors.yml, so that sides that stand next to one
        another there differ without colour, too.
    """
    sides = list(sides)
    place = {side: i for i, side in enumerate(dict.fromkeys((*given, *sides)))}
    looks = {}
    for side, colour in side_colours(sides, given).items():
        plain = side in (OUTLET, UNATTRIBUTED)
        hatch = "" if plain else HATCHES[place[side] % len(HATCHES)]
        looks[side] = Side(colour, hatch, MARKERS[place[side] % len(MARKERS)])
    return looks
