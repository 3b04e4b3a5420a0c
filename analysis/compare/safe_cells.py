"""Tables that a spreadsheet program shows and never runs; `analysis.cells` says what is dangerous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.cells import harmless_cell

if TYPE_CHECKING:
    import pandas as pd


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
