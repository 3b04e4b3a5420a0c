"""The map in CONTRIBUTING.md leads to the right files."""

import ast
import re

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+\?) \| `([^`]+)` \| (?:`([^`]+)` )?\|$", TEXT, re.MULTILINE)


def names(path):
    """The functions, classes and constants of a module."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign):
            yield node.target.id


def test_every_row_of_the_map_is_checked():
    (table,) = re.findall(r"\| question \|.*?\n\n", TEXT, re.DOTALL)
    assert len(ROWS) == table.strip().count("\n") - 1


@pytest.mark.parametrize(("question", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_a_question_leads_to_its_file(question, path, name):
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == (not name)
    assert not name or name in set(names(ROOT / path))


@pytest.mark.parametrize("question", ["pronoun", "negation", "conflict score", "alpha", "who_is_quoted.svg"])
def test_a_stranger_finds_it(question):
    assert any(question in row[0] for row in ROWS)


@pytest.mark.parametrize("addition", ["measure", "figure", "reader", "language", "dictionary format"])
def test_what_is_new_has_a_place_and_a_recipe(addition):
    assert f"Where does a new {addition} go?" in {row[0] for row in ROWS}
    assert f"**A new {addition} is " in TEXT or f"**A new {addition}** is " in TEXT


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:analysis|tests|docs|data|training)/[a-z_/.]+)`", TEXT)))
)
def test_paths_in_the_text_exist(path):
    assert (ROOT / path).exists()
