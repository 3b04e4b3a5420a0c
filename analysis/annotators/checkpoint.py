"""Finished batches of a run on disk, so that an interrupted run can be resumed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from analysis.files import make_folder, write_file


class Checkpoint:
    """One JSON file per finished batch, in a folder named after the run's fingerprint.

    Parameters
    ----------
    folder : path
        Created if missing.
    fingerprint : str
        Of the run (see `analysis.provenance.run_record`). Batches of other articles, another study or another version
        of the toolkit have another folder.
    """

    def __init__(self, folder: str | Path, fingerprint: str) -> None:
        self.folder = make_folder(Path(folder) / fingerprint)

    def load(self, number: int) -> dict[str, list[dict[str, Any]]] | None:
        """Return the rows of a finished batch, or None if it is missing or damaged."""
        try:
            rows = json.loads(self._path(number).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return rows if isinstance(rows, dict) else None

    def save(self, number: int, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Write the rows of a finished batch."""
        write_file(self._path(number), json.dumps(rows).encode("ascii"))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.json"


def clear(folder: str | Path) -> None:
    """Remove a folder with all its checkpoints."""
    shutil.rmtree(folder, ignore_errors=True)
