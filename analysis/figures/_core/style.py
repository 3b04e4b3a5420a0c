"""The looks of the figures: one style sheet for print and one for slides, and what both take their sizes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same letters on every machine
COLUMN = 6.9  # inches: the text width of an A4 report
INK = "#222222"
FAINT = "#B8B8B8"
OWN_WORDS = "#222222"  # the outlet's own words, wherever voices are compared
QUOTED = "#C8641E"  # words the outlet attributes to somebody
NOBODY = "#C2C2C2"  # words whose speaker belongs to no side that is known

# For sides without a colour of their own in actors.yml: Okabe & Ito's colours, reordered to alternate in lightness.
_FALLBACK = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7A7A7A")
_FOLDER = Path(__file__).parent
_BASE = 8.0  # points of type in print, from which all other sizes follow


@dataclass(frozen=True)
class Look:
    """What figures are made for.

    Attributes
    ----------
    sheets : tuple of str
        Style sheets, each on top of the one before.
    height : float or None
        Inches that every figure has, at a width of COLUMN; None lets a figure be as high as its rows need.
    """

    sheets: tuple[str, ...]
    height: float | None = None


LOOKS = {
    "print": Look(("framing.mplstyle",)),
    "slides": Look(("framing.mplstyle", "slides.mplstyle"), height=COLUMN * 9 / 16),
}
_look: ContextVar[Look] = ContextVar("look", default=LOOKS["print"])


@contextmanager
def style(look: str = "print") -> Iterator[None]:
    """Draw in the toolkit's style, whatever the user has set, and leave the user's settings as they were.

    Parameters
    ----------
    look : {'print', 'slides'}

    Raises
    ------
    FramingError
        There is no such look.
    """
    import matplotlib as mpl
    import matplotlib.style

    check_look(look)
    before = _look.set(LOOKS[look])
    try:
        with mpl.rc_context():
            mpl.rcdefaults()
            for sheet in LOOKS[look].sheets:
                mpl.style.use(_FOLDER / sheet)
            yield
    finally:
        _look.reset(before)


def check_look(look: str) -> None:
    """Raise a FramingError that names the known looks where this is none."""
    if look not in LOOKS:
        raise FramingError(f"no style is called {look}", remedy=f"there are: {', '.join(LOOKS)}")


def canvas(height: float, *, width: float = COLUMN) -> Figure:
    """An empty figure of this size in inches; on slides, of the slide's."""
    from matplotlib.figure import Figure

    slide = _look.get().height
    return Figure(figsize=(COLUMN, slide) if slide else (width, height))


def room(wanted: int, *, fixed: float, each: float) -> int:
    """How many of the rows wanted the page has room for: all in print, what fits on a slide, but never none.

    Parameters
    ----------
    wanted : int
    fixed, each : float
        Inches, in print, of all that is no row, and of one row.
    """
    slide = _look.get().height
    if slide is None:
        return wanted
    return max(1, min(wanted, int((slide / points(1) - fixed) / each)))


def on_slides() -> bool:
    """Whether what is drawn has to be read from the back of a room, and details stay in the gallery and the CSV."""
    return _look.get().height is not None


def points(size: float) -> float:
    """A size of type in points, or any other length, that is `size` in print and grows with the style's type."""
    import matplotlib as mpl

    return float(size * mpl.rcParams["font.size"] / _BASE)


def side_colours(sides: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """A colour for each side: the one the study gives it, else the next of the fallback colours.

    Parameters
    ----------
    sides : iterable of str
        Ids of sides; 'outlet' gets the ink colour and 'unattributed' a pale grey.
    given : mapping of str to str
        Colours by side, as in actors.yml.

    Returns
    -------
    dict of str to str
        In the order of `sides`.
    """
    fixed = {"outlet": OWN_WORDS, "unattributed": NOBODY, **given}
    spare = (colour for _ in iter(int, 1) for colour in _FALLBACK)
    return {side: fixed[side] if side in fixed else next(spare) for side in sides}
