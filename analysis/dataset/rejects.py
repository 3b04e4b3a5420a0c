"""The table of rejects as a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.schemas import TABLES
from analysis.spreadsheet import harmless, original

if TYPE_CHECKING:
    import pandas as pd


def to_csv(*tables: pd.DataFrame | None) -> bytes:
    """Return tables of rejects as one CSV file."""
    content: bytes = harmless(join(tables)).to_csv(index=False, lineterminator="\n").encode("utf-8")
    return content


def join(tables: Iterable[pd.DataFrame | None]) -> pd.DataFrame:
    """Return several tables of rejects as one, in the order in which they are given."""
    import pandas as pd

    known = [table for table in tables if table is not None and len(table)]
    return pd.concat(known, ignore_index=True) if known else TABLES["rejects"].empty()


def from_csv(content: bytes) -> pd.DataFrame:
    """Return the table of rejects from the content of its CSV file."""
    import pandas as pd

    columns = TABLES["rejects"].columns
    table = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False).map(original)
    required = [name for name, column in columns.items() if not column.nullable and name in table]
    table = table.where(table != "", None).astype("str")
    table[required] = table[required].fillna("")
    return table
