"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_bytes
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count, too_large, unpacked_limit
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
        table = _table(path)
        names = table.column_names
        rows = list(zip(*map(cells_of, table.columns), strict=True))
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
    import pyarrow.parquet

    limit = unpacked_limit(path.stat().st_size)
    file = pyarrow.parquet.ParquetFile(path)
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    check_count(path, file.metadata.num_rows)
    if sum(group.total_byte_size for group in groups) > limit:
        raise too_large(path, limit)
    chunks = (group.column(number) for group in groups for number in range(group.num_columns))
    check_count(path, sum(chunk.num_values for chunk in chunks), "values", each=VALUES_OF_A_RECORD)
    columns = (file.schema.column(number) for number in range(len(file.schema)))
    texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    table = pyarrow.parquet.ParquetFile(path, read_dictionary=texts).read()
    if sum(map(size_of, table.columns)) > limit:
        raise too_large(path, limit)
    return table


def size_of(column: Any) -> int:
    """Return the number of bytes of a column if each of its texts is written out.

    Parameters
    ----------
    column : pyarrow.Array or pyarrow.ChunkedArray
        Of texts, of lists of texts, or of anything else.
    """
    from pyarrow import compute, types

    parts = getattr(column, "chunks", [column])
    if types.is_list(column.type) or types.is_large_list(column.type):
        return sum(size_of(part.flatten()) for part in parts)
    if not types.is_dictionary(column.type):
        return int(column.nbytes)
    sizes = [
        compute.sum(compute.binary_length(part.dictionary).cast("int64").take(part.indices)).as_py()
        if types.is_string(part.dictionary.type) or types.is_large_string(part.dictionary.type)
        else part.nbytes
        for part in parts
    ]
    return sum(size or 0 for size in sizes)


def cells_of(column: Any) -> list[Any]:
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
