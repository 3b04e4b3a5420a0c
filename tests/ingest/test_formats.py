"""Every format gives the same articles, with their texts to the last character."""

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.ingest import read
from analysis.schemas import TABLES
from tests.ingest import writers
from tests.ingest.writers import WRITERS

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
        "no column is called outlet or date; not used: Paper, When (if one of them holds it, "
        "name it: --column outlet=NAME, or columns={'outlet': NAME} in a script)"
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


@pytest.mark.parametrize("name", ["articles.parquet", "articles.jsonl"])
def test_a_table_of_articles_that_was_saved_is_read_again(tmp_path, name):
    WRITERS["a.csv"](tmp_path / "a.csv", ROWS)
    before = read(tmp_path / "a.csv").articles
    if name.endswith("parquet"):
        before.to_parquet(tmp_path / name)
    else:
        before.to_json(tmp_path / name, orient="records", lines=True, date_format="iso")
    after = read(tmp_path / name).articles
    pd.testing.assert_frame_equal(after.drop(columns="source_file"), before.drop(columns="source_file"))
