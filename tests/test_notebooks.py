"""The notebooks run from top to bottom, on the bundled results and on others, and are kept without outputs."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def ids(path):
    return path.stem


def cells(path, kind):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def test_there_are_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS][:6] == ["00", "01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_no_outputs_and_no_functions(path):
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert "def " not in "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_asks_one_question_and_answers_it(path):
    prose = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    for heading in ("**Question.**", "**Method.**", "**What this shows.**", "**What it does not show.**"):
        assert prose.count(heading) == 1, heading


@pytest.fixture(scope="module")
def results(bundled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return {
        "bundled": bundled.save(folder / "bundled"),
        "three articles": bundled.select(bundled.articles["article_id"].iloc[:3]).save(folder / "three"),
    }


@pytest.mark.parametrize("which", ["bundled", "three articles"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_runs(path, which, results, monkeypatch):
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("FRAMING_RESULTS", str(results[which]))
    monkeypatch.setenv("PYTHONWARNINGS", "error::FutureWarning")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    shown = [
        output["data"] for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output
    ]
    assert shown
    assert all("image/png" in data for data in shown if data.get("text/plain", "").startswith("<Figure"))
