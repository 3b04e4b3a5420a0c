"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import expect_content
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count, streamed_limit, too_large
from analysis.ingest.records import Item, Reader, UnreadableFile
from analysis.ingest.rows import Row, Rows, row_records

_BUFFER = 1_000_000  # bytes of a column that are read at a time
_AT_ONCE = 500  # rows


def read_parquet(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Articles of a .parquet file, numbered from 1.

    Raises
    ------
    UnreadableFile
        The file is not Parquet, is empty, or has no column with the text.
    """
    import pyarrow

    expect_content(path)
    try:
        file = _opened(path)
        rows = Rows(lambda: _rows(_opened(path), path))
        yield from row_records(file.schema_arrow.names, rows, path, given)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"the Parquet file cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="write it again",
        ) from None


def _opened(path: Path) -> Any:
    """Open a file, unless it holds more than a file of its size may.

    Texts that occur several times are kept once, as in the file, until their size is known.
    """
    import pyarrow.parquet

    limit = streamed_limit(path.stat().st_size)
    about = pyarrow.parquet.read_metadata(path)
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    check_count(path, about.num_rows)
    if sum(group.total_byte_size for group in groups) > limit:
        raise too_large(path, limit)
    chunks = (group.column(number) for group in groups for number in range(group.num_columns))
    check_count(path, sum(chunk.num_values for chunk in chunks), "values", each=VALUES_OF_A_RECORD)
    columns = (about.schema.column(number) for number in range(len(about.schema)))
    texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    return pyarrow.parquet.ParquetFile(
        path, metadata=about, read_dictionary=texts, buffer_size=_BUFFER, pre_buffer=False
    )


def _rows(file: Any, path: Path) -> Iterator[Row]:
    """Yield the rows of a file with their numbers, batch by batch."""
    limit = streamed_limit(path.stat().st_size)
    size, number = 0, 0
    for batch in file.iter_batches(_AT_ONCE):
        size += sum(map(size_of, batch.columns))
        if size > limit:
            raise too_large(path, limit)
        for row in zip(*map(cells_of, batch.columns), strict=True):
            number += 1
            yield str(number), row


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


READER = Reader((".parquet",), read_parquet, has_columns=True, is_text=False)
