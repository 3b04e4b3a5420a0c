"""What the README and the Makefile promise: no command measures, overwrites or deletes what it should not."""

import re
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_environment_is_entered_before_it_is_needed():
    assert README.index("source .venv/bin/activate") < README.index("framing run")


def test_every_phony_target_has_a_rule():
    names = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert all(re.search(rf"^{name}:", MAKEFILE, re.MULTILINE) for name in names)


def make(*words):
    """What `make` says."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True)


def a_study_without_results(tmp_path, monkeypatch):
    """A folder in which `make` finds everything installed and nothing measured; its arguments that say so."""
    for name in ("RESULTS", "STUDY", "MAKEFLAGS"):  # `make test` hands its own down
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".ready").touch()
    return ("-C", str(tmp_path))


@pytest.mark.parametrize("target", ["lab", "figures"])
def test_the_bundled_study_is_measured_once_where_nothing_is(target, tmp_path, monkeypatch):
    there = a_study_without_results(tmp_path, monkeypatch)
    measures = "framing annotate data/articles --study data --out results"
    assert measures in make(*there, "-n", target).stdout
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "run.json").touch()
    again = make(*there, "-n", target).stdout
    assert "annotate" not in again
    assert f"framing {target} results" in again


@pytest.mark.parametrize("how", ["in the environment", "as an argument"])
@pytest.mark.parametrize("target", ["lab", "figures", "report"])
def test_a_named_folder_is_never_filled_with_the_bundled_study(target, how, tmp_path, monkeypatch):
    there = a_study_without_results(tmp_path, monkeypatch)
    if how == "in the environment":
        monkeypatch.setenv("RESULTS", "mistyped")
        said = make(*there, target)
    else:
        said = make(*there, target, "RESULTS=mistyped")
    assert said.returncode != 0
    assert "No tables in mistyped." in said.stderr
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.parametrize("target", ["figures", "report"])
def test_what_is_drawn_of_a_named_folder_lies_in_it(target, tmp_path, monkeypatch):
    """Neither measured anew, nor drawn over the bundled study's pictures."""
    there = a_study_without_results(tmp_path, monkeypatch)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "run.json").touch()
    said = make(*there, "-n", target, "RESULTS=mine").stdout
    assert "framing figures mine --out mine/figures" in said
    assert ("framing report mine --out mine/report" in said) == (target == "report")
    assert "data/articles" not in said


def test_clean_leaves_the_tracked_figure():
    said = make("-n", "clean").stdout
    assert "figures/*.png" not in said
    assert "! -path figures/coverage/who_is_quoted.png" in said
