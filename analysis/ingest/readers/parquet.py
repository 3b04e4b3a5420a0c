"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_bytes
from analysis.ingest.records import Item, Reader, UnreadableFile
from analysis.ingest.rows import row_records


def read_parquet(path: Path) -> Iterator[Item]:
    """Articles of a .parquet file, numbered from 1.

    Raises
    ------
    UnreadableFile
        The file is not Parquet, is empty, or has no column with the text.
    """
    import pyarrow
    import pyarrow.parquet

    read_bytes(path)
    try:
        file = pyarrow.parquet.ParquetFile(path)
        table = file.read()
        names = table.column_names
        rows = list(zip(*map(_cells, table.columns), strict=True))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"the Parquet file cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="write it again",
        ) from None
    yield from row_records(names, [(str(number), row) for number, row in enumerate(rows, start=1)], path)


def _cells(column: Any) -> list[Any]:
    """Return the values of a column. A time outside the years 1 to 9999 becomes text that is not a date."""
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):
        return [_cell(scalar) for scalar in column]


def _cell(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return f"out of range: {getattr(scalar, 'value', '')} ({scalar.type})"


READER = Reader((".parquet",), read_parquet, is_text=False)
