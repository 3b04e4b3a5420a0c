"""Words put back into published results, on the command line."""

import pandas as pd
from pandas.testing import assert_frame_equal

from analysis.tables import load_tables
from tests.cli.conftest import framing


def test_published_results_get_their_words_back(bundled, tmp_path):
    some = bundled.select(bundled.articles["article_id"].head(4))
    some.save(tmp_path / "results")
    made = framing("export", tmp_path / "results", "--to", "standoff")
    assert made.exit_code == 0 and "add to README.md how the articles were chosen" in made.stderr
    public = tmp_path / "results" / "export" / "standoff"
    some.articles.head(3)[["outlet", "title", "text"]].to_json(
        tmp_path / "mine.jsonl", orient="records", lines=True
    )
    made = framing("join", public, tmp_path / "mine.jsonl", "--out", tmp_path / "joined")
    assert made.exit_code == 1  # an article is missing
    assert "3 of 4 articles were found in 3." in made.stderr
    joined = load_tables(tmp_path / "joined")
    ids = some.articles["article_id"].head(3)
    assert_frame_equal(
        joined.quotes.drop(columns="speaker_name"),
        some.select(ids).quotes.drop(columns="speaker_name"),
    )
    report = pd.read_csv(tmp_path / "joined" / "join.csv")
    assert report["match"].tolist() == ["same text"] * 3 + ["missing"]
    again = framing("join", public, tmp_path / "mine.jsonl", "--out", tmp_path / "joined")
    assert again.exit_code == 2 and "already exists" in again.stderr
