"""From a sample to its validation, through the command line."""

import dataclasses
import json
import shutil

import pandas as pd
import pytest

from analysis.report import write_report
from analysis.report.validated import cautions
from analysis.spreadsheet import harmless
from analysis.tables import load_tables
from analysis.validation.results import load_summaries
from analysis.validation.sheets import read_key
from tests.cli.conftest import framing

THEME = "sanctions"


@pytest.fixture
def results(bundled_results, tmp_path):
    return shutil.copytree(bundled_results, tmp_path / "results")


@pytest.fixture(scope="module")
def sheets_of(bundled, bundled_results, tmp_path_factory):
    """Put a sample and its two filled-in sheets into a results folder; return a function that does it.

    The sheets say what the toolkit would, the first `wrong` rows the other way round. The sample is drawn once.
    """
    source = shutil.copytree(bundled_results, tmp_path_factory.mktemp("sampled") / "results")
    made = framing("sample", source, "--n", 40, "--theme", THEME, "--kind", "csv")
    assert made.exit_code == 0, made.stderr
    found = set(bundled.themes.query("theme == @THEME")["article_id"])
    units = read_key(source / "coding" / "coding_themes_key.csv")["unit"]

    def coded(results, *, wrong=0):
        folder = shutil.copytree(source / "coding", results / "coding")
        answers = ["yes" if (unit in found) != (place < wrong) else "no" for place, unit in enumerate(units)]
        sheets = [folder / f"coding_themes_coder{number}.csv" for number in (1, 2)]
        for sheet in sheets:
            table = pd.read_csv(sheet, dtype="str", keep_default_na=False)
            table.assign(**{THEME: answers}).to_csv(sheet, index=False)
        return sheets

    return coded


def test_sample_then_validate_saves_into_the_results(results, sheets_of, tmp_path):
    sheets = sheets_of(results, wrong=4)
    made = framing("validate", results, *sheets, "--out", tmp_path / "copy")
    assert made.exit_code == 0, made.stderr
    summary = load_summaries(results, load_tables(results))["themes"]
    accuracy = summary["scores"].query("measure == 'accuracy'").iloc[0]
    assert accuracy["n"] == 40 and 0.8 < accuracy["estimate"] < 1
    assert summary["agreement"].query("measure == 'krippendorff'")["estimate"].iloc[0] == 1
    assert (tmp_path / "copy" / "validation_themes_means.csv").is_file()


def test_a_validation_of_another_run_does_not_count(results, sheets_of):
    assert framing("validate", results, *sheets_of(results)).exit_code == 0
    tables = load_tables(results)
    assert load_summaries(results, tables)
    assert not load_summaries(results, dataclasses.replace(tables, run={"codebook": "another"}))
    (results / "validation" / "validation_themes.json").write_text(json.dumps([]), encoding="utf-8")
    assert not load_summaries(results, tables)


def test_cells_made_harmless_come_back_as_they_were(results, sheets_of):
    assert framing("validate", results, *sheets_of(results)).exit_code == 0
    path = results / "validation" / "validation_themes_scores.csv"
    harmless(pd.read_csv(path).assign(note="-> few")).to_csv(path, index=False)
    assert "'-> few" in path.read_text(encoding="utf-8")
    assert set(load_summaries(results, load_tables(results))["themes"]["scores"]["note"]) == {"-> few"}


def test_errors_name_file_and_cell(results, sheets_of):
    sheets = sheets_of(results)
    table = pd.read_csv(sheets[1], dtype="str", keep_default_na=False)
    table.loc[3, THEME] = "maybe"
    table.to_csv(sheets[1], index=False)
    made = framing("validate", results, *sheets)
    assert made.exit_code == 2
    assert "coding_themes_coder2.csv" in made.stderr and "cell G5" in made.stderr and "maybe" in made.stderr
    assert not (results / "validation").exists()


def test_coding_is_not_written_over(results, sheets_of):
    sheets_of(results)
    made = framing("sample", results, "--n", 40, "--theme", THEME, "--kind", "csv")
    assert made.exit_code == 2 and "already exists" in made.stderr


def test_the_page_shows_the_measured_values_in_place_of_the_stamp(results, sheets_of, tmp_path):
    assert framing("validate", results, *sheets_of(results, wrong=4)).exit_code == 0
    tables = load_tables(results)
    page = write_report(
        tables.select(tables.metadata["article_id"].head(4)),
        tmp_path,
        summaries=load_summaries(results, tables),
        drawn=[],
    ).read_text(encoding="utf-8")
    # findings of other measures still say so of themselves
    assert "<strong>Not validated on this corpus.</strong>" not in page
    assert "Compared with hand coding on this corpus: themes." in page
    for name in ("precision", "recall", "F1", "Krippendorff&#39;s alpha", "n coded"):
        assert f">{name}<" in page


def test_the_terminal_shows_agreement_and_f1(results, sheets_of):
    made = framing("validate", results, *sheets_of(results, wrong=4))
    lines = made.stderr.splitlines()
    assert lines[0].split()[0] == "Question"
    assert any(line.startswith(THEME) and "Krippendorff's alpha  1.00" in line for line in lines)
    assert any(line.startswith(THEME) and "  F1  " in line for line in lines)


def test_the_terminal_ends_with_measured_and_corrected_estimates(results, sheets_of):
    lines = framing("validate", results, *sheets_of(results, wrong=4)).stderr.splitlines()
    first = next(place for place, line in enumerate(lines) if "Corrected (DSL)" in line)
    assert lines[first + 1].startswith(f"{THEME}  share yes") and lines[first + 1].count("[") == 2
    assert any("validation_themes_means.csv" in line for line in lines[first:])


def test_a_random_coding_is_not_called_validated(results, sheets_of):
    sheets = sheets_of(results)
    filled = pd.read_csv(sheets[1], dtype="str", keep_default_na=False)
    filled.assign(**{THEME: ["yes", "no"] * 20}).to_csv(sheets[1], index=False)
    made = framing("validate", results, *sheets)
    assert "the coders do not agree well enough (alpha below 0.667) on sanctions" in made.stderr
    warnings = cautions(load_summaries(results, load_tables(results)))  # the page prints them
    assert any("the coders do not agree well enough" in warning for warning in warnings)


def test_one_coder_alone_is_told_so(results, sheets_of):
    made = framing("validate", results, sheets_of(results)[0])
    assert "one person coded" in made.stderr


def test_excel_sheets_from_sample_to_validation(results):
    import openpyxl

    assert framing("sample", results, "--n", 30, "--theme", THEME).exit_code == 0
    folder = results / "coding"
    found = set(load_tables(results).themes.query("theme == @THEME")["article_id"])
    units = read_key(folder / "coding_themes_key.csv")["unit"]
    sheets = [folder / f"coding_themes_coder{number}.xlsx" for number in (1, 2)]
    for sheet, forms in zip(sheets, ((1, 0), (True, False)), strict=True):
        book = openpyxl.load_workbook(sheet)
        page = book.active
        column = [cell.value for cell in page[1]].index(THEME) + 1
        for row, unit in enumerate(units, start=2):
            page.cell(row, column, forms[0] if unit in found else forms[1])
            assert not str(page.cell(row, 4).value).startswith(("=", "+", "-", "@"))
        book.save(sheet)
    made = framing("validate", results, *sheets)
    assert made.exit_code == 0, made.stderr
    scores = load_summaries(results, load_tables(results))["themes"]["scores"]
    assert scores.query("measure == 'accuracy'")["estimate"].iloc[0] == 1
