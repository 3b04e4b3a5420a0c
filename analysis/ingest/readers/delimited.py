"""CSV and TSV, with commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import TextFile
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count
from analysis.ingest.records import Item, Note, Reader, Refusal, UnreadableFile
from analysis.ingest.rows import Row, Rows, row_records

_FIELD_LIMIT = 50_000_000  # characters; Python's own limit of 131,072 is less than a long article
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's own hint
_LONGEST_HEADER = 1_000_000  # characters
_TAB_SUFFIXES = {".tsv", ".tab"}


def read_delimited(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Articles of a .csv, .tsv or .tab file with a line of column names.

    Rows are numbered as in a spreadsheet: the column names are row 1. A row whose number of cells differs from the
    number of names is refused, because a text may have been cut at a delimiter or line end that was not quoted.

    Raises
    ------
    UnreadableFile
        The file is empty, binary, has no column with the text, or has a quotation mark that is never closed.
    """
    file = TextFile(path)
    with file.open("") as lines:
        start = lines.read(_LONGEST_HEADER)
    hint = _SEPARATOR_LINE.match(start)
    delimiter = hint[1] if hint else _delimiter(start, path)
    check_count(path, file.count("".join({"\n", "\r", delimiter})), "cells", each=VALUES_OF_A_RECORD)
    table = _Table(file, delimiter, has_hint=bool(hint))
    before = csv.field_size_limit(_FIELD_LIMIT)
    try:
        broken = table.first_broken_quote()
        if broken is not None:
            yield Note(
                f"line {broken}: a quotation mark inside a cell is not doubled; check how the cells were read"
            )
        yield from row_records(table.header, Rows(table.rows), path, given)
    except csv.Error as error:
        raise UnreadableFile(
            f"the table cannot be read: {error}", path=path, reason="unreadable", remedy="export it again"
        ) from None
    finally:
        csv.field_size_limit(before)


@dataclass(frozen=True)
class _Table:
    """A table that is read line by line."""

    file: TextFile
    delimiter: str
    has_hint: bool

    @contextmanager
    def _reader(self, *, strict: bool = False) -> Iterator[Any]:
        with self.file.open("") as lines:
            if self.has_hint:
                next(lines)
            yield csv.reader(lines, delimiter=self.delimiter, strict=strict)

    @cached_property
    def header(self) -> list[str]:
        with self._reader() as lines:
            return next(lines, [])

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield the rows that are not empty, and refusals of those that do not fit the names of the columns."""
        n_columns = len(self.header)
        with self._reader() as lines:
            next(lines, None)
            for number, row in enumerate(lines, start=2 + self.has_hint):
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) < n_columns or any(cell.strip() for cell in row[n_columns:]):
                    yield Refusal(
                        str(number),
                        "bad_row",
                        f"the row has {len(row)} cells, but row 1 names {n_columns} columns; "
                        "put texts that contain the delimiter or a line end into quotation marks",
                    )
                    continue
                yield str(number), row

    def first_broken_quote(self) -> int | None:
        """Return the line of the first quotation mark inside a quoted cell that is not doubled.

        Raises
        ------
        UnreadableFile
            A quotation mark is never closed, so that everything after it would be one cell.
        """
        start = 1
        with self._reader(strict=True) as rows:
            try:
                for _ in rows:
                    start = rows.line_num + 1
            except csv.Error as error:
                if "unexpected end of data" not in str(error):
                    return int(rows.line_num)
                raise UnreadableFile(
                    "a quotation mark is never closed",
                    path=self.file.path,
                    where=f"the row that starts on line {start}",
                    reason="unreadable",
                    remedy="close it, or double the quotation marks inside cells",
                ) from None
        return None


def _delimiter(start: str, path: Path) -> str:
    """Return the delimiter that occurs most often in the line of column names."""
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if suffixes & _TAB_SUFFIXES:
        return "\t"
    first = start.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


READER = Reader((".csv", ".tsv", ".tab"), read_delimited, has_columns=True)
