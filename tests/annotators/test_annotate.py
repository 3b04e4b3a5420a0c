"""Annotating a table of articles: batches, worker processes, wrong arguments."""

import pandas as pd
import pytest

import analysis
from analysis.errors import FramingError
from analysis.schemas import TABLES

MEASURED = [name for name in TABLES if name not in ("articles", "rejects")]


def rows_of_same_articles(tables, other):
    for name in MEASURED:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(other, name))


@pytest.mark.parametrize("shard, chunk", [(4, 16), (500, 3)])
def test_tables_do_not_depend_on_workers_and_shards(shard, chunk, study, bundled, monkeypatch):
    """The bundled articles were measured by two workers."""
    monkeypatch.setattr("analysis.dataset.layout.SHARD_SIZE", shard)
    monkeypatch.setattr("analysis.annotators.shard.CHUNK", chunk)
    articles = bundled.articles.sort_values("n_words", ignore_index=True).iloc[:8]
    tables = analysis.annotate(articles, study, progress=False)
    rows_of_same_articles(tables, bundled.select(articles["article_id"]))


def test_articles_that_cannot_be_measured_are_rejects(study, bundled):
    articles = bundled.articles.iloc[:2].assign(text=["", "..."])
    tables = analysis.annotate(articles, study, progress=False)
    assert not len(tables.articles)
    assert tables.rejects["reason"].tolist() == ["empty", "empty"]


def test_rejects_name_the_row_of_articles_that_were_read(study, tmp_path):
    """As on the command line, also after the table was changed."""
    russian = "Паром снова идёт на север, сообщил порт в пятницу; цены весной немного вырастут."
    path = tmp_path / "a.csv"
    path.write_text(f'text\n\n"{russian}"\n', "utf-8")
    articles = analysis.read_articles(path)
    tables = analysis.annotate(articles.assign(title="Паром").copy(), study, progress=False)
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [["3", "language"]]


def test_wrong_arguments_are_named(study, bundled):
    with pytest.raises(FramingError, match="articles"):
        analysis.annotate("articles.jsonl", study)
    with pytest.raises(FramingError, match="study"):
        analysis.annotate(bundled.articles, "data")
