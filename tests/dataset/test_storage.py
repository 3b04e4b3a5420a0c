"""A table is the same in memory and on disk."""

import copy
import pickle

import pandas as pd
import pytest

from analysis import load_tables
from analysis.compare.measures.rates import theme_rates
from analysis.dataset import storage


@pytest.fixture(scope="module")
def tables(bundled_results):
    return load_tables(bundled_results)


def test_columns_are_read_alone_and_in_the_order_asked_for(tables, bundled):
    columns = ["voice", "article_id", "theme"]
    found = tables.data("themes").frame(columns)
    pd.testing.assert_frame_equal(found, bundled.themes[columns])


def test_chosen_articles_are_found_in_every_table(tables, bundled):
    wanted = pd.Index(bundled.articles["article_id"].iloc[[3, 40]])
    for name in ("articles", "quotes", "quote_spans", "tones"):
        found = tables.data(name).select(wanted).frame()
        expected = getattr(bundled.select(wanted), name)
        pd.testing.assert_frame_equal(found, expected)
        assert len(tables.data(name).select(wanted)) == len(expected)


def test_added_columns_are_those_of_the_article(tables):
    titles = tables.articles.set_index("article_id")["title"]
    for data in (tables.data("articles"), storage.InMemory(tables.articles)):
        longer = data.with_columns(titles.str.upper().to_frame("loud"))
        assert "loud" in longer.columns
        rows = longer.frame(["article_id", "title", "loud"])
        assert rows["loud"].tolist() == rows["title"].str.upper().tolist()


def test_a_shard_at_a_time_gives_all_rows(tables, bundled):
    found = pd.concat(rows for _, rows in tables.data("mentions").by_shard())
    assert len(found) == len(bundled.mentions)


def test_a_large_table_warns_with_its_size(tables, monkeypatch):
    monkeypatch.setattr(storage, "LARGE", 1000)
    with pytest.warns(UserWarning, match=r"'themes' takes about 0\.\d GB.*tables\.sql"):
        tables.data("themes").frame()


def test_a_result_is_made_once():
    data = storage.InMemory(pd.DataFrame())
    made = []
    for _ in range(2):
        data.once("key", lambda: made.append(1))
    assert made == [1]


def test_counts_are_kept_up_to_a_size(monkeypatch):
    rows = pd.DataFrame({"n": range(100), "text": "words"})
    monkeypatch.setattr(storage, "KEPT", 2 * storage._n_bytes(rows))
    recent, made = storage.Recent(), []
    for key in ("one", "two", "one", "three", "one", "two"):
        assert recent.once(key, lambda key=key: made.append(key) or rows) is rows
    assert made == ["one", "two", "three", "two"], "the one asked for longest ago is made again"


def test_counts_without_texts_are_put_aside_and_come_back(monkeypatch):
    rows = pd.DataFrame(
        {"n": range(3), "voice": pd.Categorical(["b", None, "a"]), "negated": [True, False, True]}
    )
    monkeypatch.setattr(storage, "KEPT", 1)
    recent = storage.Recent()
    for key in ("one", "two"):
        recent.once(key, rows.copy)
    folder = recent._folder
    pd.testing.assert_frame_equal(recent.once("one", lambda: None), rows)
    del recent
    assert not folder.exists()


def test_tables_whose_counts_are_kept_can_be_copied_and_sent_to_other_processes(tables):
    rates = theme_rates(tables)
    pd.testing.assert_frame_equal(theme_rates(copy.deepcopy(tables)), rates)
    assert pickle.dumps(tables)


def test_the_article_of_a_quote():
    assert storage.article_of("a-q1-q0012") == "a-q1"
