"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.columns import map_columns, unused
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
        names = file.schema_arrow.names
        mapped = map_columns(names, path)
        table = file.read(columns=[names[place] for place in mapped.values()])
        cells = [table.column(names[place]).to_pylist() for place in mapped.values()]
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"the Parquet file cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="write it again",
        ) from None
    others = unused(tuple(names))
    for number, row in enumerate(zip(*cells, strict=True), start=1):
        yield Record(str(number), dict(zip(mapped, row, strict=True)), others)


READER = Reader((".parquet",), read_parquet, is_text=False)
