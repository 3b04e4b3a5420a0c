"""Articles in a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.ingest.columns import choose_columns, other_columns
from analysis.ingest.records import Item, Record

if TYPE_CHECKING:
    import pandas as pd

FRAME = Path("data frame")


def read_frame(frame: pd.DataFrame) -> Iterator[Item]:
    """Read the rows of a data frame as articles, with columns named as in a CSV file. Rows are numbered from 1.

    Raises
    ------
    UnreadableFile
        No column holds the text.
    """
    names = [str(name) for name in frame.columns]
    columns = [
        [None if missing else cell for cell, missing in zip(column, column.isna(), strict=True)]
        for _, column in frame.items()
    ]
    rows = list(zip(*columns, strict=True))
    mapped = choose_columns(names, rows, FRAME)
    others = other_columns(names, mapped)
    for number, row in enumerate(rows, start=1):
        yield Record(
            str(number),
            {field: row[place] for field, place in mapped.items()},
            {name: row[place] for name, place in others.items()},
        )
