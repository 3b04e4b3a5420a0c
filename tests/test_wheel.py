"""What is in the wheel: everything that works from the repository has to work from an installed package."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Names of the files in a wheel that is built, without a network, from the files git tracks or would track."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    wanted = ("analysis/", "data/", "notebooks/", "pyproject.toml", "setup.py", "README.md", "LICENSE")
    for name in tracked.split("\0"):
        if name.startswith(wanted) and (ROOT / name).is_file():
            (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / "tree" / name)
    build = "from setuptools import build_meta; print(build_meta.build_wheel('..'))"
    subprocess.run([sys.executable, "-c", build], cwd=folder / "tree", capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def tracked_files(folder):
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


def test_every_file_of_the_package_is_there(names):
    assert tracked_files("analysis") <= names
    assert {"analysis/py.typed", "analysis/models/quotes/model.onnx"} <= names


def test_the_bundled_study_and_the_notebooks_are_there(names):
    files = tracked_files("data") | tracked_files("notebooks")
    assert {f"analysis/starter/shipped/{name}" for name in files} <= names


def test_nothing_else_is_installed(names):
    assert {name.split("/")[0] for name in names} == {"analysis", "media_framing-0.1.0.dist-info"}
