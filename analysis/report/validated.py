"""What the page says of a validation: the measured values, task by task."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

MEASURES = ("precision", "recall", "f1", "accuracy", "macro_f1")
NAMES = {"f1": "F1", "macro_f1": "macro F1", "krippendorff": "Krippendorff's alpha"}
COLUMNS = ("Question", "Answer", "Measure", "Value", "95 % interval", "n coded", "Note")
_NO = "no"  # precision of "the theme is not there" tells little


def validated_rows(summaries: Mapping[str, Mapping[str, pd.DataFrame]]) -> list[list[str]]:
    """One row per question, answer and measure, as text.

    Parameters
    ----------
    summaries : mapping
        As `analysis.compare.validation_files.load_summaries` gives them.

    Returns
    -------
    list of list of str
        Cells in the order of `COLUMNS`; n is the number of coded units behind the value: for recall, those coded so.
    """
    rows: list[list[str]] = []
    for tables in summaries.values():
        agreement, scores = tables["agreement"], tables["scores"]
        if len(agreement):
            rows += [
                _row(row, "coders") for row in agreement.query("measure == 'krippendorff'").to_dict("records")
            ]
        if len(scores):
            kept = scores[scores["measure"].isin(MEASURES) & (scores["class"] != _NO)]
            rows += [_row(row, str(row["class"])) for row in kept.to_dict("records")]
    return rows


def _row(row: Mapping[Any, Any], answer: str) -> list[str]:
    measure = str(row["measure"])
    low, high = row["ci95_low"], row["ci95_high"]
    interval = f"{_number(low)} to {_number(high)}" if math.isfinite(low) else ""
    note = row.get("note")
    return [
        str(row["question"]),
        answer,
        NAMES.get(measure, measure),
        _number(row["estimate"]),
        interval,
        f"{int(row['n']):,}",
        str(note) if isinstance(note, str) else "",
    ]


def _number(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "not known"
