"""Files are written completely or not at all."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import FramingError
from analysis.files import make_folder, parquet_bytes, partial_files, write_file


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "run.json"
    write_file(path, b"old")

    opened = Path.open

    def full(self, mode="r", *args, **options):
        if "x" in mode:
            raise OSError(28, "No space left on device")
        return opened(self, mode, *args, **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FramingError, match=r"run\.json: cannot be written: No space left"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_is_made_with_its_parents(tmp_path):
    assert make_folder(tmp_path / "a" / "b").is_dir()
    assert make_folder(str(tmp_path / "a" / "b")).is_dir()


def test_a_folder_in_place_of_a_file_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(FramingError, match="cannot make this output folder"):
        make_folder(tmp_path / "a" / "b")


def test_the_same_table_gives_the_same_bytes():
    table = pd.DataFrame({"outlet": ["Gazette", "Herald"], "n": [1, 2]})
    assert parquet_bytes(table) == parquet_bytes(table.copy())
    assert parquet_bytes(table) != parquet_bytes(table.iloc[:1])


def test_a_file_that_is_too_large_for_the_disk_is_named_and_removed(tmp_path):
    def fill():
        with partial_files(tmp_path) as files, files.writing("a.xlsx") as stream:
            stream.write(b"some")
            raise OSError(28, "No space left on device")

    with pytest.raises(FramingError, match=r"a\.xlsx: cannot be written: No space left"):
        fill()
    assert not list(tmp_path.iterdir())
