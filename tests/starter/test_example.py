"""The bundled study can be copied, and the copy is a study of the user's own."""

import pytest

from analysis import load_study, read_articles
from analysis.errors import FramingError
from analysis.starter import copy_example, example_folder
from tests.conftest import DATA


def test_the_copy_is_the_same_study(tmp_path, study):
    copy_example("russia-iran", tmp_path / "s")
    copied = load_study(tmp_path / "s")
    assert copied.fingerprint() == study.fingerprint()
    assert len(read_articles(copied.articles_path, outlets=copied.outlets)) == 52
    assert (copied.gold_path / "themes.csv").is_file()


def test_the_repository_has_the_only_copy():
    assert example_folder() == DATA


def test_a_folder_that_holds_files_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FramingError, match="not empty"):
        copy_example("russia-iran", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unknown_example_is_refused_before_a_folder_is_made(tmp_path):
    with pytest.raises(FramingError, match="russia-iran"):
        copy_example("france-spain", tmp_path / "s")
    assert not (tmp_path / "s").exists()
