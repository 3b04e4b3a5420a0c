"""Every format gives the same articles, with their texts to the last character."""

import json
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.ingest import read
from analysis.schemas import TABLES
from tests.ingest import writers
from tests.ingest.writers import WRITERS, write_delimited

FIRST = "“We won’t,” he said.\r\n\r\nNext, a line;\tand more.\n"
SECOND = " Starts with a space\nand <b>holds</b> 5 > 4 & “more”. "
ROWS = [
    ("7", "Gazette", "2022-06-29", 'The "port", again', FIRST, "A. B.", ""),
    ("x-8", "Herald", "29 June 2022", "", SECOND, "", "https://example.org/8"),
]


@pytest.mark.parametrize("name", WRITERS)
def test_columns_that_may_be_the_outlet_or_the_date_are_told(tmp_path, name, monkeypatch):
    monkeypatch.setattr(
        writers, "COLUMNS", ("doc id", "Paper", "When", "Headline", "Full Text", "Byline", "Link")
    )
    WRITERS[name](tmp_path / name, ROWS)
    told = (
        "no column is called outlet or date; not used: Paper, When (rename a column if it holds one of them)"
    )
    assert read(tmp_path / name).notes == (f"{tmp_path / name}: {told}",)


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_articles(tmp_path, name):
    WRITERS[name](tmp_path / name, ROWS)
    reading = read(tmp_path / name)
    assert reading.rejects.empty
    assert reading.notes == ()
    table = TABLES["articles"].check(reading.articles)
    assert table["article_id"].tolist() == ["7", "x-8"]
    assert table["text"].tolist() == [row[4] for row in ROWS]
    assert table["title"].tolist() == ['The "port", again', ""]
    assert table["outlet"].tolist() == ["Gazette", "Herald"]
    assert table["published"].dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2022-06-29 00:00"] * 2
    assert table["author"].fillna("").tolist() == ["A. B.", ""]
    assert table["url"].fillna("").tolist() == ["", "https://example.org/8"]
    assert table["source_file"].unique().tolist() == [str(tmp_path / name)]
    assert table["n_words"].tolist() == [9, 11]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=40).map(
    lambda text: (
        f"The port is open, and the ships are in it for the winter, as it was said there. {text} end."
    )
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=4, unique=True))
@pytest.mark.parametrize("name", WRITERS)
def test_texts_and_fingerprints_come_back_from_every_format(name, texts):
    rows = [("", "Gazette", "2022-06-29", "Title", text, "", "") for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        WRITERS["a.jsonl"](Path(folder) / "plain.jsonl", rows)
        WRITERS[name](Path(folder) / name, rows)
        expected = read(Path(folder) / "plain.jsonl").articles
        found = read(Path(folder) / name).articles
    assert sorted(found["text"]) == sorted(texts)
    pd.testing.assert_frame_equal(found.drop(columns="source_file"), expected.drop(columns="source_file"))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_csv_of_spreadsheet_programs(tmp_path, encoding):
    write_delimited(tmp_path / "a.csv", ROWS, delimiter=";", encoding=encoding)
    (tmp_path / "b.csv").write_bytes("sep=;\r\n".encode(encoding) + (tmp_path / "a.csv").read_text(encoding).encode(
        encoding.replace("utf-16", "utf-16-le").replace("-sig", "")))  # fmt: skip
    for name in ("a.csv", "b.csv"):
        assert read(tmp_path / name).articles["title"].tolist() == ['The "port", again', ""]


def test_csv_rows_are_numbered_as_in_a_spreadsheet(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'id,text,outlet\n1,"two\nlines here",A\n\n2,short\n3,too,many,cells\n4,fine words,B,\n', "utf-8"
    )
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "4"]
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [["4", "bad_row"], ["5", "bad_row"]]
    assert "the row has 2 cells, but row 1 names 3 columns" in reading.rejects["detail"][0]


def test_csv_with_quotation_marks_that_are_not_doubled(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"He said "yes" to it"\n2,"And a second one"\n', "utf-8")
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "2"]
    assert "line 2" in reading.notes[0]


def test_csv_cells_may_be_larger_than_python_allows_by_itself(tmp_path):
    path = tmp_path / "a.csv"
    write_delimited(path, [("1", "A", "", "", "word " * 60_000, "", "")])
    assert read(path).articles["n_words"].tolist() == [60_000]


