"""Data frames in a notebook that can be sorted and searched, without a network."""

from __future__ import annotations

import math
from pathlib import Path

_LAYOUT = "table-layout:auto;width:auto;margin:0;caption-side:bottom"
_MOST = "2MB"  # per table; longer tables are cut, with a note
# Without this, sentences would be squeezed to a few words per line, and dates broken at their hyphens.
_ROOM = """function (cell) {
  const length = cell.textContent.length;
  if (length > 80) { cell.style.minWidth = '22em'; }
  else if (length > 30) { cell.style.minWidth = '14em'; }
  else if (length < 12) { cell.style.whiteSpace = 'nowrap'; }
}"""


def interactive_tables() -> None:
    """Make the data frames of this notebook sortable and searchable, and shorten their numbers.

    Uses itables with its scripts inside the notebook, so nothing is fetched. Without itables
    (``pip install "media-framing[notebooks]"``), data frames look as in pandas.

    Notes
    -----
    Sets options of pandas and itables for the running kernel. Whole numbers are shown without decimals, other numbers
    with two decimals, or with two significant digits below 0.1. The data frames themselves are not changed.

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
    """Format a number for a table.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        Whole numbers without decimals; others with two decimals, or with two significant digits below 0.1.

    Examples
    --------
    >>> [short_number(value) for value in (1234.0, 0.5, 7.256, 0.01234)]
    ['1234', '0.50', '7.26', '0.012']
    """
    if not math.isfinite(value) or value == round(value):
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
