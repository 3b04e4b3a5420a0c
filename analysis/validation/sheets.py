"""Coding sheets on disk: written as Excel or CSV, and checked cell by cell when read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analysis.errors import FramingError, ReadError
from analysis.files import make_folder, write_file
from analysis.spreadsheet import harmless, original
from analysis.validation.sampling import KEY_COLUMNS, CodingSample
from analysis.validation.tasks import NO, UNCLEAR, YES, Question

if TYPE_CHECKING:
    import pandas as pd

SHEET, QUESTIONS = "coding", "questions"
SHOWN_PROBLEMS = 12
_WIDTHS = {"row": 6, "code": 14, "title": 30, "text": 90, "article": 60, "question": 28, "allowed": 24}


def write_sample(
    sample: CodingSample,
    folder: str | Path,
    *,
    coders: Sequence[str] = ("coder1", "coder2"),
    kind: Literal["xlsx", "csv"] = "xlsx",
) -> list[Path]:
    """Write one coding sheet per coder, the questions, and the key.

    Parameters
    ----------
    sample : CodingSample
    folder : path
        Created if missing.
    coders : sequence of str
        Names for the files: letters, digits, - and _.
    kind : {'xlsx', 'csv'}
        Excel sheets have drop-down lists of the answers, and the questions on a second sheet.

    Returns
    -------
    list of pathlib.Path
        `coding_TASK_CODER.xlsx` (or .csv) for each coder, `coding_TASK_questions.csv`, `coding_TASK_key.csv`. Do not
        give the key to the coders.

    Raises
    ------
    FramingError
        If a name cannot be part of a file name, a file exists already, or the folder cannot be written.
    """
    if kind not in ("xlsx", "csv"):
        raise FramingError(f"unknown kind of coding sheet '{kind}'", remedy="choose xlsx or csv")
    for coder in coders:
        if not re.fullmatch(r"[\w-]{1,40}", coder) or coder in ("key", "questions"):
            raise FramingError(f"invalid name of a coder '{coder}'", remedy="use letters, digits, - and _")
    folder = make_folder(folder)
    files = {f"coding_{sample.task}_{coder}.{kind}": _sheet_bytes(sample, kind) for coder in coders}
    files[f"coding_{sample.task}_questions.csv"] = _csv_bytes(sample.question_table())
    files[f"coding_{sample.task}_key.csv"] = _csv_bytes(sample.key)
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise FramingError(
            f"already exists: {', '.join(taken)}",
            path=folder,
            remedy="choose another folder, so that no coding is overwritten",
        )
    for name, content in files.items():
        write_file(folder / name, content)
    return [folder / name for name in files]


def read_key(path: str | Path) -> pd.DataFrame:
    """Read the key of a sample.

    Parameters
    ----------
    path : path
        `coding_TASK_key.csv`, as written by `write_sample`.

    Returns
    -------
    pandas.DataFrame
        See `analysis.validation.sampling.CodingSample`.

    Raises
    ------
    ReadError
        If the file cannot be read or is not a key.
    """
    import pandas as pd

    grid = read_grid(path)
    if tuple(grid.header) != KEY_COLUMNS or not grid.rows:
        raise ReadError(f"not a key: it must have rows and the columns {', '.join(KEY_COLUMNS)}", path=path)
    key = pd.DataFrame([cells for _, cells in grid.rows], columns=list(KEY_COLUMNS), dtype="str")
    try:
        return key.astype({"row": "int64", "sampling_probability": "float64"})
    except ValueError as error:
        raise ReadError(f"not a key: {error}", path=path) from None


def find_key(sheet: str | Path) -> Path:
    """Find the key in the folder of a coding sheet.

    Parameters
    ----------
    sheet : path

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ReadError
        If there is no key, or several and none fits the name of the sheet.
    """
    sheet = Path(sheet)
    keys = sorted(sheet.parent.glob("coding_*_key.csv"))
    own = [key for key in keys if sheet.name.startswith(key.name.removesuffix("key.csv"))]
    found = own if len(own) == 1 else keys
    if len(found) != 1:
        what = "no key" if not found else f"{len(found)} keys"
        raise ReadError(
            f"found {what} in the folder of this sheet",
            path=sheet,
            remedy="pass coding_TASK_key.csv with --key",
        )
    return found[0]


def read_answers(path: str | Path, sample: CodingSample) -> pd.DataFrame:
    """Read the answers of one coder and check them against the sample.

    Parameters
    ----------
    path : path
        A completed sheet: Excel, or CSV with any delimiter.
    sample : CodingSample
        The sample that the sheet was made from; see `analysis.validation.sampling.build_sample`.

    Returns
    -------
    pandas.DataFrame
        Indexed by unit in the order of the sample, with one column per question. Case is ignored; 1, y and true count
        as yes, 0, n and false as no. A cell that is blank because the first question is answered 'no' has the answer
        `Question.if_no`, and 'unclear' if the first answer is 'unclear'.

    Raises
    ------
    ReadError
        If the file cannot be read, or has blank cells, unknown answers, or missing, unknown, repeated or moved rows.
        The message names the cells.
    """
    import pandas as pd

    grid = read_grid(path)
    names = [question.name for question in sample.questions]
    missing = [name for name in ("code", "text", *names) if name not in grid.header]
    if missing:
        raise ReadError(
            f"missing columns: {', '.join(missing)}", path=path, remedy="restore row 1 of the sheet"
        )
    problems = list(_row_problems(grid, sample)) or list(_answer_problems(grid, sample))
    if problems:
        shown = "; ".join(problems[:SHOWN_PROBLEMS])
        more = f"; and {len(problems) - SHOWN_PROBLEMS} more" if len(problems) > SHOWN_PROBLEMS else ""
        raise ReadError(f"{shown}{more}", path=path, remedy="correct these cells and save the sheet")
    rows = [
        [_answer(question, cells[grid.place(question.name)], first) for question in sample.questions]
        for cells, first in zip((cells for _, cells in grid.rows), _first_answers(grid, sample), strict=True)
    ]
    return pd.DataFrame(rows, columns=names, index=pd.Index(sample.key["unit"], name="unit"), dtype="str")


@dataclass(frozen=True)
class Grid:
    """A sheet as text: column names, and rows with their number in the file."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def place(self, name: str) -> int:
        """The position of a column."""
        return self.header.index(name)

    def cell(self, number: int, name: str) -> str:
        """Name of a cell, such as F12."""
        letters, left = "", self.place(name) + 1
        while left:
            left, rest = divmod(left - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{number}"


def read_grid(path: str | Path) -> Grid:
    """Read the first sheet of an Excel file, or a CSV file, without empty rows.

    Parameters
    ----------
    path : path

    Returns
    -------
    Grid

    Raises
    ------
    ReadError
        If the file is missing, empty, or not a table.
    """
    path = Path(path)
    if not path.is_file():
        raise ReadError("file not found", path=path)
    table = _excel_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    rows = [(number, cells) for number, cells in enumerate(table, start=1) if any(c.strip() for c in cells)]
    if not rows:
        raise ReadError("the sheet is empty", path=path)
    header = [cell.strip() for cell in rows[0][1]]
    width = len(header)
    return Grid(header, [(number, [*cells, *[""] * width][:width]) for number, cells in rows[1:]])


def _excel_rows(path: Path) -> list[list[str]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        raise ReadError(f"cannot read this Excel file: {error}", path=path) from None
    with closing(book):
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _csv_rows(path: Path) -> list[list[str]]:
    from analysis.ingest.encoding import read_text

    text = read_text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    before = csv.field_size_limit(50_000_000)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_text(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise ReadError(f"cannot read this CSV file: {error}", path=path) from None
    finally:
        csv.field_size_limit(before)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(original(cell)) if isinstance(cell, str) else str(cell)


def _row_problems(grid: Grid, sample: CodingSample) -> Iterator[str]:
    expected = list(sample.sheet["code"])
    texts = dict(zip(expected, sample.sheet["text"], strict=True))
    found = [cells[grid.place("code")].strip() for _, cells in grid.rows]
    seen: set[str] = set()
    for (number, _), code in zip(grid.rows, found, strict=True):
        if code not in texts:
            yield f"cell {grid.cell(number, 'code')}: the unit '{code}' is not in the sample"
        elif code in seen:
            yield f"cell {grid.cell(number, 'code')}: the unit '{code}' occurs twice"
        seen.add(code)
    after = {code: number for (number, _), code in zip(grid.rows, found, strict=True)}
    for place, code in enumerate(expected):
        if code not in seen:
            number = after.get(expected[place - 1], 1) if place else 1
            yield f"below cell {grid.cell(number, 'code')}: the row of unit '{code}' is missing"
    if set(found) == set(expected) and len(found) == len(expected):
        for (number, cells), code, wanted in zip(grid.rows, found, expected, strict=True):
            if code != wanted:
                yield (
                    f"cell {grid.cell(number, 'code')}: expected '{wanted}', found '{code}': the rows were moved; "
                    "sort the whole sheet by the column 'row'"
                )
                return
            if _letters(cells[grid.place("text")]) != _letters(texts[code]):
                yield f"cell {grid.cell(number, 'text')}: this is not the text of unit '{code}'"


def _spelling(question: Question) -> dict[str, str]:
    """Allowed answers by their lower-case spellings; 1, y and true stand for yes if it is an answer."""
    spelt = {answer.casefold(): answer for answer in (*question.answers, UNCLEAR)}
    for answer, forms in ((YES, ("1", "1.0", "y", "true")), (NO, ("0", "0.0", "n", "false"))):
        if answer in question.answers:
            spelt |= dict.fromkeys(forms, answer)
    return spelt


def _first_answers(grid: Grid, sample: CodingSample) -> list[str]:
    """Each unit's answer to the first question; empty if it is not allowed."""
    first = sample.questions[0]
    spelt = _spelling(first)
    return [spelt.get(cells[grid.place(first.name)].strip().casefold(), "") for _, cells in grid.rows]


def _answer(question: Question, cell: str, first: str) -> str:
    """The answer in a checked cell."""
    written = cell.strip()
    if not written and question.if_no:
        return question.if_no if first == NO else UNCLEAR
    return _spelling(question).get(written.casefold(), written)


def _answer_problems(grid: Grid, sample: CodingSample) -> Iterator[str]:
    asked = sample.questions[0].name
    for (number, cells), first in zip(grid.rows, _first_answers(grid, sample), strict=True):
        for question in sample.questions:
            answer = cells[grid.place(question.name)].strip()
            cell = grid.cell(number, question.name)
            without = question.if_no and first in (NO, UNCLEAR)
            if not answer:
                if not without:
                    yield f"cell {cell} ({question.name}) is blank"
            elif without and first == NO:
                yield f"cell {cell} ({question.name}) must be blank, since '{asked}' is answered 'no'"
            elif question.answers and answer.casefold() not in _spelling(question):
                allowed = ", ".join(question.allowed)
                yield f"cell {cell} ({question.name}): '{answer[:40]}' is not allowed; choose from {allowed}"


def _letters(text: str) -> str:
    """Letters and digits only, which spreadsheet programs do not change."""
    return "".join(c for c in str(original(text)) if c.isalnum())


def _csv_bytes(table: pd.DataFrame) -> bytes:
    # Excel needs the byte order mark to recognise UTF-8
    return harmless(table).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _sheet_bytes(sample: CodingSample, kind: str) -> bytes:
    if kind == "csv":
        return _csv_bytes(sample.sheet)
    from analysis.validation.workbook import workbook_bytes

    return workbook_bytes(sample, sheet=SHEET, questions=QUESTIONS, widths=_WIDTHS)
