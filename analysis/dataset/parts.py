"""Files of a results folder with their checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import ReadError
from analysis.files import make_folder, write_file

if TYPE_CHECKING:
    import pyarrow as pa

MEASURE_AGAIN = "measure the articles again: framing annotate ARTICLES --out FOLDER --overwrite"
CHANGED = "this file is damaged, or was changed after it was written: its checksum is not the one recorded"


@dataclass(frozen=True)
class Part:
    """One file of a table.

    Attributes
    ----------
    file : str
        Path within the results folder.
    rows : int
    sha256 : str
        Of the content, 64 hex digits.
    """

    file: str
    rows: int
    sha256: str


def sha256(content: bytes) -> str:
    """Return the checksum of a file's content."""
    return hashlib.sha256(content).hexdigest()


def parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file. The same table always gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), buffer, compression="zstd", version="2.6")
    content: bytes = buffer.getvalue().to_pybytes()
    return content


def write_part(folder: Path, name: str, shard: int, table: pa.Table) -> Part:
    """Write the rows of one shard of a table under a name that contains a hash of the content."""
    content = parquet(table)
    digest = sha256(content)
    file = f"{name}/part-{shard:04d}-{digest[:16]}.parquet"
    make_folder(folder / name)
    write_file(folder / file, content)
    return Part(file, len(table), digest)


def read_part(folder: Path, part: Part, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a part, or those of some columns that it has.

    Raises
    ------
    ReadError
        The file is missing, or its content is not what was written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = pa.BufferReader(read_verified(folder, part.file, part.sha256))
    known = None if columns is None else set(pq.read_schema(content).names)
    names = None if known is None else [name for name in columns or () if name in known]
    table = pq.read_table(content, columns=names, partitioning=None)
    if len(table) != part.rows:
        raise ReadError(
            f"has {len(table)} rows, not {part.rows}", path=folder / part.file, remedy=MEASURE_AGAIN
        )
    return table


def part_schema(folder: Path, part: Part) -> pa.Schema:
    """Read the columns of a part and their types. Its rows are not read, and its checksum is not verified.

    Raises
    ------
    ReadError
        The file is missing, or is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / part.file
    try:
        with path.open("rb") as file:
            return pq.read_schema(file)
    except OSError as error:
        message = f"this file of the results cannot be read: {error.strerror}"
        raise ReadError(message, path=path, remedy=MEASURE_AGAIN) from None
    except pa.ArrowInvalid:
        raise ReadError(CHANGED, path=path, remedy=MEASURE_AGAIN) from None


def read_verified(folder: Path, file: str, expected: str) -> bytes:
    """Return the content of a file after a check of its SHA-256.

    Raises
    ------
    ReadError
        The file is missing, or its content is not what was written.
    """
    path = folder / file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"this file of the results cannot be read: {error.strerror}", path=path, remedy=MEASURE_AGAIN
        ) from None
    if sha256(content) != expected:
        raise ReadError(CHANGED, path=path, remedy=MEASURE_AGAIN)
    return content
