"""Several Arrow tables in one temporary file, which is whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files import write_file

if TYPE_CHECKING:
    import pyarrow as pa

_NAME = b"table"  # the key of the schema's metadata with the name of the table
_DIGEST = hashlib.sha256().digest_size


def write_tables(path: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write tables one after the other, with a checksum at the end."""
    import pyarrow as pa

    buffer = pa.BufferOutputStream()
    for name, table in tables.items():
        named = table.replace_schema_metadata({**(table.schema.metadata or {}), _NAME: name.encode("utf-8")})
        with pa.ipc.new_stream(buffer, named.schema) as stream:
            stream.write_table(named)
    content = buffer.getvalue().to_pybytes()
    write_file(path, content + hashlib.sha256(content).digest())


def read_tables(path: Path) -> dict[str, pa.Table] | None:
    """Return the tables of a file, or None if it is missing or damaged."""
    import pyarrow as pa

    try:
        whole = path.read_bytes()
    except OSError:
        return None
    content, digest = whole[:-_DIGEST], whole[-_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        return None
    source = pa.BufferReader(content)
    tables = {}
    while source.tell() < len(content):
        table = pa.ipc.open_stream(source).read_all()
        metadata = dict(table.schema.metadata)
        name = metadata.pop(_NAME).decode("utf-8")
        tables[name] = table.replace_schema_metadata(metadata or None)
    return tables
