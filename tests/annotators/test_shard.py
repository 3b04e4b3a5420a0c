"""A shard in chunks: planned, measured, finished."""

import pytest

from analysis.annotators import pipeline
from analysis.annotators import shard as shard_work
from analysis.annotators.shard import ShardPlan
from analysis.dataset.parts import read_part
from analysis.errors import FramingError
from analysis.rejects import reject
from tests.dataset.conftest import articles, rows_of


@pytest.fixture
def measured(monkeypatch):
    """Ids of the articles that were measured; each has one sentence, and those that begin with 'bad' fail."""
    ids = []

    def annotate_batch(batch, study):
        ids.extend(article.article_id for article in batch)
        good = [a for a in batch if not a.article_id.startswith("bad")]
        return {
            "sentences": [
                {"article_id": a.article_id, "sentence": 0, "start": 0, "end": len(a.text)} for a in good
            ],
            "rejects": [
                reject("x", "failed", "why", article_id=a.article_id) for a in batch if a not in good
            ],
        }

    monkeypatch.setattr(pipeline, "annotate_batch", annotate_batch)
    monkeypatch.setattr(shard_work, "CHUNK", 2)
    return ids


def plan(folder, *ids, missing=None, known=None):
    frame = articles(*ids)
    made = ShardPlan(0, "mark", tuple(sorted(ids if missing is None else missing)))
    return made, shard_work.write_plan(folder, made, shard_work.input_of(frame), known or {})


def finish(folder, made, work):
    for number in range(made.n_chunks):
        shard_work.measure_chunk(work, number, None)
    return shard_work.finish_shard(folder, work)


def ids_of(folder, shard, table):
    return read_part(folder, shard.parts[table])["article_id"].to_pylist()


def test_a_shard_is_measured_in_chunks_and_its_work_folder_removed(tmp_path, measured):
    made, work = plan(tmp_path, "c", "a", "b")
    assert made.n_chunks == 2
    shard = finish(tmp_path, made, work)
    assert measured == ["a", "b", "c"]
    assert ids_of(tmp_path, shard, "articles") == ids_of(tmp_path, shard, "sentences") == ["a", "b", "c"]
    assert not work.exists()


def test_a_finished_chunk_is_not_measured_again_unless_it_is_damaged(tmp_path, measured):
    _, work = plan(tmp_path, "a", "b", "c")
    assert shard_work.measure_chunk(work, 0, None) == 2
    assert shard_work.measure_chunk(work, 0, None) == 2
    assert measured == ["a", "b"]
    [chunk] = work.glob("0000-*.arrow")
    chunk.write_bytes(b"{}")
    shard_work.measure_chunk(work, 0, None)
    assert measured == ["a", "b"] * 2


def test_a_chunk_of_other_articles_is_not_taken_for_this_one(tmp_path, measured):
    _, work = plan(tmp_path, "a", "b", "c")
    shard_work.measure_chunk(work, 0, None)
    _, work = plan(tmp_path, "a", "b", "c", missing=("b", "c"))
    shard_work.measure_chunk(work, 0, None)
    assert measured == ["a", "b", "b", "c"]


def test_an_article_that_fails_is_a_reject_and_not_among_the_articles(tmp_path, measured):
    shard = finish(tmp_path, *plan(tmp_path, "a", "bad"))
    assert ids_of(tmp_path, shard, "articles") == ["a"]
    assert [row["article_id"] for row in shard.rejects] == ["bad"]


def test_known_rows_are_kept(tmp_path, measured):
    known = shard_work.known_rows({**rows_of("a", "z"), **no_quotes()}, ["a"])
    shard = finish(tmp_path, *plan(tmp_path, "a", "b", missing=("b",), known=known))
    assert measured == ["b"]
    assert ids_of(tmp_path, shard, "themes") == ["a", "a"]
    assert ids_of(tmp_path, shard, "articles") == ["a", "b"]


def no_quotes():
    from analysis.dataset import arrow

    return {name: arrow.schema(arrow.STORED[name]).empty_table() for name in ("quotes", "quote_spans")}


def test_a_missing_chunk_is_an_error_that_says_to_resume(tmp_path, measured):
    _, work = plan(tmp_path, "a")
    with pytest.raises(FramingError, match=r"0000-\w+\.arrow.*--resume"):
        shard_work.finish_shard(tmp_path, work)
