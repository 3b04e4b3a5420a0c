"""Coding sheet as an Excel workbook with drop-down lists of the allowed answers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.spreadsheet import harmless

if TYPE_CHECKING:
    import pandas as pd

    from analysis.validation.sampling import CodingSample

_LONGEST_LIST = 250  # characters; Excel allows 255 in an inline list


def workbook_bytes(sample: CodingSample, *, sheet: str, questions: str, widths: Mapping[str, int]) -> bytes:
    """Content of the .xlsx file.

    Parameters
    ----------
    sample : CodingSample
    sheet, questions : str
        Names of the two sheets.
    widths : mapping of str to int
        Column widths in characters.

    Returns
    -------
    bytes
    """
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    _fill(page, sample.sheet, widths)
    page.freeze_panes = page.cell(row=2, column=3)
    answer_fill = PatternFill("solid", fgColor="FFF7D6")
    first = sample.sheet.shape[1] - len(sample.questions) + 1
    for place, question in enumerate(sample.questions, start=first):
        letter = page.cell(row=1, column=place).column_letter
        page.column_dimensions[letter].width = 14 if question.answers else 28
        for number in range(2, len(sample.sheet) + 2):
            page.cell(row=number, column=place).fill = answer_fill
        if question.answers:
            _drop_down(page, question.allowed, f"{letter}2:{letter}{len(sample.sheet) + 1}")
    _fill(
        book.create_sheet(questions), sample.question_table(), {"column": 24, "question": 110, "allowed": 40}
    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(page: Any, table: pd.DataFrame, widths: Mapping[str, int]) -> None:
    from openpyxl.styles import Alignment, Font

    safe = harmless(table)
    for place, name in enumerate(safe.columns, start=1):
        head = page.cell(row=1, column=place, value=name)
        head.font = Font(bold=True)
        page.column_dimensions[head.column_letter].width = widths.get(str(name), 14)
    for number, row in enumerate(safe.itertuples(index=False), start=2):
        for place, value in enumerate(row, start=1):
            if value == "":
                continue
            cell = page.cell(row=number, column=place, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _drop_down(page: Any, allowed: tuple[str, ...], cells: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = ",".join(allowed)
    if len(choices) > _LONGEST_LIST or any("," in answer or '"' in answer for answer in allowed):
        return
    validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    validation.error = "Choose one of: " + choices[:200]
    page.add_data_validation(validation)
    validation.add(cells)
