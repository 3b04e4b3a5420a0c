"""Shards: the same article always belongs to the same one."""

from collections import Counter

from analysis.dataset.layout import n_shards_for, shard_of, shards_of


def test_a_small_study_is_one_shard_and_shards_double():
    assert [n_shards_for(n) for n in (0, 1, 500, 501, 1_000, 1_001, 1_000_000)] == [1, 1, 1, 2, 2, 4, 2048]


def test_the_shard_depends_on_the_id_alone():
    assert [shard_of(article_id, 64) for article_id in ("a1", "b2", "é", "\ud800")] == [27, 47, 47, 40]
    assert shards_of(["a1", "b2"], 64).tolist() == [27, 47]


def test_shards_are_of_similar_size_and_split_in_two():
    ids = [f"article {number}" for number in range(4_000)]
    sizes = Counter(shard_of(article_id, 8) for article_id in ids)
    assert min(sizes.values()) > 420
    assert max(sizes.values()) < 580
    assert all(shard_of(article_id, 16) % 8 == shard_of(article_id, 8) for article_id in ids)
