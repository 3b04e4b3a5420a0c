"""Parquet files."""

import pandas as pd
import pyarrow
import pyarrow.parquet

from analysis.ingest import read


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


def test_a_time_out_of_range_leaves_the_article_without_a_date(tmp_path):
    dates = pyarrow.array([2**62, 0], pyarrow.timestamp("ms"))
    table = pyarrow.table({"text": ["First text.", "Second text."], "date": dates})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    reading = read(tmp_path / "a.parquet")
    assert reading.articles.set_index("text")["published"].isna().to_dict() == {
        "First text.": True,
        "Second text.": False,
    }
    assert "row 1: the date cannot be read" in reading.notes[0]


def test_two_columns_of_one_name_are_read(tmp_path):
    columns = [pyarrow.array(["First text, in full.", "Second text, in full."]), pyarrow.array(["", "x"])]
    pyarrow.parquet.write_table(pyarrow.table(columns, names=["text", "text"]), tmp_path / "a.parquet")
    assert len(read(tmp_path / "a.parquet").articles) == 2
