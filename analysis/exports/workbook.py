"""Export as an Excel workbook: an introductory sheet, and a sheet for each table."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from analysis.exports.archive import entry
from analysis.exports.dictionary import HOW_TO_READ, contents, data_dictionary, introduction, origin
from analysis.exports.reading import readable
from analysis.exports.safe import MOST_CHARACTERS, Changes, long_texts, safe_cells

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

READ_ME, COLUMNS = "read me", "columns"
MOST_ROWS = 1_048_576  # of a sheet, including the header
_PART = MOST_CHARACTERS - 67  # leaves room for the mark of a text cell
_LARGE = 1_000_000_000  # bytes from which a file in the archive is written with 64-bit sizes
_TIME = datetime.datetime(1980, 1, 1)
_FIRST_DAY = datetime.datetime(
    1900, 3, 1
)  # Excel's calendar has a 29 February 1900, and nothing before that year
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 300
# Excel reads _x0041_ as the character 0x41, so a literal one must be escaped
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRAPPED = {"sentence_text", "content", "definition", "include", "exclude", "meaning", "values", "detail"}


def write_workbook(tables: Tables, stream: IO[bytes]) -> tuple[str, ...]:
    """Write a workbook, shard by shard.

    Texts that are too long for a cell continue in the columns NAME_2, NAME_3, and so on. Tables that are too long
    for a sheet continue in the sheets NAME_2, NAME_3, and so on.

    Parameters
    ----------
    tables : Tables
    stream : binary file
        Can be sought in.

    Returns
    -------
    tuple of str
        Notes on what was changed.
    """
    import openpyxl

    outlines = _outlines(tables)
    book = openpyxl.Workbook(write_only=True)
    first = book.create_sheet(READ_ME)
    dictionary = data_dictionary({name: outline.head for name, outline in outlines.items()})
    _Sheets(book, COLUMNS, _Outline.of(dictionary)).append(safe_cells(dictionary, Changes()))
    sheets = {name: _Sheets(book, name, outline) for name, outline in outlines.items()}
    changes = Changes()
    for number, part in enumerate(tables.shards()):
        for name, frame in readable(part, every=not number).items():
            sheets[name].append(safe_cells(_divided(frame, outlines[name].n_parts), changes))
    notes = (*changes.notes(), *_continued(outlines, sheets))
    _read_me(first, tables, {name: outline.n_rows for name, outline in outlines.items()}, notes)
    _save(book, stream)
    return notes


@dataclass
class _Outline:
    """What must be known of a table before its first row is written.

    Attributes
    ----------
    head : pandas.DataFrame
        The first rows.
    n_rows : int
    n_parts : dict of str to int
        Number of cells into which the longest text of a column is divided, for columns where it is above 1.
    n_divided : dict of str to int
        Number of texts that are divided, for these columns.
    """

    head: pd.DataFrame
    n_rows: int = 0
    n_parts: dict[str, int] = field(default_factory=dict)
    n_divided: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, frame: pd.DataFrame) -> _Outline:
        outline = cls(frame.iloc[:0])
        outline.add(frame)
        return outline

    def add(self, frame: pd.DataFrame) -> None:
        """Look at further rows."""
        import pandas as pd

        missing = _LOOKED_AT - len(self.head)
        if missing > 0:
            self.head = pd.concat([self.head, frame.iloc[:missing]]) if len(self.head) else frame[:missing]
        self.n_rows += len(frame)
        for name in map(str, frame):
            n_parts = [len(_parts(text)) for text in long_texts(frame[name])]
            if n_parts:
                self.n_parts[name] = max(*n_parts, self.n_parts.get(name, 1))
                self.n_divided[name] += len(n_parts)


def _outlines(tables: Tables) -> dict[str, _Outline]:
    found: dict[str, _Outline] = {}
    for part in tables.shards():
        for name, frame in readable(part, every=not found).items():
            if name in found:
                found[name].add(frame)
            else:
                found[name] = _Outline.of(frame)
    return found


def _divided(frame: pd.DataFrame, n_parts: Mapping[str, int]) -> pd.DataFrame:
    """Split the texts of some columns into several columns."""
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in map(str, frame):
        columns[name] = frame[name]
        if name in n_parts:
            parts = [_parts(text) if isinstance(text, str) else [text] for text in frame[name]]
            for number in range(n_parts[name]):
                title = f"{name}_{number + 1}" if number else name
                columns[title] = [part[number] if number < len(part) else None for part in parts]
    return pd.DataFrame(columns, index=frame.index)


def _parts(text: str) -> list[str]:
    """Split a text into parts that fit a cell, never within a character."""
    data = text.encode("utf-16-le", "surrogatepass")
    parts: list[str] = []
    start = 0
    while start < len(data) or not parts:
        end = min(start + 2 * _PART, len(data))
        if end < len(data) and 0xDC <= data[end + 1] <= 0xDF:  # second half of a pair
            end -= 2
        parts.append(data[start:end].decode("utf-16-le", "surrogatepass"))
        start = end
    return parts


class _Sheets:
    """The sheets of a table, with a frozen bold header, filters and fitted column widths."""

    def __init__(self, book: Any, name: str, outline: _Outline) -> None:
        from openpyxl.styles import Alignment

        head = safe_cells(_divided(outline.head, outline.n_parts), Changes())
        top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
        self._room = MOST_ROWS - 1
        n_rows = [
            min(self._room, outline.n_rows - first) for first in range(0, max(1, outline.n_rows), self._room)
        ]
        self.titles = [f"{name}_{number}" if number > 1 else name for number in range(1, len(n_rows) + 1)]
        self._sheets = [
            _begun(book.create_sheet(title), head, n) for title, n in zip(self.titles, n_rows, strict=True)
        ]
        styles = [_style(self._sheets[0], alignment=alignment) for alignment in (top, wrapped)]
        self._styles = [styles[column in _WRAPPED] for column in head]
        self._n_rows = 0

    def append(self, cells: pd.DataFrame) -> None:
        """Write further rows."""
        for row in cells.itertuples(index=False, name=None):
            sheet = self._sheets[self._n_rows // self._room]
            sheet.append(
                [
                    None if value is None else _cell(sheet, value, style)
                    for value, style in zip(row, self._styles, strict=True)
                ]
            )
            self._n_rows += 1


def _begun(sheet: Any, head: pd.DataFrame, n_rows: int) -> Any:
    """Write the header of a sheet."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, name in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(str(name), head[name])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(head.shape[1])}{n_rows + 1}"
    style = _style(sheet, font=Font(bold=True), fill=PatternFill("solid", fgColor="E8E8E8"))
    sheet.append([_cell(sheet, name, style) for name in head])
    return sheet


