"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
        rows = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"the Parquet file cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="write it again",
        ) from None
    yield from row_records(names, [(str(number), row) for number, row in enumerate(rows, start=1)], path)


READER = Reader((".parquet",), read_parquet, is_text=False)
