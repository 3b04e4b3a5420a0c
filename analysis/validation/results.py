"""The validation of a results folder: saved beside the tables, and found again as long as it is about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from analysis.errors import ReadError
from analysis.files import write_file
from analysis.spreadsheet import original
from analysis.validation.tasks import TaskName
from analysis.validation.validate import Validation, table_path

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Summaries = Mapping[str, Mapping[str, "pd.DataFrame"]]
"""Tables of validations by task, as `load_summaries` gives them."""

FOLDER = "validation"
SUMMARY = ("agreement", "scores", "means", "differences")


def save_validation(validation: Validation, tables: Tables, results: str | Path) -> list[Path]:
    """Write a validation into `RESULTS/validation`, with the fingerprint of the run that it is about.

    Parameters
    ----------
    validation : Validation
    tables : Tables
        The run that was validated.
    results : path
        Its folder.

    Returns
    -------
    list of pathlib.Path
    """
    folder = Path(results) / FOLDER
    mark = _mark(folder, validation.task)
    mark.unlink(missing_ok=True)  # until all tables are new, there is no validation
    paths = validation.save(folder)
    write_file(mark, f"{json.dumps({'run': run_fingerprint(tables)})}\n".encode())
    return [*paths, mark]


def load_summaries(results: str | Path, tables: Tables) -> dict[str, dict[str, pd.DataFrame]]:
    """Agreement, scores and corrected estimates by task, of the validations of these tables.

    A validation of an earlier run into the same folder is left out, because the predictions may have changed.

    Parameters
    ----------
    results : path
        The results folder.
    tables : Tables
        The tables in it.

    Returns
    -------
    dict of str to dict
        By task: the tables `agreement`, `scores`, `means` and `differences`, as `Validation` has them.

    Raises
    ------
    ReadError
        A file is missing or cannot be read.
    """
    folder = Path(results) / FOLDER
    own = run_fingerprint(tables)
    found = {}
    for task in get_args(TaskName):
        mark = _mark(folder, task)
        if mark.is_file() and _run_of(mark) == own:
            found[task] = {name: _read(table_path(folder, task, name)) for name in SUMMARY}
    return found


def run_fingerprint(tables: Tables) -> str:
    """Stands for the run and the articles it measured."""
    from analysis.provenance import fingerprint

    ids = sorted(tables.articles["article_id"])
    return fingerprint(json.dumps([tables.run, ids], sort_keys=True, ensure_ascii=False))


def _mark(folder: Path, task: str) -> Path:
    return folder / f"validation_{task}.json"


def _run_of(mark: Path) -> str | None:
    try:
        record = json.loads(mark.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return record.get("run") if isinstance(record, dict) else None


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_csv(path).map(original)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except (OSError, ValueError) as error:
        raise ReadError(f"cannot be read: {error}", path=path, remedy="run framing validate again") from None
