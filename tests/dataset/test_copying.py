"""Results in an object store: whole, verified, and not written twice."""

import json
import time

import pytest

from analysis.dataset import open_dataset
from analysis.dataset.copying import copy_results
from analysis.errors import FramingError, ReadError
from tests.dataset.conftest import commit_shards

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def store():
    memory = fsspec.filesystem("memory")
    yield memory
    memory.rm("/bucket", recursive=True)


@pytest.fixture
def address(store):
    store.mkdir("/bucket")
    return "memory://bucket/results"


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_results_come_back_as_they_were(folder, address, store, tmp_path):
    n_files = copy_results(folder, address)
    assert n_files == len(contents(folder)) == len(store.find("/bucket"))
    copy_results(address, tmp_path / "back")
    assert contents(tmp_path / "back") == contents(folder)
    assert (tmp_path / "back" / "themes.parquet").is_symlink()


def test_files_that_are_there_are_not_copied_again(folder, address, store):
    copy_results(folder, address)
    assert copy_results(folder, address) == 2  # rejects.csv and run.json
    (part,) = store.glob("/bucket/results/themes/part-0001-*")
    store.rm_file(part)
    assert copy_results(folder, address) == 3


def test_run_json_is_written_last(folder, address, monkeypatch):
    written = []
    monkeypatch.setattr(
        "analysis.dataset.copying._Store.write", lambda _, name, content: written.append(name)
    )
    copy_results(folder, address)
    assert written[-1] == "run.json" and written[-2] == "rejects.csv"


def test_shares_of_a_job_array_come_together(folder, address, tmp_path):
    for number in range(2):
        share = tmp_path / f"share{number}"
        for path in (*folder.glob(f"*/part-{number:04d}-*"), *folder.glob(f"shards/{number:04d}-*")):
            if not path.parent.is_symlink():
                (share / path.parent.name).mkdir(parents=True, exist_ok=True)
                (share / path.parent.name / path.name).write_bytes(path.read_bytes())
        copy_results(share, address)
    copy_results(address, tmp_path / "both")
    assert not (tmp_path / "both" / "run.json").exists()
    hashed = {name for name in contents(folder) if len(name.parts) == 2}
    assert set(contents(tmp_path / "both")) == hashed


def test_new_results_replace_older_ones(folder, address, store, tmp_path):
    copy_results(folder, address)
    other = commit_shards(tmp_path / "other", ("x", "y"), ("z",))
    copy_results(other, address)
    assert len(store.find("/bucket")) == len(contents(other))
    copy_results(address, folder)
    assert contents(folder) == contents(other)
    assert open_dataset(folder).n_rows("articles") == 3


def test_a_damaged_file_is_not_copied(folder, address, store, tmp_path):
    copy_results(folder, address)
    (part,) = store.glob("/bucket/results/themes/part-0001-*")
    store.pipe_file(part, b"x" * store.size(part))
    with pytest.raises(ReadError, match=r"part-0001.*damaged"):
        copy_results(address, tmp_path / "back")


def test_two_copies_of_complete_results_refuse_each_other(folder, address, store):
    store.pipe_file("/bucket/results/.lock", json.dumps({"started": time.time()}).encode())
    with pytest.raises(FramingError, match="another process copies"):
        copy_results(folder, address)
    store.pipe_file("/bucket/results/.lock", json.dumps({"started": time.time() - 4000}).encode())
    copy_results(folder, address)
    assert not store.exists("/bucket/results/.lock")


def test_a_store_without_exclusive_writing_is_written_to(folder, address, store, monkeypatch):
    plain = type(store).pipe_file

    def pipe_file(self, path, value, mode="overwrite"):
        if mode == "create":
            raise NotImplementedError
        plain(self, path, value)

    monkeypatch.setattr(type(store), "pipe_file", pipe_file)
    assert copy_results(folder, address) == len(contents(folder))


def test_errors_name_the_address(folder, address, tmp_path):
    with pytest.raises(ReadError, match="memory://bucket/results: there are no results"):
        copy_results(address, tmp_path / "back")
    with pytest.raises(FramingError, match="nowhere://x"):
        copy_results(folder, "nowhere://x")
