"""Save validations in the results folder, and load those that belong to the current tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from analysis.errors import ReadError
from analysis.files import write_file
from analysis.schemas import TaskName
from analysis.spreadsheet import original
from analysis.validation.validate import Validation, table_path

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Summaries = Mapping[str, Mapping[str, "pd.DataFrame"]]
"""Tables of validations by task; see `load_summaries`."""

FOLDER = "validation"
SUMMARY = ("agreement", "scores", "means", "differences")


def save_validation(validation: Validation, tables: Tables, results: str | Path) -> list[Path]:
    """Write a validation to `RESULTS/validation`, with the fingerprint of the validated run.

    Parameters
    ----------
    validation : Validation
    tables : Tables
        The run that was validated.
    results : path
        Folder of the run.

    Returns
    -------
    list of pathlib.Path
    """
    folder = Path(results) / FOLDER
    mark = _mark(folder, validation.task)
    mark.unlink(missing_ok=True)  # an interrupted save leaves no valid validation
    paths = validation.save(folder)
    write_file(mark, f"{json.dumps({'run': run_fingerprint(tables)})}\n".encode())
    return [*paths, mark]


def load_summaries(results: str | Path, tables: Tables) -> dict[str, dict[str, pd.DataFrame]]:
    """Load agreement, scores and corrected estimates of the validations of these tables.

    Validations of an earlier run in the same folder are ignored, since the toolkit's answers may have changed.

    Parameters
    ----------
    results : path
        Folder of the run.
    tables : Tables

    Returns
    -------
    dict of str to dict
        By task, the tables `agreement`, `scores`, `means` and `differences`; see
        `analysis.validation.validate.Validation`.

    Raises
    ------
    ReadError
        If a file is missing or cannot be read.
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
    """Fingerprint of a run and the articles that it measured."""
    from analysis.provenance import fingerprint

    ids = sorted(tables.metadata["article_id"])
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
        raise ReadError(
            f"cannot read the validation: {error}", path=path, remedy="run framing validate again"
        ) from None
