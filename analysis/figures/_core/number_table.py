"""The numbers behind a figure as a table of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.links import Link

SHOWN_ROWS = 1_000
_FEW = 3  # rows; in longer tables, columns with a single value are listed once above the table


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
