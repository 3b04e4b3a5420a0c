"""Markers of finished shards."""

import pytest

from analysis.dataset.shards import finished_shards, parse_shard, shard_fingerprint, write_shard
from tests.dataset.conftest import rows_of

REJECT = {
    "source_file": "x",
    "row": None,
    "article_id": "b",
    "title": "é",
    "reason": "failed",
    "detail": "why",
}


def test_a_marker_tells_what_was_measured(tmp_path):
    shard = write_shard(tmp_path, 5, "mark", rows_of("a", "c"), rejects=(REJECT,))
    assert list(finished_shards(tmp_path)) == [shard]
    assert shard.parts["themes"].rows == 4
    assert all((tmp_path / file).is_file() for file in shard.files)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"{", b"\xff", b'{"number": 1, "parts": 3}'])
def test_a_damaged_marker_is_no_finished_shard(tmp_path, content):
    shard = write_shard(tmp_path, 0, "mark", rows_of("a"))
    (tmp_path / shard.file).write_bytes(content)
    assert list(finished_shards(tmp_path)) == []
    with pytest.raises(ValueError, match="not the marker"):
        parse_shard(content)


def test_a_marker_under_another_name_is_no_finished_shard(tmp_path):
    shard = write_shard(tmp_path, 0, "mark", rows_of("a"))
    (tmp_path / shard.file).write_bytes(shard.content.replace(b'"mark"', b'"bark"'))
    assert list(finished_shards(tmp_path)) == []


def test_the_fingerprint_follows_articles_and_environment():
    assert shard_fingerprint("one", b"articles") == shard_fingerprint("one", b"articles")
    assert shard_fingerprint("two", b"articles") != shard_fingerprint("one", b"articles")
    assert shard_fingerprint("one", b"others") != shard_fingerprint("one", b"articles")
