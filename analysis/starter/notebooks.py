"""The notebooks: copied beside results, where they belong to the user, and run there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import FramingError, ReadError
from analysis.files import make_folder, write_file
from analysis.provenance import fingerprint
from analysis.starter.shipped import shipped_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = "notebooks"
"""Folder in the results folder that holds the copies."""

_RESULTS = '"../results"'  # the default in the first cell of every notebook
_RESULTS_OF_A_COPY = '".."'
_SECONDS = 600  # at most, for a kernel to start and for each cell
_REMEDY = 'pip install jupyterlab nbclient itables, or install the toolkit with its extra "notebooks"'


def copy_notebooks(results: str | Path) -> list[Path]:
    """Copy the notebooks into the folder `notebooks` of a results folder.

    A copy that the user has changed stays as it is. So does one with outputs, unless this version of the toolkit
    brings another notebook of that name.

    Parameters
    ----------
    results : path
        Folder that `framing annotate` wrote.

    Returns
    -------
    list of pathlib.Path
        The copies, in their order.

    Raises
    ------
    ReadError
        There are no results in the folder.
    FramingError
        The copies cannot be written.
    """
    folder = make_folder(_with_tables(results) / FOLDER)
    copies = []
    for source in _shipped():
        copies.append(folder / source.name)
        notebook = _as_copied(source)
        if _may_replace(copies[-1], notebook):
            write_file(copies[-1], f"{json.dumps(notebook, indent=1, ensure_ascii=False)}\n".encode())
    return copies


def run_notebooks(results: str | Path) -> Iterator[Path]:
    """Run the copies of the notebooks and keep what they show, so that they can be read without running a cell.

    JupyterLab shows pictures and interactive tables of a stored notebook only if it is trusted. The notebooks are
    signed, so that it trusts them for the user who ran them.

    Parameters
    ----------
    results : path
        Folder that `framing annotate` wrote.

    Yields
    ------
    pathlib.Path
        Each notebook, once it has been run and saved.

    Raises
    ------
    ReadError
        There are no results in the folder.
    FramingError
        Jupyter is not installed, or a cell failed.
    """
    try:
        import nbclient  # noqa: F401  said before anything is written
        import nbformat
        from nbformat.sign import NotebookNotary
    except ImportError:
        raise FramingError("running the notebooks needs Jupyter", remedy=_REMEDY) from None
    notary = NotebookNotary()
    for path in copy_notebooks(results):
        notebook = nbformat.read(path, as_version=4)
        _run(notebook, path, results)
        write_file(path, f"{nbformat.writes(notebook)}\n".encode())
        notary.sign(nbformat.read(path, as_version=4))
        yield path


def jupyterlab_arguments(results: str | Path) -> list[str]:
    """Return the arguments for `python` that open JupyterLab on the copies of the notebooks.

    Raises
    ------
    FramingError
        JupyterLab is not installed.
    """
    from importlib.util import find_spec

    if find_spec("jupyterlab") is None:
        raise FramingError("JupyterLab is not installed", remedy=_REMEDY)
    first = copy_notebooks(results)[0]
    return [
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={first.parents[1].resolve()}",
        f"--LabApp.default_url=/lab/tree/{FOLDER}/{first.name}",
    ]


def environment(results: str | Path) -> dict[str, str]:
    """Return the environment in which the notebooks find the results."""
    return {**os.environ, "FRAMING_RESULTS": str(Path(results).resolve())}


def _with_tables(results: str | Path) -> Path:
    from analysis.dataset.folder import RUN_FILE

    folder = Path(results)
    if not (folder / RUN_FILE).is_file():
        raise ReadError(
            "there are no results in this folder",
            path=folder,
            remedy="make them first: framing run ARTICLES --study STUDY --out FOLDER",
        )
    return folder


def _shipped() -> list[Path]:
    return sorted(shipped_folder(FOLDER).glob("*.ipynb"))


def _as_copied(source: Path) -> dict[str, Any]:
    """A notebook whose default is the results folder above it, with the fingerprint of its cells."""
    text = source.read_text(encoding="utf-8").replace(
        json.dumps(_RESULTS)[1:-1], json.dumps(_RESULTS_OF_A_COPY)[1:-1]
    )
    notebook: dict[str, Any] = json.loads(text)
    notebook["metadata"]["framing"] = {"cells": _cells(notebook)}
    return notebook


def _may_replace(path: Path, new: dict[str, Any]) -> bool:
    """Whether a copy is missing, or is an older one that nobody changed."""
    try:
        old = json.loads(path.read_text(encoding="utf-8"))
        recorded = old["metadata"]["framing"]["cells"]
    except FileNotFoundError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(_cells(old) == recorded != new["metadata"]["framing"]["cells"])


def _cells(notebook: dict[str, Any]) -> str:
    """Fingerprint of what the cells say, whatever they show."""
    return fingerprint(*("".join(cell["source"]) for cell in notebook["cells"]))


def _run(notebook: NotebookNode, path: Path, results: str | Path) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        startup_timeout=_SECONDS,
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors, but no advice on how to run kernels
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.km = client.create_kernel_manager()
    if client.km.kernel_spec is not None:
        # what JupyterLab would write: a notebook that it changes on opening counts as not saved
        notebook.metadata.kernelspec.display_name = client.km.kernel_spec.display_name
    try:
        client.execute(env=environment(results))
    except CellExecutionError as error:
        message = f"a cell failed: {error.ename}: {error.evalue}"
        raise FramingError(message, path=path, remedy=f"open it: framing lab {results}") from None
    except CellTimeoutError:
        raise FramingError(f"a cell took more than {_SECONDS // 60} minutes", path=path) from None
    except DeadKernelError:
        raise FramingError(
            "Python stopped while the notebook was running", path=path, remedy="it may have run out of memory"
        ) from None
