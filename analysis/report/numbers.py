"""The numbers behind a figure as a table on the page, each row with a link to its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.report.selection import fragment, row_selection, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from analysis.figures.places import Place

SHOWN_ROWS = 1_000
_FEW = 3  # rows, from which what all have in common is told once


def number_table(
    figure: str, numbers: pd.DataFrame, pair: tuple[str, str] | None, labels: Mapping[str, str]
) -> dict[str, Any]:
    """A table for the template.

    Parameters
    ----------
    figure : str
        Name of the figure.
    numbers : pandas.DataFrame
        What was drawn.
    pair : (str, str) or None
        The two sides of the study.
    labels : mapping of str to str
        Names of sides and themes by their ids.

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
        where = row_selection(figure, {str(name): value for name, value in record.items()}, pair)
        rows.append(
            {
                "link": fragment(where),
                "name": told(where, labels),
                "cells": [cell_text(record[name]) for name in columns],
            }
        )
    return {
        "columns": columns,
        "rows": rows,
        "n_rows": len(numbers),
        "common": [f"{name}: {cell_text(value)}" for name, value in alike.items() if cell_text(value)],
    }


def mark_links(
    figure: str,
    marks: Sequence[Place],
    size: tuple[int, int],
    pair: tuple[str, str] | None,
    labels: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Links that lie on the marks of a figure.

    Parameters
    ----------
    figure : str
        Name of the figure.
    marks : sequence of Place
    size : (int, int)
        Width and height of the figure, in the units of the links' places.
    pair : (str, str) or None
        The two sides of the study.
    labels : mapping of str to str
        Names of sides and themes by their ids.

    Returns
    -------
    list of dict
        `link`, `name` (what the mark is about), `x`, `y`, `width`, `height`; none for marks that the reader has no
        filters for.
    """
    wide, high = size
    found = []
    for mark in marks:
        where = row_selection(figure, mark.row, pair)
        link = fragment(where)
        if link:
            box = (mark.x * wide, mark.y * high, mark.width * wide, mark.height * high)
            x, y, width, height = (round(part, 1) for part in box)
            name = told(where, labels)
            found.append({"link": link, "name": name, "x": x, "y": y, "width": width, "height": height})
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
