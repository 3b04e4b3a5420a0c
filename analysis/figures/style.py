"""One look for every figure: type sizes for print at column width, and colours that survive greyscale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

COLUMN = 6.9  # inches: the text width of an A4 report
INK = "#222222"
FAINT = "#B8B8B8"
OWN_WORDS = "#222222"  # the outlet's own words, wherever voices are compared
QUOTED = "#C8641E"  # words the outlet attributes to somebody

# For sides without a colour of their own in actors.yml: Okabe & Ito's colours, reordered to alternate in lightness.
_FALLBACK = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7A7A7A")
_STYLE = Path(__file__).with_name("framing.mplstyle")


@contextmanager
def style() -> Iterator[None]:
    """Draw in the toolkit's style, whatever the user has set, and leave the user's settings as they were."""
    import matplotlib as mpl
    import matplotlib.style

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.style.use(_STYLE)
        yield


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
    fixed = {"outlet": OWN_WORDS, "unattributed": FAINT, **given}
    spare = (colour for _ in iter(int, 1) for colour in _FALLBACK)
    return {side: fixed[side] if side in fixed else next(spare) for side in sides}
