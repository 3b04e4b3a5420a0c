"""Excel workbooks."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.ingest.columns import check_given, has_text, no_text_column
from analysis.ingest.encoding import read_bytes
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_archive, check_count, too_large, unpacked_limit
from analysis.ingest.records import Item, Note, Reader, Record, UnreadableFile
from analysis.ingest.rows import row_records

_CHUNK = 1_000_000  # bytes
_TAGS_OF_A_ROW = 20  # on average, at most, of a packed file that is as small as it can be
_FULL_CELL = 32_767  # characters; Excel cuts what is longer


def read_excel(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Articles of every sheet of an .xlsx file that has a column with the text; the first row names the columns.

    Rows are numbered as in the sheet. If several sheets are read, the sheet's name comes before the number.

    Raises
    ------
    UnreadableFile
        The file is not a workbook, is empty, or no sheet has a column with the text.
    """
    sheets = [(name, rows) for name, rows in read_sheets(path) if rows]
    if not sheets:
        raise UnreadableFile("the workbook is empty", path=path, reason="empty", remedy="export it again")
    text = {field: name for field, name in (given or {}).items() if field == "text"}
    wanted = [(name, rows) for name, rows in sheets if has_text(_names(rows[0][1]), text)]
    if not wanted:
        first = _names(sheets[0][1][0][1])
        check_given(text, first, path)
        raise no_text_column(first, path)
    for name, _ in sheets:
        if name not in dict(wanted):
            yield Note(f"the sheet '{name}' was left out, because it has no column with the text")
    for name, rows in wanted:
        yield from _records(rows, path, f"{name}, " if len(wanted) > 1 else "", given)


def read_sheets(path: Path) -> list[tuple[str, list[tuple[int, tuple[Any, ...]]]]]:
    """Return the name of each sheet and its numbered rows, without blank ones.

    Raises
    ------
    UnreadableFile
        The file is not a workbook, or is too large.
    """
    import openpyxl

    read_bytes(path)  # missing, unreadable and empty files give the same errors as in other formats
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(path, archive)
            check_count(path, _tags(archive), "XML tags", each=_TAGS_OF_A_ROW)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that openpyxl does not know
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                counts = _Counts(path)
                return [(sheet.title, list(_filled(sheet, counts))) for sheet in book.worksheets]
            finally:
                book.close()
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook breaks openpyxl in many ways
        raise UnreadableFile(
            f"the Excel workbook cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="save it as .xlsx or CSV again",
        ) from None


def _tags(archive: zipfile.ZipFile) -> int:
    """Return the number of XML tags in the sheets and in the texts that they share."""
    number = 0
    for name in archive.namelist():
        if name.startswith(("xl/worksheets/", "xl/sharedStrings")):
            with archive.open(name) as stream:
                number += sum(chunk.count(b"<") for chunk in iter(lambda: stream.read(_CHUNK), b""))
    return number


@dataclass
class _Counts:
    """What was read of a workbook. A text that many cells share is kept once in the file."""

    path: Path
    n_rows: int = 0
    n_cells: int = 0
    n_characters: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        """Count a row; raise `UnreadableFile` if the workbook holds more than a file of its size may."""
        self.n_rows += 1
        self.n_cells += len(row)
        self.n_characters += sum(len(cell) for cell in row if isinstance(cell, str))
        check_count(self.path, self.n_rows)
        check_count(self.path, self.n_cells, "cells", each=VALUES_OF_A_RECORD)
        if self.n_characters > (limit := unpacked_limit(self.path.stat().st_size)):
            raise too_large(self.path, limit)


def _filled(sheet: Any, counts: _Counts) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # some programs write a size that is smaller than the sheet
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None for cell in row):
            counts.add(row)
            yield number, row


def _names(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)


def _records(
    rows: list[tuple[int, tuple[Any, ...]]], path: Path, sheet: str, given: Mapping[str, str] | None
) -> Iterator[Item]:
    from openpyxl.utils.escape import unescape

    names = _names(rows[0][1])
    labelled = [
        (f"{sheet}{number}", [unescape(cell) if isinstance(cell, str) else cell for cell in row])
        for number, row in rows[1:]
    ]
    for record in row_records(names, labelled, path, given):
        if isinstance(record, Record) and len(str(record.fields.get("text") or "")) == _FULL_CELL:
            yield Note(
                f"row {record.row}: the text fills the cell ({_FULL_CELL:,} characters) and may be cut off"
            )
        yield record


READER = Reader((".xlsx", ".xlsm"), read_excel, has_columns=True, is_text=False)
