"""Protection against formula injection: cells that a spreadsheet program shows and never runs.

Excel, LibreOffice and Google Sheets read a text cell that begins with = + - @, a tab or a line break as a formula
when they open a CSV file. A leading apostrophe marks the cell as text. `original` removes it when the file is
read back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MARK = "'"
# East Asian settings treat full-width forms as ASCII; importers trim leading white space.
_RISKY = re.compile(r"[\s\x00-\x1f\x7f\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212|%]|[\t\r\n]")
# Not allowed in XML, and so not in Excel files
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def printable(text: str) -> str:
    """Replace each control character that XML does not allow by U+FFFD. The length stays the same."""
    return _UNPRINTABLE.sub("\ufffd", text)


def harmless_cell(cell: Any) -> Any:
    """Mark a cell as text if a spreadsheet might run it, and replace control characters by U+FFFD."""
    if not isinstance(cell, str):
        return cell
    clean = printable(cell)
    return f"{MARK}{clean}" if _RISKY.match(clean) else clean


def original(cell: Any) -> Any:
    """Remove the mark that `harmless_cell` added."""
    if isinstance(cell, str) and cell.startswith(MARK) and _RISKY.match(cell[1:]):
        return cell[1:]
    return cell


def harmless(table: pd.DataFrame) -> pd.DataFrame:
    """Mark every text that a spreadsheet might run, in cells and column names.

    Parameters
    ----------
    table : pandas.DataFrame

    Returns
    -------
    pandas.DataFrame
        A copy. Numbers, dates and flags are unchanged. Control characters are replaced by U+FFFD. The function is
        idempotent.

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
