"""Cells protected against formula injection, with a count of the changes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

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

    def text(self, value: str, times: int = 1) -> str:
        """Protect a text that stands in so many cells, and count the changes."""
        made: str = harmless_cell(value)
        if made != value:
            self.marked += times * (len(made) > len(value))
            self.replaced += times * (made.count(REPLACED) > value.count(REPLACED))
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

    made = {name: _safe_column(frame[name], changes) for name in frame}
    return pd.DataFrame(made, columns=list(frame), dtype="object")


def _safe_column(column: pd.Series[Any], changes: Changes) -> list[Any]:
    import pandas as pd

    kind = column.dtype.kind
    if kind in "iufb" or column.dtype == object:  # object may hold 1 and True, which count as the same value
        filled = column.astype("object").where(column.notna(), None)
        return filled.tolist() if kind in "iub" else [_cell(value, 1, changes) for value in filled]
    # most texts and times stand in many rows, and each is looked at once
    numbers, values = pd.factorize(column)
    times = np.bincount(numbers[numbers >= 0], minlength=len(values)).tolist()
    cells = [_cell(value, n, changes) for value, n in zip(values, times, strict=True)]
    return [None if number < 0 else cells[number] for number in numbers.tolist()]


def _cell(value: Any, times: int, changes: Changes) -> Any:
    if isinstance(value, str):
        return changes.text(value, times)
    if isinstance(value, datetime):  # a pandas.Timestamp is one
        return value.replace(tzinfo=None)
    return str(value) if isinstance(value, float) and math.isinf(value) else value


def long_texts(column: pd.Series[Any]) -> list[str]:
    """Texts of a column that are too long for a cell of Excel."""
    if column.dtype.kind in "iufbM":
        return []
    texts = column[column.notna()].astype("str")
    return [text for text in texts[texts.str.len() > MOST_CHARACTERS // 2] if is_long(text)]


def is_long(value: object) -> bool:
    """Whether a text is too long for a cell of Excel, which counts UTF-16 units."""
    if not isinstance(value, str) or len(value) <= MOST_CHARACTERS // 2:
        return False
    return len(value) + sum(character > "\uffff" for character in value) > MOST_CHARACTERS
