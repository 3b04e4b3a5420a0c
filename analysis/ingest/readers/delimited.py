"""CSV and TSV, with commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.encoding import read_text
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count
from analysis.ingest.records import Item, Note, Reader, Refusal, UnreadableFile
from analysis.ingest.rows import row_records

_FIELD_LIMIT = 50_000_000  # characters; Python's own limit of 131,072 is less than a long article
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's own hint
_TAB_SUFFIXES = {".tsv", ".tab"}


def read_delimited(path: Path) -> Iterator[Item]:
    """Articles of a .csv, .tsv or .tab file with a line of column names.

    Rows are numbered as in a spreadsheet: the column names are row 1. A row whose number of cells differs from the
    number of names is refused, because a text may have been cut at a delimiter or line end that was not quoted.

    Raises
    ------
    UnreadableFile
        The file is empty, binary, has no column with the text, or has a quotation mark that is never closed.
    """
    text = read_text(path)
    hint = _SEPARATOR_LINE.match(text)
    if hint:
        text = text[hint.end() :]
    delimiter = hint[1] if hint else _delimiter(text, path)
    check_count(path, sum(map(text.count, {"\n", "\r", delimiter})), "cells", each=VALUES_OF_A_RECORD)
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        broken = _first_broken_quote(text, delimiter, path)
        if broken is not None:
            yield Note(
                f"line {broken}: a quotation mark inside a cell is not doubled; check how the cells were read"
            )
        yield from _records(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), path, first=2 + bool(hint)
        )
    except csv.Error as error:
        raise UnreadableFile(
            f"the table cannot be read: {error}", path=path, reason="unreadable", remedy="export it again"
        ) from None
    finally:
        csv.field_size_limit(before)


def _records(lines: Iterator[list[str]], path: Path, *, first: int) -> Iterator[Item]:
    header = next(lines, [])
    rows = []
    for number, row in enumerate(lines, start=first):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
            yield Refusal(
                str(number),
                "bad_row",
                f"the row has {len(row)} cells, but row 1 names {len(header)} columns; "
                "put texts that contain the delimiter or a line end into quotation marks",
            )
            continue
        rows.append((str(number), row))
    yield from row_records(header, rows, path)


def _first_broken_quote(text: str, delimiter: str, path: Path) -> int | None:
    """Return the line of the first quotation mark inside a quoted cell that is not doubled.

    Raises
    ------
    UnreadableFile
        A quotation mark is never closed, so that everything after it would be one cell.
    """
    start = 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in rows:
            start = rows.line_num + 1
    except csv.Error as error:
        if "unexpected end of data" not in str(error):
            return rows.line_num
        raise UnreadableFile(
            "a quotation mark is never closed",
            path=path,
            where=f"the row that starts on line {start}",
            reason="unreadable",
            remedy="close it, or double the quotation marks inside cells",
        ) from None
    return None


def _delimiter(text: str, path: Path) -> str:
    """Return the delimiter that occurs most often in the line of column names."""
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if suffixes & _TAB_SUFFIXES:
        return "\t"
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


READER = Reader((".csv", ".tsv", ".tab"), read_delimited)
