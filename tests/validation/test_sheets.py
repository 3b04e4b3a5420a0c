"""Coding sheets out and in: nothing runs, and every bad cell is named."""

import openpyxl
import pandas as pd
import pytest

from analysis.errors import FramingError, ReadError
from analysis.validation.sampling import draw_sample
from analysis.validation.sheets import find_key, read_answers, read_grid, read_key, write_sample
from tests.validation.coded_study import THEMES, coverage


@pytest.fixture(scope="module")
def sample(study):
    corpus = coverage(study, per_outlet=10)
    titles = corpus.articles["title"].where(corpus.articles.index != 0, "=HYPERLINK(1)")
    corpus.articles["title"] = titles
    return draw_sample(corpus, "themes", n=20, themes=THEMES)


@pytest.fixture
def filled(sample):
    return sample.sheet.assign(**dict.fromkeys(THEMES, "yes"))


def save(table, path, **options):
    if path.suffix == ".xlsx":
        table.to_excel(path, index=False, sheet_name="coding")
    else:
        table.to_csv(path, index=False, **options)
    return path


def test_written_sheets_read_back(sample, tmp_path):
    paths = write_sample(sample, tmp_path, coders=["ana", "ben"])
    assert [p.name for p in paths] == [
        "coding_themes_ana.xlsx", "coding_themes_ben.xlsx", "coding_themes_questions.csv", "coding_themes_key.csv",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(read_key(paths[3]), sample.key, check_dtype=False)
    grid = read_grid(paths[0])
    assert grid.header == list(sample.sheet.columns)
    assert [cells[grid.place("title")] for _, cells in grid.rows] == sample.sheet["title"].tolist()


def test_nothing_in_a_workbook_runs_and_answers_drop_down(sample, tmp_path):
    page = openpyxl.load_workbook(write_sample(sample, tmp_path)[0])["coding"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    rules = page.data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == ["G2:G21", "H2:H21"]
    assert rules[0].formula1 == '"yes,no,unclear"'


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_filled_sheets_give_answers(sample, filled, tmp_path, name):
    filled.loc[2, "sanctions"] = " Unclear "
    answers = read_answers(save(filled, tmp_path / name), sample)
    assert answers.index.tolist() == sample.key["unit"].tolist()
    assert answers["sanctions"].iloc[2] == "unclear"
    assert answers["transport_transit"].eq("yes").all()


@pytest.mark.parametrize(
    "options", [{"sep": ";"}, {"sep": "\t"}, {"encoding": "utf-16"}, {"encoding": "utf-8-sig"}]
)
def test_as_spreadsheets_save_csv(sample, filled, tmp_path, options):
    path = save(filled, tmp_path / "a.csv", **options)
    assert read_answers(path, sample)["sanctions"].eq("yes").all()


def complaint(table, sample, tmp_path, name="a.xlsx"):
    with pytest.raises(ReadError) as caught:
        read_answers(save(table, tmp_path / name), sample)
    return str(caught.value)


def test_blank_and_unknown_answers_are_named_by_cell(sample, filled, tmp_path):
    filled.loc[3, "sanctions"] = ""
    filled.loc[5, "transport_transit"] = "maybe"
    message = complaint(filled, sample, tmp_path)
    assert "cell G5 (sanctions) is blank" in message
    assert "cell H7 (transport_transit): 'maybe' is not allowed; choose from yes, no, unclear" in message
    assert "a.xlsx" in message and "correct these cells" in message


def test_missing_repeated_and_foreign_rows(sample, filled, tmp_path):
    units = filled["code"].tolist()
    assert f"below cell B5: the row of unit '{units[4]}' is missing" in complaint(
        filled.drop(index=4), sample, tmp_path
    )
    twice = pd.concat([filled, filled.iloc[[0]]])
    assert f"cell B22: the unit '{units[0]}' occurs twice" in complaint(twice, sample, tmp_path)
    filled.loc[1, "code"] = "stranger"
    assert "cell B3: the unit 'stranger' is not in the sample" in complaint(filled, sample, tmp_path)


def test_moved_rows(sample, filled, tmp_path):
    moved = filled.iloc[[1, 0, *range(2, 20)]]
    units = filled["code"].tolist()
    message = complaint(moved, sample, tmp_path, "a.csv")
    assert f"cell B2: expected '{units[0]}', found '{units[1]}': the rows were moved" in message
    assert "sort the whole sheet by the column 'row'" in message


def test_one_column_sorted_alone(sample, filled, tmp_path):
    filled["text"] = filled["text"].where(filled.index != 7, "Another article.")
    assert "cell D9: this is not the text of unit" in complaint(filled, sample, tmp_path)


def test_many_problems_are_counted(sample, filled, tmp_path):
    filled["sanctions"] = ""
    assert "and 8 more" in complaint(filled, sample, tmp_path)


def test_lost_columns_and_files_that_are_no_sheets(sample, filled, tmp_path):
    assert "missing columns: sanctions" in complaint(filled.drop(columns="sanctions"), sample, tmp_path)
    (tmp_path / "no.xlsx").write_bytes(b"PK nonsense")
    with pytest.raises(ReadError, match="cannot read this Excel file"):
        read_answers(tmp_path / "no.xlsx", sample)
    (tmp_path / "empty.csv").write_text("\n\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"empty\.csv"):
        read_answers(tmp_path / "empty.csv", sample)
    with pytest.raises(ReadError, match="file not found"):
        read_answers(tmp_path / "nowhere.csv", sample)
    with pytest.raises(ReadError, match="not a key"):
        read_key(save(filled, tmp_path / "key.csv"))


def test_the_key_beside_a_sheet(sample, tmp_path):
    paths = write_sample(sample, tmp_path, coders=["ana"])
    assert find_key(paths[0]) == paths[-1]
    other = tmp_path / "coding_voice_key.csv"
    other.write_bytes(paths[-1].read_bytes())
    assert find_key(paths[0]) == paths[-1]
    with pytest.raises(ReadError, match="found 2 keys"):
        find_key(tmp_path / "renamed.xlsx")
    with pytest.raises(ReadError, match="found no key"):
        find_key(tmp_path / "elsewhere" / "a.xlsx")


def test_coding_is_not_written_over_and_names_are_no_paths(sample, tmp_path):
    write_sample(sample, tmp_path, coders=["ana"])
    with pytest.raises(FramingError, match="already exists"):
        write_sample(sample, tmp_path, coders=["ana"])
    with pytest.raises(FramingError, match="invalid name of a coder"):
        write_sample(sample, tmp_path, coders=["../ana"])
    with pytest.raises(FramingError, match="choose xlsx or csv"):
        write_sample(sample, tmp_path, kind="ods")


def test_columns_beyond_z_have_two_letters(sample, tmp_path):
    table = pd.DataFrame([["x"] * 30], columns=[f"c{i}" for i in range(30)])
    grid = read_grid(save(table, tmp_path / "wide.csv"))
    assert (grid.cell(2, "c25"), grid.cell(2, "c26"), grid.cell(2, "c29")) == ("Z2", "AA2", "AD2")


@pytest.fixture(scope="module")
def quotes(study):
    return draw_sample(coverage(study, per_outlet=4), "sides", n=4)


def test_what_is_no_quote_has_no_speaker_and_no_side(quotes, tmp_path):
    filled = quotes.sheet.assign(
        quote=["yes", "no", "unclear", "y"],
        speaker=["The Envoy", "", "", "unclear"],
        side=["Iran", "", "", "unattributed"],
    )
    answers = read_answers(save(filled, tmp_path / "good.xlsx"), quotes)
    assert answers["quote"].tolist() == ["yes", "no", "unclear", "yes"]
    assert answers["speaker"].tolist() == ["The Envoy", "outlet", "unclear", "unclear"]
    assert answers["side"].tolist() == ["iran", "outlet", "unclear", "unattributed"]


@pytest.mark.parametrize(
    ("quote", "speaker", "side", "message"),
    [
        ("yes", "", "iran", r"cell I2 \(speaker\) is blank"),
        ("no", "", "iran", r"cell J2 \(side\) must be blank, since 'quote' is answered 'no'"),
        ("yes", "envoy", "outlet", "'outlet' is not allowed; choose from russia"),
        ("", "", "", r"cell H2 \(quote\) is blank"),
    ],
)
def test_answers_that_contradict_each_other_are_named(quotes, tmp_path, quote, speaker, side, message):
    filled = quotes.sheet.assign(quote="yes", speaker="envoy", side="iran")
    filled.loc[0, ["quote", "speaker", "side"]] = quote, speaker, side
    with pytest.raises(ReadError, match=message):
        read_answers(save(filled, tmp_path / "bad.xlsx"), quotes)
