"""Cells that a spreadsheet shows and does not run, with a count of what had to be changed for that."""

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
    """How many cells had to be changed."""

    marked: int = 0
    replaced: int = 0

    def text(self, value: str) -> str:
        """The text as a spreadsheet can hold it."""
        made: str = harmless_cell(value)
        if made != value:
            self.marked += len(made) > len(value)
            self.replaced += made.count(REPLACED) > value.count(REPLACED)
        return made

    def notes(self) -> Iterable[str]:
        """The counts in words."""
        if self.marked:
            yield (
                "cells that a spreadsheet might take for a formula (they begin with = + - @ or the like) have an "
                f"apostrophe in front, which is not part of the words: {self.marked:,}"
            )
        if self.replaced:
            yield f"cells with control characters, each of which is shown as {REPLACED}: {self.replaced:,}"


def safe_cells(frame: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """The table as cells of Python's own values: harmless texts, times in UTC without saying so, None for nothing."""
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
    """Whether a text is longer than a cell of Excel, which counts UTF-16 units."""
    if not isinstance(value, str) or len(value) <= MOST_CHARACTERS // 2:
        return False
    return len(value) + sum(character > "\uffff" for character in value) > MOST_CHARACTERS
