"""Finished batches of a run on disk, so that a killed run goes on where it stopped."""

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
        Made where missing.
    fingerprint : str
        `analysis.provenance.run_fingerprint`: batches of other articles, another study or another version of the
        toolkit lie elsewhere and are never mixed in.
    """

    def __init__(self, folder: str | Path, fingerprint: str) -> None:
        self.folder = make_folder(Path(folder) / fingerprint)

    def load(self, number: int) -> dict[str, list[dict[str, Any]]] | None:
        """Rows of a finished batch, or None where it has to be measured."""
        try:
            rows = json.loads(self._path(number).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return rows if isinstance(rows, dict) else None

    def save(self, number: int, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Keep the rows of a finished batch."""
        write_file(self._path(number), json.dumps(rows).encode("ascii"))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.json"


def clear(folder: str | Path) -> None:
    """Remove all checkpoints below a folder."""
    shutil.rmtree(folder, ignore_errors=True)
