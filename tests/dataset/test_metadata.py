"""Articles without their texts, and the index by which queries find their rows."""

import pandas as pd

from analysis.dataset.metadata import article_index, metadata
from analysis.dataset.storage import InMemory


def test_articles_without_texts_are_sorted():
    rows = pd.DataFrame({"article_id": ["b", "a"], "text": "words", "n_words": [2, 1]})
    found = metadata(InMemory(rows))
    assert found.to_dict("list") == {"article_id": ["a", "b"], "n_words": [1, 2]}


def test_each_article_is_in_one_shard_of_the_index(in_shards):
    articles = in_shards.data("articles")
    index = article_index(articles)
    parts = [index.of_shards([number]).to_pandas() for number in articles.shards]
    for (_, rows), part in zip(articles.by_shard(), parts, strict=True):
        assert sorted(part["article_id"]) == sorted(rows["article_id"])
        assert index.ids[part["place"]].tolist() == part["article_id"].tolist()
    assert sum(map(len, parts)) == len(index.ids)


def test_an_index_of_some_articles_keeps_their_places():
    index = article_index(InMemory(pd.DataFrame({"article_id": ["c", "a", "b"]})))
    assert index.only(pd.Series(["c", "a"])).of_shards(None).to_pydict() == {
        "article_id": ["c", "a"],
        "place": [2, 0],
    }
