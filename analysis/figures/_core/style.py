"""The two styles of the figures, print and slides: style sheets, colours, and sizes that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.options import options

if TYPE_CHECKING:
    from analysis.figures._core.figure import FramingFigure

FAMILY = "DejaVu Sans"  # comes with matplotlib: the same letters on every machine
COLUMN = 6.9  # inches: the text width of an A4 report
INK = "#222222"
FAINT = "#B8B8B8"
OWN_WORDS = "#222222"  # the outlet's own words, wherever voices are compared
QUOTED = "#C8641E"  # words that the outlet attributes to speakers
NOBODY = "#C2C2C2"  # words of a speaker whose side is unknown

# For sides without a colour of their own in actors.yml: Okabe & Ito's colours, reordered to alternate in lightness.
_FALLBACK = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7A7A7A")
_FOLDER = Path(__file__).parent
_BASE = 8.0  # points of type in print, from which all other sizes follow


@dataclass(frozen=True)
class Look:
    """What figures are made for.

    Attributes
    ----------
    name : str
    sheets : tuple of str
        Style sheets; later ones override earlier ones.
    height : float or None
        Height in inches of every figure, at a width of `COLUMN`; None if the height depends on the rows.
    """

    name: str
    sheets: tuple[str, ...]
    height: float | None = None


LOOKS = {
    look.name: look
    for look in (
        Look("print", ("framing.mplstyle",)),
        Look("slides", ("framing.mplstyle", "slides.mplstyle"), height=COLUMN * 9 / 16),
    )
}
_look: ContextVar[Look] = ContextVar("look", default=LOOKS["print"])


@contextmanager
def style(look: str = "print", *, narrow: bool = False) -> Iterator[None]:
    """Context manager: draw in the toolkit's style, and restore the user's matplotlib settings afterwards.

    Parameters
    ----------
    look : {'print', 'slides'}
    narrow : bool, default False
        Smaller type, for one column of a page.

    Yields
    ------
    None

    Raises
    ------
    FramingError
        The look is unknown.
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
            if narrow:
                mpl.style.use(_FOLDER / "narrow.mplstyle")
            yield
    finally:
        _look.reset(before)


def check_look(look: str) -> None:
    """Raise an error that lists the known looks if this one is unknown.

    Parameters
    ----------
    look : str

    Raises
    ------
    FramingError
        The look is unknown.
    """
    if look not in LOOKS:
        raise FramingError(f"unknown figure style: {look}", remedy=f"choose from {', '.join(LOOKS)}")


def canvas(height: float, *, width: float = COLUMN, in_proportion: bool = False) -> FramingFigure:
    """An empty figure; on slides it has the size of the slide.

    Parameters
    ----------
    height, width : float
        In inches, in print.
    in_proportion : bool, default False
        Change the height with the width that the user wants; the heights of rows and panels do not change with it.

    Returns
    -------
    FramingFigure
    """
    from analysis.figures._core.figure import FramingFigure

    look, chosen = _look.get(), options()
    size = (COLUMN, look.height) if look.height else (width, height)
    wide = chosen.width or size[0]
    high = size[1] * min(1.0, wide / size[0]) if in_proportion else size[1]
    return FramingFigure((wide, chosen.height or high), look.name)


def rows_that_fit(wanted: int, *, fixed: float, each: float) -> int:
    """How many rows the figure has room for: all of them in print, at least one on a slide.

    Parameters
    ----------
    wanted : int
    fixed, each : float
        Height in inches, in print, of everything that is not a row, and of one row.

    Returns
    -------
    int
    """
    height = _look.get().height
    if height is None:
        return wanted
    return max(1, min(wanted, int((height / points(1) - fixed) / each)))


def across_that_fit(wanted: int, *, fixed: float, each: float) -> int:
    """How many panels or columns fit side by side: all in the width of a page, at least one in a narrower figure.

    Parameters
    ----------
    wanted : int
    fixed, each : float
        Width in inches, at the type size of print, of the row labels, and of one panel.

    Returns
    -------
    int
    """
    width = options().width
    if width is None or width >= COLUMN:
        return wanted
    return max(1, min(wanted, int((width / points(1) - fixed) / each)))


def on_slides() -> bool:
    """Whether the figure is for a slide, so that details are left to the gallery and the CSV.

    Returns
    -------
    bool
    """
    return _look.get().height is not None


def points(size: float) -> float:
    """Scale a length with the font size of the current style.

    Parameters
    ----------
    size : float
        In points, in print.

    Returns
    -------
    float
        In points, in the current style.
    """
    import matplotlib as mpl

    return float(size * mpl.rcParams["font.size"] / _BASE)


def side_colours(sides: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The colour of each side: the study's colour if it has one, otherwise the next fallback colour.

    Parameters
    ----------
    sides : iterable of str
        Ids of sides. 'outlet' gets the ink colour and 'unattributed' a pale grey.
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
