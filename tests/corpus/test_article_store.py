"""Articles that need not fit into memory: what comes out is the same wherever they are kept."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis import files
from analysis.corpus import ArticleStore, article_store
from analysis.dataset.layout import shards_of
from analysis.errors import FramingError
from analysis.schemas import TABLES
from tests.annotators.made_up import articles

SECTIONS = {"a03": "World", "a11": "Trade"}


@pytest.fixture(params=["in memory", "on disk"])
def store(request, monkeypatch):
    monkeypatch.setattr(article_store, "IN_MEMORY", 10**9 if request.param == "in memory" else 0)
    rows = articles(20)
    first, rest = rows.iloc[12:], rows.iloc[:12]
    return ArticleStore.of([first, rest.assign(extra_section=rest["article_id"].map(SECTIONS).astype("str"))])


def test_all_articles_as_a_table(store):
    whole = TABLES["articles"].check(store.frame())
    assert whole.drop(columns="extra_section").equals(articles(20))
    assert whole.set_index("article_id")["extra_section"].dropna().to_dict() == SECTIONS
    assert store.further == ("extra_section",)


@pytest.mark.parametrize("n_shards", [1, 4, 256, 1024])
def test_each_article_is_in_its_shard(store, n_shards):
    ids = articles(20)["article_id"].to_numpy()
    number = int(shards_of(ids, n_shards)[7])
    expected = ids[shards_of(ids, n_shards) == number]
    found = store.shard(number, n_shards)
    assert found["article_id"].tolist() == expected.tolist()
    assert found["text"].tolist() == articles(20).set_index("article_id")["text"].loc[expected].tolist()


def test_some_articles_and_a_store_without_them(store):
    assert store.articles(["a11", "a02"])["article_id"].tolist() == ["a11", "a02"]
    fewer = store.without({"a11", "a02"})
    assert len(fewer) == 18
    assert not fewer.frame()["article_id"].isin(["a11", "a02"]).any()
    assert len(pd.concat(fewer.shard(number, 4) for number in range(4))) == 18


def test_families_and_a_parquet_file(store, tmp_path):
    joined = store.with_families(pd.Series("a00", index=store.metadata["article_id"]))
    joined.write_parquet(tmp_path / "all.parquet")
    found = pq.read_table(tmp_path / "all.parquet").to_pandas().sort_values("article_id", ignore_index=True)
    assert found.equals(joined.frame())
    assert set(found["family_id"]) == {"a00"}


def test_a_full_disk_is_an_error_with_a_remedy(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(article_store, "IN_MEMORY", 0)
    monkeypatch.setattr(files.tempfile, "TemporaryFile", full)
    with pytest.raises(FramingError, match=r"No space left on device.*TMPDIR"):
        ArticleStore.of([articles(2)])