def _continued(outlines: Mapping[str, _Outline], sheets: Mapping[str, _Sheets]) -> Iterator[str]:
    for name, outline in outlines.items():
        for column, n in outline.n_divided.items():
            yield (
                f"texts of {name}.{column} longer than {MOST_CHARACTERS:,} characters, continued in the columns "
                f"{column}_2 and following: {n:,}"
            )
        further = sheets[name].titles[1:]
        if further:
            yield f"the table {name} has too many rows for a sheet and continues in {', '.join(further)}"


def _width(name: str, column: pd.Series) -> int:
    if name in _WRAPPED:
        return _WIDEST
    longest = max((len(_shown(value)) for value in column.iloc[:_LOOKED_AT]), default=0)
    return min(max(len(name) + 4, longest + 1, _NARROWEST), _WIDEST)  # 4: the arrow of the filter


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _style(sheet: Any, **settings: Any) -> Any:
    """The style of many cells, made once: openpyxl compares every setting with all settings of the workbook."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    for name, setting in settings.items():
        setattr(cell, name, setting)
    return cell._style


def _cell(sheet: Any, value: Any, style: Any) -> Any:
    """A cell that is never a formula, link or error."""
    from openpyxl.cell import WriteOnlyCell

    early = isinstance(value, datetime.datetime) and value < _FIRST_DAY
    if isinstance(value, str) or early:
        cell = WriteOnlyCell(sheet)
        cell._value, cell.data_type = _ESCAPE.sub("_x005F_", str(value)), "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    as_date = cell._style  # the number format that openpyxl gave a date
    cell._style = copy(style)
    if as_date:
        cell._style.numFmtId = as_date.numFmtId
    return cell


def _read_me(sheet: Any, tables: Tables, sizes: Mapping[str, int], notes: Iterable[str]) -> None:
    """The introductory sheet."""
    from openpyxl.styles import Alignment, Font

    changes = Changes()
    wrapped = Alignment(wrap_text=True, vertical="top")
    head, plain = _style(sheet, font=Font(bold=True, size=14)), _style(sheet, alignment=wrapped)
    bold = _style(sheet, alignment=wrapped, font=Font(bold=True))
    for letter, width in (("A", 20), ("B", 14), ("C", 110)):
        sheet.column_dimensions[letter].width = width

    def line(*values: Any, style: Any = plain) -> None:
        sheet.append([_cell(sheet, changes.text(v) if isinstance(v, str) else v, style) for v in values])

    title = tables.study.codebook.title if tables.study else "Media framing"
    sheet.append([_cell(sheet, changes.text(f"{title}: results"), head)])
    for text in (*introduction(tables), HOW_TO_READ):
        line("", "", text)
    line("")
    line("Changes and notes", style=bold)
    for note in list(notes) or ["none"]:
        line("", "", note)
    line("")
    line("sheet", "rows", "one row", style=bold)
    for table, rows, meaning in contents(sizes).itertuples(index=False, name=None):
        line(table, int(rows), meaning)
    line("", "", f"The sheet '{COLUMNS}' documents each column.")
    line("")
    line("Origin", style=bold)
    for key, value in origin(tables).items():
        line(key, "", value)


def _save(book: Any, stream: IO[bytes]) -> None:
    """Write the workbook as reproducible bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "media-framing"
    book.properties.created = book.properties.modified = _TIME
    with tempfile.TemporaryFile() as written:
        ExcelWriter(book, zipfile.ZipFile(written, "w", allowZip64=True)).save()
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w") as target:
            for name in source.namelist():
                size = source.getinfo(name).file_size
                with (
                    source.open(name) as content,
                    target.open(entry(name), "w", force_zip64=size > _LARGE) as copy,
                ):
                    shutil.copyfileobj(content, copy)
