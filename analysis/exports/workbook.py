"""Export as an Excel workbook: an introductory sheet, and a sheet for each table."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from analysis.exports.archive import entry
from analysis.exports.dictionary import HOW_TO_READ, contents, data_dictionary, introduction, origin
from analysis.exports.reading import readable
from analysis.exports.safe import MOST_CHARACTERS, Changes, is_long, safe_cells

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

READ_ME, COLUMNS = "read me", "columns"
MOST_ROWS = 1_048_576  # of a sheet, including the header
_PART = MOST_CHARACTERS - 67  # leaves room for the mark of a text cell
_TIME = datetime.datetime(1980, 1, 1)
_FIRST_DAY = datetime.datetime(
    1900, 3, 1
)  # Excel's calendar has a 29 February 1900, and nothing before that year
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 300
# Excel reads _x0041_ as the character 0x41, so a literal one must be escaped
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRAPPED = {"sentence_text", "content", "definition", "include", "exclude", "meaning", "values", "detail"}


def workbook(tables: Tables) -> tuple[bytes, tuple[str, ...]]:
    """Make a workbook.

    Texts that are too long for a cell continue in the columns NAME_2, NAME_3, and so on. Tables that are too long
    for a sheet continue in the sheets NAME_2, NAME_3, and so on.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    bytes
        Content of the .xlsx file.
    tuple of str
        Notes on what was changed.
    """
    import openpyxl

    frames = readable(tables)
    changes = Changes()
    divided = {name: _divided(frame) for name, frame in frames.items()}
    cells = {name: safe_cells(frame, changes) for name, frame in divided.items()}
    notes = (*changes.notes(), *_continued(frames, divided))
    book = openpyxl.Workbook(write_only=True)
    _read_me(book.create_sheet(READ_ME), tables, frames, notes)
    _fill(book.create_sheet(COLUMNS), safe_cells(data_dictionary(frames), Changes()))
    for name, frame in cells.items():
        for title, rows in _sheets(name, frame):
            _fill(book.create_sheet(title), rows)
    return _bytes(book), notes


def _divided(frame: pd.DataFrame) -> pd.DataFrame:
    """Split texts that are too long for a cell into further columns."""
    columns: dict[str, Any] = {}
    for name in frame:
        column = frame[name]
        columns[str(name)] = column
        if not any(map(is_long, column)):
            continue
        parts = [_parts(text) if isinstance(text, str) else [text] for text in column]
        for number in range(max(map(len, parts))):
            title = f"{name}_{number + 1}" if number else str(name)
            columns[title] = [part[number] if number < len(part) else None for part in parts]
    import pandas as pd

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


def _sheets(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Split a table into as many sheets as needed."""
    room = MOST_ROWS - 1
    for number in range(max(1, -(-len(frame) // room))):
        title = f"{name}_{number + 1}" if number else name
        yield title, frame.iloc[number * room : (number + 1) * room]


def _continued(frames: Mapping[str, pd.DataFrame], divided: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for name, frame in divided.items():
        for column in frames[name]:
            if f"{column}_2" in frame and f"{column}_2" not in frames[name]:
                n = int(frame[f"{column}_2"].notna().sum())
                yield (
                    f"texts of {name}.{column} longer than {MOST_CHARACTERS:,} characters, continued in the columns "
                    f"{column}_2 and following: {n:,}"
                )
        further = [title for title, _ in _sheets(name, frame)][1:]
        if further:
            yield f"the table {name} has too many rows for a sheet and continues in {', '.join(further)}"


def _fill(sheet: Any, cells: pd.DataFrame) -> None:
    """Write a table with a frozen bold header, filters and fitted column widths."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    alignments = [wrapped if name in _WRAPPED else top for name in cells]
    for place, name in enumerate(cells, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(str(name), cells[name])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(cells.shape[1])}{len(cells) + 1}"
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="E8E8E8")
    sheet.append([_cell(sheet, name, font=bold, fill=fill) for name in cells])
    for row in cells.itertuples(index=False, name=None):
        sheet.append(
            [
                None if value is None else _cell(sheet, value, alignment=alignment)
                for value, alignment in zip(row, alignments, strict=True)
            ]
        )


def _width(name: str, column: pd.Series) -> int:
    if name in _WRAPPED:
        return _WIDEST
    longest = max((len(_shown(value)) for value in column.iloc[:_LOOKED_AT]), default=0)
    return min(max(len(name) + 4, longest + 1, _NARROWEST), _WIDEST)  # 4: the arrow of the filter


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _cell(sheet: Any, value: Any, **style: Any) -> Any:
    """A cell that is never a formula, link or error."""
    from openpyxl.cell import WriteOnlyCell

    early = isinstance(value, datetime.datetime) and value < _FIRST_DAY
    if isinstance(value, str) or early:
        cell = WriteOnlyCell(sheet)
        cell._value, cell.data_type = _ESCAPE.sub("_x005F_", str(value)), "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _read_me(sheet: Any, tables: Tables, frames: Mapping[str, pd.DataFrame], notes: Iterable[str]) -> None:
    """The introductory sheet."""
    from openpyxl.styles import Alignment, Font

    changes = Changes()
    head, bold, wrapped = Font(bold=True, size=14), Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 20), ("B", 14), ("C", 110)):
        sheet.column_dimensions[letter].width = width

    def line(*values: Any, font: Any = None) -> None:
        style = {"alignment": wrapped, **({"font": font} if font else {})}
        sheet.append([_cell(sheet, changes.text(v) if isinstance(v, str) else v, **style) for v in values])

    title = tables.study.codebook.title if tables.study else "Media framing"
    sheet.append([_cell(sheet, changes.text(f"{title}: results"), font=head)])
    for text in (*introduction(tables), HOW_TO_READ):
        line("", "", text)
    line("")
    line("Changes and notes", font=bold)
    for note in list(notes) or ["none"]:
        line("", "", note)
    line("")
    line("sheet", "rows", "one row", font=bold)
    sizes = {name: len(frame) for name, frame in frames.items()}
    for table, rows, meaning in contents(sizes).itertuples(index=False, name=None):
        line(table, int(rows), meaning)
    line("", "", f"The sheet '{COLUMNS}' documents each column.")
    line("")
    line("Origin", font=bold)
    for key, value in origin(tables).items():
        line(key, "", value)


def _bytes(book: Any) -> bytes:
    """The workbook as reproducible bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "media-framing"
    book.properties.created = book.properties.modified = _TIME
    written, made = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(entry(name), source.read(name))
    return made.getvalue()
