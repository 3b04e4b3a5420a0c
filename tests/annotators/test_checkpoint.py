"""Finished batches on disk: kept by run, and measured again where a file is damaged."""

import pytest

from analysis.annotators.checkpoint import Checkpoint, clear

ROWS = {"quotes": [{"article_id": "a", "content": "“é” 😀", "score": 0.5, "cue": None}]}


def test_a_batch_comes_back_as_it_was_saved(tmp_path):
    Checkpoint(tmp_path, "run").save(3, ROWS)
    assert Checkpoint(tmp_path, "run").load(3) == ROWS


def test_batches_of_other_runs_are_not_used(tmp_path):
    Checkpoint(tmp_path, "run").save(3, ROWS)
    assert Checkpoint(tmp_path, "other run").load(3) is None
    assert Checkpoint(tmp_path, "run").load(4) is None


@pytest.mark.parametrize("content", [b"", b'{"quotes": [', b"[]", b"\xff\xfe"])
def test_a_damaged_batch_is_measured_again(tmp_path, content):
    store = Checkpoint(tmp_path, "run")
    store.save(0, ROWS)
    next(store.folder.iterdir()).write_bytes(content)
    assert store.load(0) is None


def test_clear_removes_all_and_needs_nothing(tmp_path):
    folder = tmp_path / "checkpoint"
    Checkpoint(folder, "run").save(0, ROWS)
    clear(folder)
    assert not folder.exists()
    clear(folder)
