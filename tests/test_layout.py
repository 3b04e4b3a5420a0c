"""tests/ mirrors analysis/: a module with logic has a test file of its own name in the same folder."""

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "analysis"
# Modules without a test file of their own name, and the test file that tests them. A module that gets its own leaves
# the list. No module is added.
TESTED_IN = {
    "annotators/test_pipeline.py": """
        annotators/parsing/rows annotators/quotes/rows annotators/themes/rows annotators/tone/rows
        annotators/relations/rows""",
    "cli/test_arguments.py": "cli/app",
    "cli/test_bench.py": "cli/bench/app cli/bench/memory cli/bench/quotes cli/bench/themes cli/bench/tone",
    "cli/test_start.py": "starter/shipped",
    "display/test_display.py": "display/article display/html display/marks display/study display/tables",
    "exports/test_qda_project.py": "exports/qda_codes exports/qda_segments",
    "exports/test_workbook.py": "exports/dictionary exports/reading exports/study_tables",
    "explorer/test_widget.py": "explorer/explore",
    "figures/test_draw.py": "figures/_core/registry",
    "ingest/test_reading.py": "ingest/articles ingest/files",
    "report/test_findings.py": "report/outlet_findings",
    "test_tables.py": "schemas",
}


def modules_without_a_test():
    """Modules that define functions and have no test file of their own name, as paths without suffix."""
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE)
        own = ROOT / "tests" / module.parent / f"test_{module.name}"
        has_logic = path.stem not in {"__init__", "__main__"} and "\ndef " in path.read_text(encoding="utf-8")
        if has_logic and not own.exists():
            yield module.with_suffix("").as_posix()


def test_every_module_has_a_test_file_of_its_own_name():
    listed = {module for modules in TESTED_IN.values() for module in modules.split()}
    found = set(modules_without_a_test())
    assert found - listed == set(), "write tests/FOLDER/test_MODULE.py"
    assert listed - found == set(), "take these out of the list: they have a test file now, or are gone"


@pytest.mark.parametrize("file", TESTED_IN)
def test_the_file_that_tests_a_module_exists(file):
    assert (ROOT / "tests" / file).is_file()
