"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_bytes
from analysis.ingest.limits import too_large, unpacked_limit
from analysis.ingest.records import Item, Reader, UnreadableFile
from analysis.ingest.rows import row_records

_ROW = 100  # bytes; an article needs more in memory, whatever its columns hold


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
        table = _table(path)
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


def _table(path: Path) -> Any:
    """Return the table of a file, unless its values need more memory than a file of this size may.

    Texts that occur several times are kept once, as in the file, until their size is known.
    """
    import pyarrow
    import pyarrow.parquet

    limit = unpacked_limit(path.stat().st_size)
    groups = pyarrow.parquet.read_metadata(path)
    stored = sum(groups.row_group(number).total_byte_size for number in range(groups.num_row_groups))
    if max(stored, groups.num_rows * _ROW) > limit:
        raise too_large(path, limit)
    schema = pyarrow.parquet.read_schema(path)
    texts = [
        field.name
        for field in schema
        if pyarrow.types.is_string(field.type) or pyarrow.types.is_large_string(field.type)
    ]
    table = pyarrow.parquet.ParquetFile(path, read_dictionary=texts).read()
    if sum(map(_size, table.columns)) > limit:
        raise too_large(path, limit)
    return table


def _size(column: Any) -> int:
    """Return the number of bytes of a column if each of its texts is written out."""
    import pyarrow
    from pyarrow import compute

    if not pyarrow.types.is_dictionary(column.type):
        return int(column.nbytes)
    sizes = [
        compute.sum(compute.binary_length(part.dictionary).cast("int64").take(part.indices)).as_py()
        for part in column.chunks
    ]
    return sum(size or 0 for size in sizes)


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
