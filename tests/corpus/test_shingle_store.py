"""Shingles on disk are those in memory."""

import sys
import tempfile

import numpy as np
import pytest

from analysis.corpus import shingle_store
from analysis.corpus.shingle_store import ShingleStore


def pairs(store):
    found = [
        (int(h), int(a))
        for _, (hashes, articles) in store.buckets()
        for h, a in zip(hashes, articles, strict=True)
    ]
    return sorted(found)


@pytest.mark.parametrize("room", [10, 10_000])
def test_all_pairs_come_back_and_equal_hashes_together(tmp_path, monkeypatch, room):
    monkeypatch.setattr(shingle_store, "IN_MEMORY", room)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = ShingleStore()
    rng = np.random.default_rng(1)
    hashes = rng.integers(0, 2**64, size=40, dtype=np.uint64)
    for article in range(4):
        store.add(hashes, np.full(40, article, dtype=np.uint32))
    assert pairs(store) == sorted((int(h), a) for h in hashes for a in range(4))
    for number, (found, articles) in store.buckets():
        assert (np.unique(found, return_counts=True)[1] == 4).all()
        store.replace(number, (found[articles > 0], articles[articles > 0]))
    assert len(pairs(store)) == 120
    assert (store._file is not None) == (room == 10)
    if sys.platform == "linux":  # the file has no name, so that a search that is killed leaves nothing behind
        assert not any(tmp_path.iterdir())
