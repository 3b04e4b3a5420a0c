"""JSON: one object per line, or one array of objects; compressed (.gz) or not."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import ReadError
from analysis.ingest.columns import FIELDS, map_columns, plain
from analysis.ingest.encoding import decode, read_text
from analysis.ingest.records import Record, Refusal

_MAX_UNPACKED = 4_000_000_000  # bytes; a small file can unpack to fill a disk


def read_json(path: Path) -> list[Record | Refusal]:
    """Articles of a .jsonl, .ndjson or .json file.

    A line that is no JSON object is refused by itself, with its number.

    Raises
    ------
    ReadError
        The file is empty or no text, or none of its objects has a text.
    """
    text = _unpacked(path) if path.suffix == ".gz" else read_text(path)
    objects = list(_objects(text))
    columns = [key for _, value in objects if isinstance(value, dict) for key in value]
    if not columns:
        raise ReadError(
            "no JSON object in the file", path=path, remedy="one object per line, or one array of objects"
        )
    if not any(plain(name) in set(map(plain, columns)) for name in FIELDS["text"]):
        map_columns(dict.fromkeys(columns), path)
    return [_record(row, value, path) for row, value in objects]


def _objects(text: str) -> Iterator[tuple[str, Any]]:
    """(record or line number, object or the error it gave)."""
    if text.lstrip().startswith("["):
        try:
            array = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield "1", ValueError(f"no JSON array: {error}")
            return
        yield from ((str(number), value) for number, value in enumerate(array, start=1))
        return
    whole = text.strip()
    if whole.startswith("{") and "\n" in whole:  # one object printed over several lines
        try:
            yield "1", json.loads(whole)
            return
        except (ValueError, RecursionError):
            pass
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield str(number), json.loads(line)
        except (ValueError, RecursionError) as error:
            yield str(number), error


def _record(row: str, value: Any, path: Path) -> Record | Refusal:
    if isinstance(value, Exception):
        return Refusal(row, "bad_json", f"{value}; correct the line or take it out")
    if not isinstance(value, dict):
        return Refusal(row, "bad_json", f"expected an object with keys, found {type(value).__name__}")
    try:
        mapped = map_columns(value, path)
    except ReadError:
        return Refusal(
            row, "no_text", f"no key with the text; the keys are: {', '.join(map(str, value)) or 'none'}"
        )
    return Record(row, {field: value[column] for field, column in mapped.items()})


def _unpacked(path: Path) -> str:
    try:
        with gzip.open(path) as stream:
            data = stream.read(_MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"cannot be unpacked: {error}", path=path, remedy="compress it again") from None
    if len(data) > _MAX_UNPACKED:
        raise ReadError(f"unpacks to more than {_MAX_UNPACKED:,} bytes", path=path, remedy="split it")
    text = decode(data)
    if text is None or not text.strip():
        raise ReadError("empty or no text once unpacked", path=path)
    return text
