"""Workbooks: readable without joins, reproducible, and safe to open."""

import datetime
import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from analysis import load_tables
from analysis.exports import workbook as workbook_module
from analysis.exports.csv_files import write_csv_files
from analysis.exports.reading import CONTRACTS
from analysis.exports.safe import MOST_CHARACTERS
from analysis.exports.workbook import write_workbook
from analysis.schemas import TABLES
from analysis.spreadsheet import original
from tests.exports.made_up import article, made_tables

FORMULA = '=HYPERLINK("http://example.org")'


def workbook(tables):
    stream = io.BytesIO()
    notes = write_workbook(tables, stream)
    return stream.getvalue(), notes


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet(book, name):
    rows = list(book[name].iter_rows(values_only=True))
    return pd.DataFrame(rows[1:], columns=rows[0])


@pytest.fixture(scope="module")
def made(bundled):
    return workbook(bundled)


@pytest.fixture(scope="module")
def book(made):
    return opened(made[0])


def test_a_sheet_for_each_table(book, bundled):
    assert book.sheetnames[:5] == ["read me", "columns", "articles", "quotes", "mentions"]
    assert set(book.sheetnames) == {"read me", "columns", *CONTRACTS}
    for name in TABLES:
        page = book[name]
        assert page.max_row == len(getattr(bundled, name)) + 1
        assert page.freeze_panes == "A2" and page.auto_filter.ref == page.dimensions
        assert page["A1"].font.bold
        assert all(8 <= d.width <= 60 for d in page.column_dimensions.values())


def test_hits_read_without_joins(book, bundled):
    hits = sheet(book, "themes")
    texts = bundled.articles.set_index("article_id")
    for _, hit in hits.head(40).iterrows():
        row = texts.loc[hit["article_id"]]
        assert (hit["outlet"], hit["title"]) == (row["outlet"], row["title"])
        assert hit["published"] == row["published"].tz_localize(None).to_pydatetime()
        assert hit["text"].split()[0] in original(
            hit["sentence_text"]
        )  # a hit may reach into the next sentence
        assert hit["theme_label"] == bundled.study.theme_labels[hit["theme"]]
    # "israel" is a theme and an actor, with names of their own
    assert set(sheet(book, "mentions").query("actor_id == 'israel'")["actor_name"]) == {"Israel"}
    spans = sheet(book, "quote_spans").merge(bundled.articles[["article_id", "text"]], on="article_id")
    assert all(original(r.text_x) == r.text_y[r.start : r.end] for r in spans.itertuples())


def test_the_opening_sheet_says_what_is_what(book, bundled):
    told = [cell for row in book["read me"].iter_rows(values_only=True) for cell in row if cell]
    for name in CONTRACTS:
        assert name in told and CONTRACTS[name].meaning in told
    assert any("8 invented outlets" in str(line) for line in told)
    assert bundled.run["fingerprint"] in told
    columns = sheet(book, "columns")
    for name in TABLES:
        mine = columns[columns["table"] == name]
        assert list(mine["column"]) == [cell.value for cell in book[name][1]]
        assert set(TABLES[name].columns) <= set(mine["column"])
        assert mine["meaning"].str.len().gt(3).all()


def test_same_tables_same_bytes(bundled, tmp_path):
    some = bundled.select(bundled.articles["article_id"].head(5))
    content, notes = workbook(some)
    assert workbook(some) == (content, notes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened(content).properties.modified == datetime.datetime(1980, 1, 1)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_csv_files(some, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize(
    "hostile", [FORMULA, "+1", "@cmd", "\tx", "#N/A", "-2 degrees", "_x0041_", "\x00\x0b<&>\U0001f54a"]
)
def test_texts_are_texts_in_a_workbook(hostile):
    tables = made_tables([article(title=hostile, outlet=hostile, text=f"{hostile} text")])
    content, _ = workbook(tables)
    page = opened(content)["articles"]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}
    shown = original(page["B2"].value).replace("_x005F_", "_")
    assert shown == hostile.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in sheets and b"<hyperlink" not in sheets
    if hostile == "_x0041_":  # a workbook would show the letter A
        assert b"_x005F_x0041_" in sheets and b"<t>_x0041_" not in sheets


def test_long_texts_go_on_in_further_columns(tmp_path):
    text = "ab\U0001f54a" * 20_000  # 60,000 characters, 80,000 in UTF-16
    content, notes = workbook(made_tables([article("a0", text), article("a1", "short")]))
    rows = sheet(opened(content), "articles").set_index("article_id")
    parts = rows.loc["a0", ["text", "text_2", "text_3"]]
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= MOST_CHARACTERS for part in parts)
    assert rows.loc["a1", "text"] == "short" and pd.isna(rows.loc["a1", "text_2"])
    assert any("articles.text" in note and note.endswith("text_2 and following: 1") for note in notes)
    assert any(note in str(cell.value) for cell in opened(content)["read me"]["C"] for note in notes)
    assert any(
        "articles.text (1)" in note
        for note in write_csv_files(made_tables([article(text=text)]), tmp_path)[1]
    )


def test_long_tables_go_on_in_further_sheets(monkeypatch):
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 3)
    articles = [article(f"a{n}") for n in range(5)]
    content, notes = workbook(made_tables(articles))
    book = opened(content)
    ids = [sheet(book, name)["article_id"].tolist() for name in ("articles", "articles_2", "articles_3")]
    assert ids == [["a0", "a1"], ["a2", "a3"], ["a4"]]
    assert any("articles has too many rows" in note and "articles_2, articles_3" in note for note in notes)


def test_shards_are_written_one_after_another(bundled, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.dataset.layout.SHARD_SIZE", 2)
    some = bundled.select(bundled.metadata["article_id"].head(4))
    some.save(tmp_path / "some")
    (content, notes), (other, other_notes) = map(workbook, (some, load_tables(tmp_path / "some")))
    assert notes == other_notes
    books = opened(content), opened(other)
    assert books[0].sheetnames == books[1].sheetnames
    for name in CONTRACTS:
        rows = [sheet(book, name) for book in books]
        ordered = [frame.sort_values(list(frame), ignore_index=True) for frame in rows]
        pd.testing.assert_frame_equal(*ordered)


def test_days_before_excels_calendar_are_written_out():
    page = opened(workbook(made_tables([article(published="1850-01-02T00:00:00+00:00")]))[0])["articles"]
    assert page["D2"].value == "1850-01-02 00:00:00"
