"""An Excel workbook: a sheet that says what is what, and one for each table."""

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
MOST_ROWS = 1_048_576  # of a sheet, the header included
_PART = MOST_CHARACTERS - 67  # leaves room for the mark of a text
_TIME = datetime.datetime(1980, 1, 1)
_FIRST_DAY = datetime.datetime(
    1900, 3, 1
)  # Excel's calendar has a 29 February 1900, and nothing before that year
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 300
# In a workbook, _x0041_ is read as the character 0x41; this is how the seven characters themselves are written
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRAPPED = {"sentence_text", "content", "definition", "include", "exclude", "meaning", "values", "detail"}


def workbook(tables: Tables) -> tuple[bytes, tuple[str, ...]]:
    """The workbook as the content of an .xlsx file, and notes on what was changed.

    A text longer than a cell goes on in the columns NAME_2, NAME_3, ...; a table longer than a sheet goes on in the
    sheets NAME_2, NAME_3, ...

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    bytes
    tuple of str
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
    """The table with further columns for texts that are longer than a cell."""
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
    """A text in parts that each fit a cell; none begins within a character."""
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
    """The table divided among as many sheets as it takes."""
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
                    f"texts of {name}.{column} longer than the {MOST_CHARACTERS:,} characters of a cell, which go on "
                    f"in the columns {column}_2 and following: {n:,}"
                )
        further = [title for title, _ in _sheets(name, frame)][1:]
        if further:
            yield f"the table {name} has more rows than a sheet holds and goes on in {', '.join(further)}"


def _fill(sheet: Any, cells: pd.DataFrame) -> None:
    """Write a table: header in bold and frozen, filters on, columns as wide as what is in them."""
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
    """A cell that is never a formula, a link or an error, whatever its text."""
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
    """The opening sheet."""
    from openpyxl.styles import Alignment, Font

    changes = Changes()
    head, bold, wrapped = Font(bold=True, size=14), Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 20), ("B", 14), ("C", 110)):
        sheet.column_dimensions[letter].width = width

    def line(*values: Any, font: Any = None) -> None:
        style = {"alignment": wrapped, **({"font": font} if font else {})}
        sheet.append([_cell(sheet, changes.text(v) if isinstance(v, str) else v, **style) for v in values])

    title = tables.study.codebook.title if tables.study else "Media framing"
    sheet.append([_cell(sheet, changes.text(f"{title}: what was measured"), font=head)])
    for text in (*introduction(tables), HOW_TO_READ):
        line("", "", text)
    line("")
    line("Changed or worth knowing", font=bold)
    for note in list(notes) or ["nothing was changed"]:
        line("", "", note)
    line("")
    line("sheet", "rows", "one row", font=bold)
    for table, rows, meaning in contents(frames).itertuples(index=False, name=None):
        line(table, int(rows), meaning)
    line("", "", f"The sheet '{COLUMNS}' says what stands in each column.")
    line("")
    line("Origin", font=bold)
    for key, value in origin(tables).items():
        line(key, "", value)


def _bytes(book: Any) -> bytes:
    """The workbook as bytes that do not depend on when and where it is written."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "media-framing"
    book.properties.created = book.properties.modified = _TIME
    written, made = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(entry(name), source.read(name))
    return made.getvalue()
