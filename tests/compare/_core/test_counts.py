"""Rows are counted per article, the same for a selection as for the whole."""

import pandas as pd
import pyarrow as pa

from analysis import load_tables
from analysis.compare._core.counts import (
    COUNT,
    count_rows,
    distinct,
    encoded,
    recoded,
    voice_words,
)
from tests.compare.made_up import tables


def counted():
    hits = [("b", "war"), ("a", "war"), ("a", "trade"), ("a", "war")]
    rows = [{"article_id": a, "theme": t, "negated": False, "voice": "outlet"} for a, t in hits]
    return tables([{"article_id": "b"}, {"article_id": "a"}, {"article_id": "c"}], themes=rows)


def test_one_row_per_article_and_value():
    found = count_rows(counted(), "themes", ["theme"])
    assert sorted(found.astype({"article_id": "str", "theme": "str"}).to_numpy().tolist()) == [
        ["a", "trade", 1],
        ["a", "war", 2],
        ["b", "war", 1],
    ]
    assert found["article_id"].cat.categories.tolist() == ["a", "b", "c"]


def test_sums_and_conditions():
    found = count_rows(counted(), "themes", [], where="theme = 'war'", sums={"twice": "2"})
    assert sorted(found[[COUNT, "twice"]].to_numpy().tolist()) == [[1, 2], [2, 4]]


def test_a_selection_on_disk_has_the_counts_of_its_articles(bundled, bundled_results):
    on_disk = load_tables(bundled_results)
    chosen = bundled.articles["article_id"].iloc[5:20]
    rows = [
        count_rows(some, "mentions", ["side", "voice"])
        .astype({"article_id": "str", "side": "str", "voice": "str"})
        .sort_values(["article_id", "side", "voice"], ignore_index=True)
        for some in (on_disk.select(chosen), bundled.select(chosen))
    ]
    assert set(rows[0]["article_id"]) <= set(chosen)
    pd.testing.assert_frame_equal(*rows, check_categorical=False, check_dtype=False)


def test_the_words_of_voices_are_those_of_the_table(bundled):
    assert int(voice_words(bundled)["n_words"].sum()) == int(bundled.tones["n_words"].sum())
    assert distinct(voice_words(bundled)["voice"]) == sorted(set(bundled.tones["voice"]))


def test_texts_are_replaced_in_categories_and_in_plain_columns():
    plain = pd.Series(["iran", None, "outlet"], dtype="str")
    for column in (plain, plain.astype("category")):
        assert recoded(column, {"iran": "quoted"}).astype("str").fillna("-").tolist() == [
            "quoted",
            "-",
            "outlet",
        ]


def test_results_of_several_shards_share_their_categories():
    parts = [
        pa.table({"article_id": [0, 1], "theme": themes}) for themes in (["war", None], ["trade", "war"])
    ]
    made = encoded(parts, pd.Index(["a", "b"]))
    assert made["theme"].astype("str").fillna("-").tolist() == ["war", "-", "trade", "war"]
    assert made["article_id"].tolist() == ["a", "b", "a", "b"]


def test_counts_of_two_tables_of_a_folder_are_kept_apart(in_shards):
    hits, mentions = (count_rows(in_shards, name, ["voice"]) for name in ("themes", "mentions"))
    assert in_shards.data("themes").recent is in_shards.data("mentions").recent
    assert (hits[COUNT].sum(), mentions[COUNT].sum()) == (
        len(in_shards.data("themes")),
        len(in_shards.data("mentions")),
    )
    assert count_rows(in_shards, "themes", ["voice"]) is hits
