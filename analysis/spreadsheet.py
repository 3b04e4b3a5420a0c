"""Cells and tables that a spreadsheet program shows and never runs.

A text cell that begins with = + - @, a tab or a line break is read as a formula by Excel, LibreOffice and Google
Sheets when a CSV file is opened, whatever wrote it. A leading apostrophe marks it as text; the programs hide or show
it, and `original` takes it off again when the file comes back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MARK = "'"
# Full-width forms count as their ASCII twins in East Asian settings; white space in front is trimmed by importers.
_RISKY = re.compile(r"[\s\x00-\x1f\x7f\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212|%]|[\t\r\n]")
# What XML cannot hold, that of an Excel file included
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with U+FFFD for each control character that XML cannot hold; as many characters as before."""
    return _UNPRINTABLE.sub("\ufffd", text)


def harmless_cell(cell: Any) -> Any:
    """The cell, marked as text where a spreadsheet might run it; control characters become U+FFFD."""
    if not isinstance(cell, str):
        return cell
    clean = printable(cell)
    return f"{MARK}{clean}" if _RISKY.match(clean) else clean


def original(cell: Any) -> Any:
    """The cell without the mark that `harmless_cell` put in front of it."""
    if isinstance(cell, str) and cell.startswith(MARK) and _RISKY.match(cell[1:]):
        return cell[1:]
    return cell


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every text that a spreadsheet might run marked as text.

    Parameters
    ----------
    table : pandas.DataFrame
        Numbers, dates and flags stay as they are; texts in columns and in column names are looked at.

    Returns
    -------
    pandas.DataFrame
        A copy. Control characters, which Excel files cannot hold, are replaced by U+FFFD. Doing it twice changes
        nothing further.

    Examples
    --------
    >>> import pandas as pd
    >>> harmless(pd.DataFrame({"title": ["=1+1", "Talks"], "n": [-1, 2]}))["title"].tolist()
    ["'=1+1", 'Talks']
    """
    import pandas as pd

    made = {
        str(i): table.iloc[:, i].map(harmless_cell)
        for i in range(table.shape[1])
        if _may_hold_text(table.iloc[:, i])
    }
    columns = [made.get(str(i), table.iloc[:, i]) for i in range(table.shape[1])]
    result = pd.concat(columns, axis=1) if columns else table.copy()
    result.columns = [harmless_cell(name) for name in table.columns]
    return result


def _may_hold_text(column: pd.Series) -> bool:
    import pandas as pd

    return not (
        pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype)
    )
