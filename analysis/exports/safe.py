"""Cells protected against formula injection, with a count of the changes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analysis.spreadsheet import harmless_cell

if TYPE_CHECKING:
    import pandas as pd

REPLACED = "\ufffd"
MOST_CHARACTERS = 32_767  # UTF-16 units in a cell of Excel


@dataclass
class Changes:
    """Counts of changed cells."""

    marked: int = 0
    replaced: int = 0

    def text(self, value: str) -> str:
        """Protect a text, and count the change."""
        made: str = harmless_cell(value)
        if made != value:
            self.marked += len(made) > len(value)
            self.replaced += made.count(REPLACED) > value.count(REPLACED)
        return made

    def notes(self) -> Iterable[str]:
        """Notes with the counts."""
        if self.marked:
            yield (
                "cells that a spreadsheet might run as a formula (they begin with = + - @ or similar) are preceded "
                f"by an apostrophe, which is not part of the text: {self.marked:,}"
            )
        if self.replaced:
            yield f"cells with control characters, each replaced by {REPLACED}: {self.replaced:,}"


def safe_cells(frame: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Convert a table to Python values: protected texts, naive times in UTC, None for empty cells."""
    import pandas as pd

    made = {
        name: [
            _cell(value, changes) for value in frame[name].astype("object").where(frame[name].notna(), None)
        ]
        for name in frame
    }
    return pd.DataFrame(made, columns=list(frame), dtype="object")


def _cell(value: Any, changes: Changes) -> Any:
    if isinstance(value, str):
        return changes.text(value)
    if isinstance(value, datetime):  # a pandas.Timestamp is one
        return value.replace(tzinfo=None)
    return str(value) if isinstance(value, float) and math.isinf(value) else value


def is_long(value: object) -> bool:
    """Whether a text is too long for a cell of Excel, which counts UTF-16 units."""
    if not isinstance(value, str) or len(value) <= MOST_CHARACTERS // 2:
        return False
    return len(value) + sum(character > "\uffff" for character in value) > MOST_CHARACTERS
