"""Coding sheets in Excel: drop-down lists where coders answer, and no formulas."""

import io

import openpyxl
import pytest

from analysis.validation.sampling import draw_sample
from analysis.validation.sheets import _WIDTHS
from analysis.validation.workbook import workbook_bytes
from tests.validation.coded_study import THEMES, coverage


@pytest.fixture(scope="module")
def sample(study):
    return draw_sample(coverage(study, per_outlet=6), "themes", n=10, themes=THEMES)


def opened(sample):
    content = workbook_bytes(sample, sheet="coding", questions="questions", widths=_WIDTHS)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_answer_cell_has_a_list_of_the_allowed_answers(sample):
    page = opened(sample)["coding"]
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {"G2:G11": '"yes,no,unclear"', "H2:H11": '"yes,no,unclear"'}


def test_the_questions_are_on_a_second_sheet(sample):
    rows = list(opened(sample)["questions"].iter_rows(values_only=True))
    assert rows[0] == ("column", "question", "allowed")
    assert [row[0] for row in rows[1:]] == THEMES and all(row[1] for row in rows[1:])


def test_a_text_that_begins_with_an_equals_sign_is_no_formula(sample):
    hostile = sample.sheet.assign(text="=1+1")
    page = opened(type(sample)(sample.task, sample.questions, hostile, sample.key))["coding"]
    cells = [page.cell(row=number, column=4) for number in range(2, 12)]
    assert {cell.value for cell in cells} == {"'=1+1"} and {cell.data_type for cell in cells} == {"s"}
