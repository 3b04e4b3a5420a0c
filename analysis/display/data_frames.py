"""Data frames in a notebook: sorted by a click on a column, searched by typing, without a network."""

from __future__ import annotations

import math
from pathlib import Path

_LAYOUT = "table-layout:auto;width:auto;margin:0;caption-side:bottom"
_MOST = "2MB"  # of one table; a longer one is cut, and says so
# Between narrow columns a sentence would be squeezed to a word or two a line, and a day broken at its hyphens.
_ROOM = """function (cell) {
  const length = cell.textContent.length;
  if (length > 80) { cell.style.minWidth = '22em'; }
  else if (length > 30) { cell.style.minWidth = '14em'; }
  else if (length < 12) { cell.style.whiteSpace = 'nowrap'; }
}"""


def interactive_tables() -> None:
    """Let the data frames of this notebook be sorted and searched from now on, and show their numbers short.

    Uses itables with its scripts inside the notebook: nothing is fetched. Where itables is not installed
    (``pip install "media-framing[notebooks]"``), data frames stay as pandas shows them.

    Notes
    -----
    Sets options of pandas and itables for the running kernel. Whole numbers are shown as such, others with two digits
    after the point, or two that count where there are only zeros; the frames themselves are left alone.

    Examples
    --------
    >>> from analysis.display import interactive_tables
    >>> interactive_tables()  # doctest: +SKIP
    """
    import pandas as pd

    pd.set_option("display.max_colwidth", None, "display.float_format", short_number)
    try:
        import itables
    except ImportError:
        return
    itables.options.css = Path(__file__).with_name("data_frames.css").read_text(encoding="utf-8")
    itables.options.style = _LAYOUT
    itables.options.classes = "display compact"
    itables.options.maxBytes = _MOST
    itables.options.columnDefs = [{"targets": "_all", "createdCell": itables.JavascriptFunction(_ROOM)}]
    itables.options.text_in_header_can_be_selected = False  # or else only the small arrows sort
    itables.options.display_logo_when_loading = False  # it links to a page outside
    itables.init_notebook_mode(all_interactive=True, connected=False)


def short_number(value: float) -> str:
    """A number as a table shows it.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        Whole numbers without a point; others with two digits after it, or with two significant ones below 0.1.

    Examples
    --------
    >>> [short_number(value) for value in (1234.0, 0.5, 7.256, 0.01234)]
    ['1234', '0.50', '7.26', '0.012']
    """
    if not math.isfinite(value) or value == round(value):
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
