"""YAML files that are refused, and with which message."""

import shutil
from datetime import date

import pytest

import analysis
from analysis.errors import StudyError
from analysis.study.yaml_files import MAX_ALIASES, MAX_BYTES, load_yaml
from tests.conftest import DATA


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", ["line 3", "repeated key 'a'; it is already on line 1"]),
        ("x:\n  - {id: 1, id: 2}\n", ["'id'"]),
        ("a: [1\n", ["line 2", "close all brackets"]),
        (
            "a: [(border|coast) {0,2} guard]\n",
            ["line 1", "put values with any of { }", "in quotation marks"],
        ),
        ("a: *guard\n", ["line 1", "with * & ! % @ at the start"]),
        ("a: [*guard*]\n", ["line 1", "with * & ! % @ at the start"]),
        ("a: !!python/object/apply:os.system [ls]\n", ["line 1", "python/object"]),
        (
            "a: &a [1]\nb: [" + ", ".join(["*a"] * (MAX_ALIASES + 1)) + "]\n",
            [f"more than {MAX_ALIASES} references"],
        ),
        ("[" * 3000, ["too many nested levels"]),
    ],
)
def test_yaml_refused(tmp_path, text, words):
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        load_yaml(path)
    for word in [str(path), *words]:
        assert word in str(caught.value)


def test_yaml_files_that_cannot_be_read(tmp_path):
    with pytest.raises(StudyError, match="no such file"):
        load_yaml(tmp_path / "none.yml")
    (tmp_path / "latin.yml").write_bytes("a: é".encode("latin-1"))
    with pytest.raises(StudyError, match="byte 3 is not UTF-8"):
        load_yaml(tmp_path / "latin.yml")
    (tmp_path / "large.yml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(StudyError, match="maximum is"):
        load_yaml(tmp_path / "large.yml")
    (tmp_path / "bom.yml").write_text("a: 2020-01-02\n", encoding="utf-8-sig")
    assert load_yaml(tmp_path / "bom.yml") == {"a": date(2020, 1, 2)}


@pytest.fixture
def folder(tmp_path):
    for name in ("codebook.yml", "actors.yml", "outlets.yml"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def test_yaml_cannot_build_python_objects(folder):
    (folder / "codebook.yml").write_text(
        "title: !!python/object/apply:os.system ['true']\nthemes: []\n", encoding="utf-8"
    )
    with pytest.raises(StudyError, match=r"codebook\.yml"):
        analysis.load_study(folder)


def test_a_file_is_read_anew_after_a_change_and_is_not_changed_by_its_readers(tmp_path):
    path = tmp_path / "codebook.yml"
    path.write_text("themes: [trade]", encoding="utf-8")
    load_yaml(path)["themes"].append("sanctions")
    assert load_yaml(path) == {"themes": ["trade"]}
    path.write_text("themes: [arms]", encoding="utf-8")
    assert load_yaml(path) == {"themes": ["arms"]}
