"""A results folder is whole or it says what is wrong with it."""

import json
import random
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.dataset import open_dataset
from analysis.errors import FramingError, ReadError
from analysis.files import write_file
from analysis.provenance import fingerprint
from tests.dataset.conftest import commit_shards


class SmallStudy:
    """A study of two files, which is loaded at once."""

    def __init__(self, **files):
        self.files = files

    def save(self, folder):
        folder.mkdir()
        for name, content in self.files.items():
            write_file(folder / f"{name}.yml", content)

    def fingerprint(self):
        return fingerprint(*(part for item in sorted(self.files.items()) for part in item))


@pytest.fixture
def study(monkeypatch):
    def load(folder):
        return SmallStudy(**{path.stem: path.read_bytes() for path in folder.iterdir()})

    monkeypatch.setattr("analysis.study.load_study", load)
    return SmallStudy(codebook=b"trade", events=b"none")


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def values(folder):
    dataset = open_dataset(folder)
    tables = {name: dataset.read(name).to_pydict() for name in (*dataset.names, "families")}
    return dataset.run, tables, dataset.rejects, dataset.study and dataset.study.fingerprint()


def test_tables_are_read_over_all_shards_in_order_of_their_keys(folder):
    dataset = open_dataset(folder)
    assert dataset.run == {"toolkit": "1"}
    assert dataset.read("articles")["article_id"].to_pylist() == ["a", "b", "c"]
    assert dataset.read("themes")["article_id"].to_pylist() == ["a", "a", "b", "b", "c", "c"]
    assert (dataset.n_rows("themes"), len(dataset.parts("themes"))) == (6, 2)


def test_new_results_replace_old_ones_and_nothing_is_left_of_these(folder, tmp_path):
    commit_shards(folder, ("a", "c"))
    assert open_dataset(folder).read("articles")["article_id"].to_pylist() == ["a", "c"]
    assert contents(folder) == contents(commit_shards(tmp_path / "afresh", ("a", "c")))


class Stop(BaseException):
    """Stands for SIGKILL: no code of the toolkit catches it."""


def stop_after(patch, n_steps):
    """Let only so many writes, renames and removals happen."""
    steps = iter(range(n_steps))

    def counted(function):
        def call(*arguments, **options):
            if next(steps, None) is None:
                raise Stop
            return function(*arguments, **options)

        return call

    for name in ("replace", "rename", "unlink", "mkdir"):
        patch.setattr(Path, name, counted(getattr(Path, name)))
    patch.setattr(shutil, "rmtree", counted(shutil.rmtree))


def test_a_run_stopped_at_any_moment_leaves_the_old_results_or_the_new(tmp_path, monkeypatch, study):
    old = commit_shards(tmp_path / "old", ("a",), ("b",), run={"toolkit": "old"})
    new = commit_shards(tmp_path / "new", ("a", "c"), run={"toolkit": "new"}, study=study)
    before, after = values(old), values(new)
    seen = []
    for n_steps in range(200):
        folder = tmp_path / f"stopped{n_steps}"
        shutil.copytree(old, folder)
        with monkeypatch.context() as patch:
            stop_after(patch, n_steps)
            try:
                commit_shards(folder, ("a", "c"), run={"toolkit": "new"}, study=study)
            except Stop:
                stopped = True
            else:
                stopped = False
        found = values(folder)
        assert found in (before, after), n_steps
        seen.append(found == after)
        if stopped:
            commit_shards(folder, ("a", "c"), run={"toolkit": "new"}, study=study)
        assert contents(folder) == contents(new), n_steps
        if not stopped:
            break
    assert seen == sorted(seen)  # first the old results, then the new ones
    assert set(seen) == {False, True}


def test_a_full_disk_leaves_the_old_results(folder, monkeypatch):
    before = contents(folder)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(FramingError, match="No space left"):
        commit_shards(folder, ("x", "y"))
    assert contents(folder) == before


def test_no_flipped_bit_changes_a_value_in_silence(tmp_path, study):
    folder = commit_shards(tmp_path / "results", ("a", "c"), ("b",), study=study)
    files, before = contents(folder), values(folder)
    assert len(files) == 11
    generator = random.Random(7)
    for name, content in files.items():
        for _ in range(4):
            place = generator.randrange(len(content))
            flipped = bytearray(content)
            flipped[place] ^= 1 << generator.randrange(8)
            (folder / name).write_bytes(flipped)
            try:
                found = values(folder)
            except ReadError:
                continue
            assert found == before, (name, place)
        (folder / name).write_bytes(content)
    assert values(folder) == before


def test_files_of_a_study_without_them_are_removed(tmp_path, study):
    folder = commit_shards(tmp_path / "results", ("a",), study=study)
    assert (folder / "study" / "events.yml").is_file()
    commit_shards(folder, ("a",), study=SmallStudy(codebook=b"trade"))
    assert not (folder / "study" / "events.yml").exists()
    commit_shards(folder, ("a",))
    assert not (folder / "study").exists()


def test_run_json_of_another_folder_is_damaged(folder):
    run = json.loads((folder / "run.json").read_bytes())
    (folder / "run.json").write_text(json.dumps({**run, "toolkit": "2"}), encoding="utf-8")
    with pytest.raises(ReadError, match=r"run\.json.*damaged"):
        open_dataset(folder)


def test_results_of_an_older_version_can_be_replaced(tmp_path):
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    (tmp_path / "themes.parquet").touch()
    with pytest.raises(ReadError, match="older version"):
        open_dataset(tmp_path)
    commit_shards(tmp_path, ("a",))
    assert open_dataset(tmp_path).n_rows("themes") == 2
    assert not [path for path in tmp_path.glob("*.parquet") if path.is_file()]


def test_a_table_can_be_opened_by_its_name(folder):
    links = sorted(folder.glob("*.parquet"))
    assert links and all(link.is_symlink() and link.readlink() == Path(link.stem) for link in links)
    assert len(pd.read_parquet(folder / "themes.parquet")) == open_dataset(folder).n_rows("themes")
    commit_shards(folder, ("a",))  # removes the other shards, and no part through a link
    assert len(pd.read_parquet(folder / "themes.parquet")) == open_dataset(folder).n_rows("themes") > 0


def test_folders_without_complete_results_are_told_apart(folder, tmp_path):
    with pytest.raises(ReadError, match="no such results folder"):
        open_dataset(tmp_path / "nowhere")
    with pytest.raises(ReadError, match="no results in this folder"):
        open_dataset(tmp_path)
    (folder / "run.json").unlink()
    with pytest.raises(ReadError, match=r"stopped before its end.*--resume"):
        open_dataset(folder)
    (folder / "themes.parquet").unlink()
    (folder / "themes.parquet").touch()
    with pytest.raises(ReadError, match="older version"):
        open_dataset(folder)
