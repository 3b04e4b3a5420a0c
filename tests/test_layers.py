"""Imports go one way."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "analysis"
# From the bottom up. Modules on one line may not import one another, except within a package.
LAYERS = [
    {"errors", "display", "letters"},
    {"spreadsheet", "files", "integrity", "provenance", "rejects", "schemas", "world"},
    {"parallel", "study"},
    {"dataset"},
    {"corpus"},
    {"standoff"},
    {"tables"},
    {"ingest"},
    {"annotators", "collect", "starter"},
    {"compare", "revision"},
    {"evidence"},
    {"validation"},
    {"coding", "figures"},
    {"report", "exports", "explorer"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imports(path: Path):
    """(module of analysis that is imported, line), wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} relative import"
            if node.module == "analysis":
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif node.module and node.module.startswith("analysis."):
                yield node.module.split(".")[1], node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("analysis."):
                    yield alias.name.split(".")[1], node.lineno


def modules():
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for imported, line in imports(path):
        if imported == own:
            continue
        assert LEVEL[imported] < LEVEL[own], f"{path}:{line}: {own} imports {imported}"


def test_every_module_has_a_layer():
    found = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in modules()}
    assert found <= set(LEVEL)
