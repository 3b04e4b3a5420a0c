"""Results to and from an object store, on the command line."""

import pytest

from tests.cli.conftest import framing
from tests.dataset.conftest import commit_shards

fsspec = pytest.importorskip("fsspec")


def test_results_are_copied_to_a_store_and_back(tmp_path):
    folder = commit_shards(tmp_path / "results", ("a",))
    address = "memory://command-line/results"
    done = framing("copy", folder, address)
    assert done.exit_code == 0 and f"6 files copied to {address}" in done.stdout
    assert framing("copy", address, tmp_path / "back").exit_code == 0
    assert (tmp_path / "back" / "run.json").read_bytes() == (folder / "run.json").read_bytes()
    failed = framing("copy", tmp_path, address)
    assert failed.exit_code == 2 and "there are no results here" in failed.stderr
