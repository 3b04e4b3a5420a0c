"""Copies of the notebooks belong to the user, and those that were run can be read without running a cell."""

import json

import pytest

from analysis.errors import FramingError, ReadError
from analysis.starter import copy_notebooks, notebooks, run_notebooks

PARAMETERS = 'import os\n\nRESULTS = os.environ.get("FRAMING_RESULTS", "../results")'
SHOW = "from IPython.display import HTML\n\nHTML(f'<b>{os.path.basename(RESULTS)}</b>')"


@pytest.fixture
def results(tmp_path):
    """A folder that counts as results."""
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "run.json").write_text("{}", encoding="utf-8")
    return tmp_path / "r"


@pytest.fixture
def ship(tmp_path, monkeypatch):
    """Let the toolkit bring one small notebook with these cells."""
    import nbformat

    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))  # where signatures are kept

    def write(*cells):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
        nbformat.write(notebook, tmp_path / "00_small.ipynb")
        monkeypatch.setattr(notebooks, "_shipped", lambda: [tmp_path / "00_small.ipynb"])

    write(PARAMETERS, SHOW)
    return write


def test_every_notebook_is_copied_and_finds_the_results_above_it(results):
    import nbformat

    copies = copy_notebooks(results)
    assert len(copies) >= 8
    for path in copies:
        if path.stem == "10_findings":  # it reads the study that is shipped
            continue
        parameters = next(cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
        assert 'os.environ.get("FRAMING_RESULTS", "..")' in parameters.source


def test_what_the_user_changed_stays_and_what_nobody_changed_is_updated(results, ship):
    (path,) = copy_notebooks(results)
    ship(PARAMETERS, "'a newer version'")
    copy_notebooks(results)
    assert "a newer version" in path.read_text(encoding="utf-8")

    path.write_text(path.read_text(encoding="utf-8").replace("newer", "changed"), encoding="utf-8")
    ship(PARAMETERS, "'the newest version'")
    copy_notebooks(results)
    assert "a changed version" in path.read_text(encoding="utf-8")


def test_a_notebook_that_was_run_is_trusted_and_holds_what_it_shows(results, ship):
    import nbformat
    from nbformat.sign import NotebookNotary

    (path,) = run_notebooks(results)
    notebook = nbformat.read(path, 4)
    assert notebook.cells[1].outputs[0]["data"]["text/html"] == "<b>r</b>"
    assert NotebookNotary().check_signature(notebook)
    before = json.loads(path.read_text(encoding="utf-8"))
    copy_notebooks(results)
    assert json.loads(path.read_text(encoding="utf-8")) == before, "outputs stay"


def test_a_cell_that_fails_is_named(results, ship):
    ship("1 / 0")
    with pytest.raises(FramingError, match=r"00_small\.ipynb: a cell failed: ZeroDivisionError"):
        list(run_notebooks(results))


def test_without_results_nothing_is_copied(tmp_path):
    with pytest.raises(ReadError, match="there are no results"):
        copy_notebooks(tmp_path)
    assert not list(tmp_path.iterdir())
