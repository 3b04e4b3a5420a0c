"""Every documented way to install gives what pyproject.toml asks for."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9_.\-]+", requirement)[0]).lower()


def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def test_pip_accepts_the_requirements_file_that_conda_writes(tmp_path):
    """Conda writes the pip section into a file, one entry a line, and gives it to `pip install -r`."""
    (section,) = (entry["pip"] for entry in conda() if isinstance(entry, dict))
    requirements = tmp_path / "condaenv.requirements.txt"
    requirements.write_text("\n".join(section), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--requirement", requirements]
    offline = ["--dry-run", "--no-deps", "--no-index", "--no-build-isolation"]
    result = subprocess.run([*command, *offline], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert f"Would install {project()['name']}" in result.stdout


def test_conda_brings_a_python_that_the_package_allows():
    (python,) = (entry for entry in conda() if str(entry).startswith("python"))
    assert project()["requires-python"] in python


def test_every_dependency_is_locked_with_a_hash():
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    locked = {name_of(block) for block in blocks if "--hash=sha256:" in block}
    extras = [r for group in project()["optional-dependencies"].values() for r in group]
    assert {name_of(requirement) for requirement in (*project()["dependencies"], *extras)} <= locked


def test_what_an_older_pip_does_not_install_is_a_dependency():
    """The pip of Python 3.11 takes html_clean and html-clean for two extras of lxml, and pages cannot be read."""
    assert "lxml-html-clean" in {name_of(requirement) for requirement in project()["dependencies"]}
