"""CSV and TSV, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import ReadError
from analysis.ingest.columns import map_columns, plain
from analysis.ingest.encoding import read_text
from analysis.ingest.records import Record, Refusal

_FIELD_LIMIT = 50_000_000  # characters; Python's own limit of 131,072 is less than a long article


def read_delimited(path: Path) -> list[Record | Refusal]:
    """Articles of a .csv, .tsv or .tab file with a line of column names.

    Raises
    ------
    ReadError
        The file is empty, no text, has no column with the text, or quotes that do not pair.
    """
    text = read_text(path)
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, path), strict=True)
        return list(_records(rows, path))
    except csv.Error as error:
        raise ReadError(
            f"{error}",
            path=path,
            where=f"line {rows.line_num}",
            remedy="a quoted cell may not be closed: export it again",
        ) from None
    finally:
        csv.field_size_limit(before)


def _records(rows: Iterator[list[str]], path: Path) -> list[Record | Refusal]:
    header: list[str] = next(rows, [])
    mapped = map_columns(header, path)
    places = {field: _place(header, column) for field, column in mapped.items()}
    found: list[Record | Refusal] = []
    for number, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= places["text"] or len(row) > len(header):
            found.append(
                Refusal(
                    str(number),
                    "bad_row",
                    f"{len(row)} cells where the first line names {len(header)}; is a text unquoted?",
                )
            )
            continue
        fields = {field: row[place] for field, place in places.items() if place < len(row)}
        found.append(Record(str(number), fields))
    return found


def _place(header: list[str], column: str) -> int:
    return next(i for i, name in enumerate(header) if plain(name) == plain(column))


def _delimiter(text: str, path: Path) -> str:
    if path.suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    first = text.lstrip("\n\r").split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)
