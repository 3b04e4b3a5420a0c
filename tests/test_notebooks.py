"""The notebooks run from top to bottom, on the bundled results and on others, and are kept without outputs."""

import ast
import builtins
import json
import os
import re
import shutil
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
HEADINGS = (
    "**Question.**",
    "**Method.**",
    "**What this shows.**",
    "**What it does not show.**",
    "**To change it.**",
)
# A path that only one machine has.
ABSOLUTE = re.compile(
    r"""(?:^|["'\s(=])(?:/(?:home|Users|root|tmp|work|mnt|var|opt)/|~/|[A-Z]:[\\/])""", re.MULTILINE
)
OF_THE_SHIPPED_STUDY = {"10_findings"}  # it reads data/coverage, whatever results it lies beside
ONE_PROCEDURE = {
    "06_validate"
}  # its cells build on one another from the sample drawn to the estimate put right


def ids(path):
    return path.stem


def cells(path, kind):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def code(path):
    return ["".join(cell["source"]) for cell in cells(path, "code")]


def prose(path):
    return "\n\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))


def names(source):
    """The names that a cell makes and those that it reads."""
    made, read = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.alias):
            made.add(node.asname or node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
    return made, read


def test_there_are_notebooks():
    numbers = [int(path.stem[:2]) for path in NOTEBOOKS]
    assert numbers == sorted(set(numbers)) and numbers[:8] == list(range(8))
    assert len(NOTEBOOKS) >= 8


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_no_outputs_no_functions_no_paths_of_one_machine(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert "def " not in "".join(cell["source"])
    assert not ABSOLUTE.search("\n".join([*code(path), prose(path)]))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_asks_one_question_and_answers_it(path):
    number = int(path.stem[:2])
    assert re.match(rf"# {number}\. \w", prose(path))
    assert len(re.findall(r"^# ", prose(path), re.MULTILINE)) == 1
    places = []
    for heading in HEADINGS:
        assert prose(path).count(heading) == 1, heading
        places.append(prose(path).index(heading))
    assert places == sorted(places)
    question, method = (prose(path)[start:].partition("\n\n")[0] for start in places[:2])
    assert question.endswith("?")
    assert re.search(r"\b(?:19|20)\d\d\)", method), "a method has its reference"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_starts_with_parameters_and_shows_a_picture(path):
    parameters, start, *others = code(path)
    assert [cell["metadata"].get("tags", []) for cell in cells(path, "code")][:2] == [["parameters"], []]
    if path.stem not in OF_THE_SHIPPED_STUDY:
        assert 'RESULTS = os.environ.get("FRAMING_RESULTS", "../results")' in parameters
    assert "interactive_tables()" in start
    assert start.endswith("\ntables")
    assert any(re.search(r"^figure\b.*\Z|\bSVG\(path\)", cell, re.MULTILINE) for cell in others)


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem not in ONE_PROCEDURE], ids=ids)
def test_a_cell_can_be_copied_after_the_first_two(path):
    made = [names(source)[0] for source in code(path)]
    known = set(dir(builtins)).union(*made[:2])
    for place, source in enumerate(code(path)):
        lacking = names(source)[1] - known.union(*made[max(place - 2, 0) : place + 1])
        assert not lacking, f"{sorted(lacking)} made more than two cells before:\n{source}"


@pytest.fixture(scope="module")
def results(bundled, bundled_results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return {
        "bundled": shutil.copytree(bundled_results, folder / "bundled"),
        "three articles": bundled.select(bundled.articles["article_id"].iloc[:3]).save(folder / "three"),
    }


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all notebooks, so that the libraries are imported once."""
    from jupyter_client import KernelManager

    manager = KernelManager(kernel_name="python3")
    environment = {**os.environ, "PYTHONWARNINGS": "error::FutureWarning"}
    quiet = ["--IPKernelApp.log_level=40"]
    manager.start_kernel(cwd=str(NOTEBOOKS[0].parent), env=environment, extra_arguments=quiet)
    yield manager
    manager.shutdown_kernel(now=True)


def runs():
    """Each notebook on the bundled results; some on three articles, too (figures of few
    articles: tests/figures/test_draw.py)."""
    for path in NOTEBOOKS:
        # tests/test_lab.py runs 00 in JupyterLab; 05 draws what tests/figures draws from the bundled results
        if path.stem not in ("00_start_here", "05_figures"):
            yield pytest.param(path, "bundled", id=f"{path.stem}-bundled")
        if path.stem[:2] in ("00", "01", "05", "06"):
            yield pytest.param(path, "three articles", id=f"{path.stem}-three articles")


@pytest.mark.parametrize(("path", "which"), list(runs()))
def test_runs(path, which, results, kernel):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    afresh = f"%reset -f\nimport os\nos.environ['FRAMING_RESULTS'] = {str(results[which])!r}"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(afresh))
    client = NotebookClient(notebook, km=kernel, timeout=120, startup_timeout=300)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()
    shown = [
        output["data"] for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output
    ]
    assert shown
    assert all("image/png" in data for data in shown if data.get("text/plain", "").startswith("<Figure"))
    text = "\n".join("".join(data.get("text/plain", "")) for data in shown if len(data) == 1)
    assert "object>" not in text, "JupyterLab would show the name of a class instead of a picture"
