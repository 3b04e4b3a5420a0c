"""Parquet files."""

import pandas as pd

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
