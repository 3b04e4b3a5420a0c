"""The numbers behind a figure as a table on the page, each row with a link to its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from analysis.report.selection import Row, fragment, row_selection, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.figures._core.hotspots import Place

SHOWN_ROWS = 1_000
Linked = Callable[[Row], tuple[str, str]]
_FEW = 3  # rows, from which what all have in common is told once


def link_of(
    row: Row, *, figure: str, pair: tuple[str, str] | None, labels: Mapping[str, str]
) -> tuple[str, str]:
    """The link from a row of a figure's numbers to its sentences (empty where there is none), and what it is about.

    Parameters
    ----------
    row : mapping
        The row by column.
    figure : str
        Name of the figure.
    pair : (str, str) or None
        The two sides of the study.
    labels : mapping of str to str
        Names of sides and themes by their ids.
    """
    where = row_selection(figure, row, pair)
    return fragment(where), told(where, labels)


def number_table(numbers: pd.DataFrame, link: Linked) -> dict[str, Any]:
    """A table for the template.

    Parameters
    ----------
    numbers : pandas.DataFrame
        What was drawn.
    link : callable
        `link_of` of the figure.

    Returns
    -------
    dict
        `columns`; `rows`, at most `SHOWN_ROWS`: `link` (empty where there is none), `name` (what the row is about,
        for the link) and `cells`; `n_rows`, how many there are; `common`: 'column: value' for columns that say the
        same in every row, which are left out of `columns`.
    """
    shown = numbers.head(SHOWN_ROWS)
    alike = _alike(numbers)
    columns = [name for name in numbers.columns if name not in alike]
    rows = []
    for record in shown.to_dict("records"):
        address, name = link({str(column): value for column, value in record.items()})
        cells = [cell_text(record[column]) for column in columns]
        rows.append({"link": address, "name": name, "cells": cells})
    return {
        "columns": columns,
        "rows": rows,
        "n_rows": len(numbers),
        "common": [f"{name}: {cell_text(value)}" for name, value in alike.items() if cell_text(value)],
    }


def mark_links(marks: Sequence[Place], size: tuple[int, int], link: Linked) -> list[dict[str, Any]]:
    """Links that lie on the marks of a figure.

    Parameters
    ----------
    marks : sequence of Place
    size : (int, int)
        Width and height of the figure, in the units of the links' places.
    link : callable
        `link_of` of the figure.

    Returns
    -------
    list of dict
        `link`, `name` (what the mark is about), `x`, `y`, `width`, `height`; none for marks that the reader has no
        filters for.
    """
    wide, high = size
    found = []
    for mark in marks:
        address, name = link(mark.row)
        if address:
            box = (mark.x * wide, mark.y * high, mark.width * wide, mark.height * high)
            x, y, width, height = (round(part, 1) for part in box)
            found.append({"link": address, "name": name, "x": x, "y": y, "width": width, "height": height})
    return found


def cell_text(value: Any) -> str:
    """A number with four digits, anything else as it is; nothing where there is no value."""
    if value is None or value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _alike(numbers: pd.DataFrame) -> dict[str, Any]:
    if len(numbers) < _FEW:
        return {}
    texts = {name: numbers[name].map(cell_text, na_action=None) for name in numbers.columns}
    return {name: numbers[name].iloc[0] for name, column in texts.items() if column.nunique() == 1}