def test_json_of_web_services(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '{"status": "ok", "articles": [{"source": {"id": null, "name": "Gazette"}, "author": ["A", "B"], '
        '"publishedAt": "2022-06-29T10:00:00Z", "text": null, "content": ["First part.", "Second part."]}]}',
        "utf-8",
    )
    row = read(path).articles.iloc[0]
    assert (row.outlet, row.author, row.text) == ("Gazette", "A; B", "First part.\n\nSecond part.")


@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_a_single_article(tmp_path, indent):
    (tmp_path / "a.json").write_text(json.dumps({"id": 12, "text": "One article."}, indent=indent), "utf-8")
    assert read(tmp_path / "a.json").articles["article_id"].tolist() == ["12"]


def test_bad_lines_of_json_are_refused_by_number(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Good line."}\n\n{"text": "cut off\n["no", "object"]\n{"title": "No text", "id": 5}\n'
        '{"text": "A half character \\ud83d here."}\n{"text": "A zero \\u0000 here."}\n',
        "utf-8",
    )
    reading = read(path)
    assert reading.rejects[["row", "reason"]].to_numpy().tolist() == [
        ["3", "bad_json"],
        ["4", "bad_json"],
        ["5", "no_text"],
        ["7", "binary"],
    ]
    assert reading.rejects.loc[2, ["article_id", "title"]].tolist() == ["5", "No text"]
    assert sorted(reading.articles["text"]) == ["A half character \ufffd here.", "Good line."]
    assert "row 6" in reading.notes[0]
    TABLES["rejects"].check(reading.rejects)


def test_workbooks_with_several_sheets_numbers_and_dates(tmp_path):
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"note": ["made by hand"]}).to_excel(book, sheet_name="About", index=False)
        one = pd.DataFrame(
            {"id": [1, 2], "date": [pd.Timestamp("2022-06-29"), None], "text": ["First text.", ""]}
        )
        one.to_excel(book, sheet_name="June", index=False)
        pd.DataFrame({"id": [3], "body": ["Third text."], "date": [44741]}).to_excel(
            book, sheet_name="July", index=False
        )
    reading = read(path)
    assert reading.articles["article_id"].tolist() == ["1", "3"]
    assert reading.articles["published"].dt.strftime("%Y-%m-%d").tolist() == ["2022-06-29"] * 2
    assert reading.rejects[["row", "reason", "article_id"]].to_numpy().tolist() == [["June, 3", "empty", "2"]]
    assert "'About'" in reading.notes[0]


def test_line_ends_as_excel_itself_writes_them(tmp_path):
    pd.DataFrame({"text": ["First line._x000D_\nSecond line."]}).to_excel(tmp_path / "a.xlsx", index=False)
    assert read(tmp_path / "a.xlsx").articles["text"].tolist() == ["First line.\r\nSecond line."]


def test_a_text_that_fills_an_excel_cell_is_told(tmp_path):
    pd.DataFrame({"text": ["Cut off here. " * 2340 + "Cut off"]}).to_excel(tmp_path / "a.xlsx", index=False)
    assert "row 2" in read(tmp_path / "a.xlsx").notes[0]


def test_parquet_keeps_whole_numbers_and_reads_nested_columns(tmp_path):
    table = pd.DataFrame(
        {"id": [1.0, 2.0, None], "text": ["One.", "Two.", "Three."], "author": [["A", "B"], None, []]}
    )
    table["date"] = pd.to_datetime(["2022-06-29 12:00:00.123456789", None, None])
    table.to_parquet(tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet").articles.set_index("text")
    assert found.loc["One.", "article_id"] == "1"
    assert len(found.loc["Three.", "article_id"]) == 16
    assert found.loc["One.", "author"] == "A; B"
    assert found.loc["One.", "published"].isoformat() == "2022-06-29T12:00:00.123456+00:00"


def test_a_table_of_articles_that_was_saved_is_read_again(tmp_path):
    WRITERS["a.csv"](tmp_path / "a.csv", ROWS)
    before = read(tmp_path / "a.csv").articles
    before.to_parquet(tmp_path / "articles.parquet")
    after = read(tmp_path / "articles.parquet").articles
    pd.testing.assert_frame_equal(after.drop(columns="source_file"), before.drop(columns="source_file"))
