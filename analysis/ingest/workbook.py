"""Excel workbooks and Parquet files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ReadError
from analysis.ingest.columns import map_columns
from analysis.ingest.records import Record, Refusal

if TYPE_CHECKING:
    import pandas as pd

_MAX_UNPACKED = 2_000_000_000


def read_excel(path: Path) -> list[Record | Refusal]:
    """Articles of the first sheet of an .xlsx file, the first row naming the columns.

    Raises
    ------
    ReadError
        It is no workbook, holds nothing, or has no column with the text.
    """
    import pandas as pd

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED:
            raise ReadError(f"unpacks to {unpacked:,} bytes", path=path, remedy="split it, or save it as CSV")
        table = pd.read_excel(path, sheet_name=0, engine="openpyxl")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise ReadError(
            f"no Excel workbook that can be read: {error}", path=path, remedy="save it as .xlsx or CSV again"
        ) from None
    # the header is row 1 of the sheet
    return _records(table, path, first_row=2)


def read_parquet(path: Path) -> list[Record | Refusal]:
    """Articles of a .parquet file.

    Raises
    ------
    ReadError
        It is no Parquet file, holds nothing, or has no column with the text.
    """
    import pandas as pd
    import pyarrow

    try:
        table = pd.read_parquet(path)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError, OSError, ValueError) as error:
        raise ReadError(
            f"no Parquet file that can be read: {error}", path=path, remedy="write it again"
        ) from None
    return _records(table, path, first_row=1)


def _records(table: pd.DataFrame, path: Path, *, first_row: int) -> list[Record | Refusal]:
    mapped = map_columns(table.columns, path)
    chosen = table[list(mapped.values())].astype("object")
    return [
        Record(str(number), dict(zip(mapped, values, strict=True)))
        for number, values in enumerate(chosen.itertuples(index=False, name=None), start=first_row)
        if any(value is not None and value == value for value in values)
    ]
