"""Validation on the page: the measured values, task by task, and cautions about them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.validation.validate import BY_WORDS, MODEL_CODER

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.validation.results import Summaries

MEASURES = ("precision", "recall", "f1", "accuracy", "macro_f1")
NAMES = {"f1": "F1", "macro_f1": "macro F1", "krippendorff": "Krippendorff's alpha"}
COLUMNS = ("Question", "Answer", "Measure", "Value", "95 % interval", "n coded", "Note")
_NO = "no"  # scores of "the theme is absent" say little
ALPHA = 0.667
"""Krippendorff (2004): the smallest alpha that allows tentative conclusions."""
FEW = 10
"""Number of coded units with an answer below which its F1 is too uncertain."""
GOOD_F1 = 0.6


def coding_name(summaries: Summaries) -> str:
    """What the measurements were compared with: 'hand coding', or 'codes of language models'.

    Parameters
    ----------
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.

    Returns
    -------
    str
    """
    return "codes of language models" if any(map(_by_models, summaries.values())) else "hand coding"


def often_wrong(theme: str, summaries: Summaries) -> str:
    """A warning that a theme is often wrong, measured on this corpus; empty otherwise.

    Parameters
    ----------
    theme : str
        Id of a theme.
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.

    Returns
    -------
    str
    """
    scores = summaries["themes"]["scores"] if "themes" in summaries else None
    if scores is None or scores.empty:
        return ""
    poor = _poor(scores)
    found = poor.loc[poor["question"] == theme, "estimate"]
    if found.empty:
        return ""
    return (
        f"The toolkit is often wrong on this theme (F1 {found.iloc[0]:.2f} against {coding_name(summaries)})."
    )


def validated_rows(summaries: Summaries) -> list[list[str]]:
    """One row per question, answer and measure, as text.

    Parameters
    ----------
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.

    Returns
    -------
    list of list of str
        Cells in the order of `COLUMNS`; n is the number of coded units behind the value;
        for recall, the units coded with the answer.
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


def cautions(summaries: Summaries) -> list[str]:
    """Warnings that a reader should see before the measured values.

    Returns
    -------
    list of str
        Sentences on a single coder, low agreement, rare answers and low accuracy.
    """
    found: list[str] = []
    for task, tables in summaries.items():
        agreement, scores = tables["agreement"], tables["scores"]
        if _by_models(tables):
            found.append(
                f"{task}: language models coded, not people. Errors that they have in common are not seen, and "
                "their agreement is too high an estimate."
            )
        if agreement.empty:
            found.append(f"{task}: one person coded, so the agreement between coders is unknown.")
        else:
            alpha = agreement[agreement["measure"] == "krippendorff"]
            found += _listed(
                alpha[~(alpha["estimate"] >= ALPHA)],
                f"{task}: the coders do not agree well enough (alpha below {ALPHA}) on",
            )
        if scores.empty:
            continue
        positive = _positive(scores)
        rare = positive[(positive["measure"] == "recall") & (positive["n"] < FEW)]
        found += _listed(rare, f"{task}: recall and F1 rest on fewer than {FEW} coded units for")
        found += _listed(_poor(scores), f"{task}: the toolkit is often wrong (F1 below {GOOD_F1}) on")
    return found


def _by_models(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether language models coded a task."""
    agreement = tables.get("agreement")
    if agreement is None or "coders" not in agreement:
        return False
    return bool(agreement["coders"].astype("str").str.startswith(MODEL_CODER).any())


def _positive(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores of answers other than "no"."""
    return scores[(scores["class"] != _NO) & (scores["question"] != BY_WORDS)]


def _poor(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of answers whose F1 is low and rests on enough coded units to say so."""
    positive = _positive(scores)
    enough = positive["n"] >= FEW
    return positive[(positive["measure"] == "f1") & (positive["estimate"] < GOOD_F1) & enough]


def _listed(rows: pd.DataFrame, what: str) -> list[str]:
    names = dict.fromkeys(
        f"{row['question']} ({row['class']})"
        if row.get("class") not in (None, "yes")
        else str(row["question"])
        for row in rows.to_dict("records")
    )
    return [f"{what} {', '.join(names)}."] if names else []


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
    return f"{value:.2f}" if math.isfinite(value) else "no estimate"
