"""The numbers behind a figure as a table on the page, and the links from rows and marks to their sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.report.reader_filters import describe_filters, fragment, row_filters

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import Row
    from analysis.figures._core.hotspots import Hotspot
    from analysis.figures._core.registry import Entry, Pair

SHOWN_ROWS = 1_000
Link = Callable[["Row"], tuple[str, str]]
_FEW = 3  # rows; in longer tables, columns with a single value are listed once above the table


def link_of(row: Row, *, entry: Entry, pair: Pair, labels: Mapping[str, str]) -> tuple[str, str]:
    """The link from a row of a figure's numbers to its sentences (empty if there is none), and its name.

    Parameters
    ----------
    row : mapping
        The row by column.
    entry : Entry
        Catalogue entry of the figure.
    pair : (str, str) or None
        The two sides of the study.
    labels : mapping of str to str
        Labels of sides and themes by id.
    """
    filters = row_filters(entry, row, pair)
    return fragment(filters), describe_filters(filters, labels)


def number_table(numbers: pd.DataFrame, link: Link) -> dict[str, Any]:
    """A table for the template.

    Parameters
    ----------
    numbers : pandas.DataFrame
        The numbers that were drawn.
    link : callable
        `link_of` for the figure.

    Returns
    -------
    dict
        `columns`; `rows`: at most `SHOWN_ROWS` with `link` (may be empty), `name` of the link and `cells`; `n_rows`:
        how many rows there are; `common`: 'column: value' for columns with a single value, which are not in
        `columns`.
    """
    shown = numbers.head(SHOWN_ROWS)
    constant = _constant_columns(numbers)
    columns = [name for name in numbers.columns if name not in constant]
    rows = []
    for record in shown.to_dict("records"):
        address, name = link({str(column): value for column, value in record.items()})
        cells = [cell_text(record[column]) for column in columns]
        rows.append({"link": address, "name": name, "cells": cells})
    return {
        "columns": columns,
        "rows": rows,
        "n_rows": len(numbers),
        "common": [f"{name}: {text}" for name, value in constant.items() if (text := cell_text(value))],
    }


def hotspot_links(hotspots: Sequence[Hotspot], size: tuple[int, int], link: Link) -> list[dict[str, Any]]:
    """The links that lie on the marks of a figure.

    Parameters
    ----------
    hotspots : sequence of Hotspot
    size : (int, int)
        Width and height of the figure in the units of the links' boxes.
    link : callable
        `link_of` for the figure.

    Returns
    -------
    list of dict
        `link`, `name`, `x`, `y`, `width`, `height`; nothing for marks for which the reader has no filters.
    """
    wide, high = size
    found = []
    for spot in hotspots:
        address, name = link(spot.row)
        if address:
            box = (spot.x * wide, spot.y * high, spot.width * wide, spot.height * high)
            x, y, width, height = (round(part, 1) for part in box)
            found.append({"link": address, "name": name, "x": x, "y": y, "width": width, "height": height})
    return found


def cell_text(value: Any) -> str:
    """A value as text: floats with four significant digits, missing values as an empty string."""
    if value is None or value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _constant_columns(numbers: pd.DataFrame) -> dict[str, Any]:
    """The columns with a single value, and the value."""
    if len(numbers) < _FEW:
        return {}
    texts = {name: numbers[name].map(cell_text, na_action=None) for name in numbers.columns}
    return {name: numbers[name].iloc[0] for name, column in texts.items() if column.nunique() == 1}
