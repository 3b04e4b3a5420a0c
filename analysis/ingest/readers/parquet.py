"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.columns import choose_columns, other_columns
from analysis.ingest.encoding import read_bytes
from analysis.ingest.records import Item, Reader, Record, UnreadableFile


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
    mapped = choose_columns(names, rows, path)
    others = other_columns(names, mapped)
    for number, row in enumerate(rows, start=1):
        yield Record(
            str(number),
            {field: row[place] for field, place in mapped.items()},
            {name: row[place] for name, place in others.items()},
        )


READER = Reader((".parquet",), read_parquet, is_text=False)
