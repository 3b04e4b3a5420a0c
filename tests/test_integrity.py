"""Checksums of models and knowledge files: current, and checked before any work."""

import pytest

from analysis import integrity
from analysis.annotators.article import Article
from analysis.annotators.pipeline import annotate_batch
from analysis.errors import FramingError
from tests.conftest import TEXT


@pytest.fixture
def package(tmp_path):
    for name in ("models/tone/model.onnx", "world/world.parquet", "annotators/lexicon/en/cues.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"weights\n" * 9)
    integrity.write_list(tmp_path)
    return tmp_path


def test_the_list_of_the_toolkit_is_current():
    lines = (integrity.PACKAGE / integrity.LIST).read_text(encoding="utf-8").splitlines()
    expected = [f"{checksum}  {name}" for name, checksum in integrity.checksums()]
    assert lines == expected, "run: python -m analysis.integrity"
    for named in ("models/quotes/model.onnx", "models/tone/portrayal.json", "world/world.parquet"):
        assert any(line.endswith(named) for line in lines)


def test_windows_line_ends_are_no_damage_to_a_word_list_but_to_a_model(package):
    for name, damaged in (("annotators/lexicon/en/cues.yml", False), ("models/tone/model.onnx", True)):
        path = package / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        integrity.check_files.cache_clear()
        if damaged:
            with pytest.raises(FramingError, match="checksum differs"):
                integrity.check_files(package)
        else:
            integrity.check_files(package)


@pytest.mark.parametrize("change", ["flip", "remove", "add", "no list"])
def test_a_changed_file_is_named_with_the_remedy(package, change):
    path = package / "world" / "world.parquet"
    if change == "flip":
        path.write_bytes(b"W" + path.read_bytes()[1:])
    elif change == "remove":
        path.unlink()
    elif change == "add":
        path = path.with_name("more.parquet")
        path.write_bytes(b"")
    else:
        path = package / integrity.LIST
        path.unlink()
    with pytest.raises(FramingError, match="reinstall") as error:
        integrity.check_files(package)
    assert error.value.path == path


def test_a_damaged_toolkit_measures_nothing(study, package, monkeypatch):
    (package / "models" / "tone" / "model.onnx").write_bytes(b"")
    monkeypatch.setattr("analysis.annotators.pipeline.check_files", lambda: integrity.check_files(package))
    with pytest.raises(FramingError, match="damaged"):
        annotate_batch([Article("a", "", TEXT, None, "a.txt")], study)
