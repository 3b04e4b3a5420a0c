"""Estimates as measured, from hand coding only, and corrected with hand coding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.report.formatting import rounded

if TYPE_CHECKING:
    import pandas as pd

    from analysis.report.finding import Finding
    from analysis.validation.results import Summaries

ESTIMATES = {
    "naive": "As measured",
    "gold_only": "Hand-coded only",
    "dsl": "Corrected (DSL)",
    "ppi": "Corrected (PPI)",
}
COLUMNS = ("Question", "What", "Group", "Coded", *ESTIMATES.values())
OTHERS = "minus all others"


def corrected_rows(summaries: Summaries, labels: Mapping[str, str]) -> list[list[str]]:
    """One row per question, value and group, and one per difference of a group from all others.

    Parameters
    ----------
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.
    labels : mapping of str to str
        Labels of the themes, which are questions.

    Returns
    -------
    list of list of str
        Cells in the order of `COLUMNS`: estimate [interval], or why there is no estimate.
    """
    rows: list[list[str]] = []
    for tables in summaries.values():
        for name, suffix in (("means", ""), ("differences", f", {OTHERS}")):
            table = tables[name]
            if table.empty:
                continue
            by = _by(table)
            keys = ["question", "value", by]
            for (question, value, group), estimates in table.groupby(keys, sort=False):
                by_name = {row["estimator"]: row for row in estimates.to_dict("records")}
                coded = max(int(row["n_coded"]) for row in by_name.values())
                known = [_cell(by_name.get(name), signed=bool(suffix)) for name in ESTIMATES]
                what = f"{labels.get(str(question), str(question))}"
                rows.append([what, str(value), f"{group}{suffix}", f"{coded:,}", *known])
    return rows


def corrected_note(finding: Finding, summaries: Summaries) -> str:
    """A note with the corrected difference between an outlet and all others; empty if the theme was not coded.

    The finding is about hits per 1,000 words and hand coding about articles with the theme; the note says so.
    """
    table = summaries.get("themes", {}).get("differences")
    outlet = finding.filters.get("outlet")
    if table is None or table.empty or not finding.theme or outlet is None or _by(table) != "outlet":
        return ""
    rows = table[
        (table["question"] == finding.theme)
        & (table["outlet"].astype("str") == outlet)
        & (table["estimator"] == "dsl")
    ].to_dict("records")
    if not rows:
        return ""
    row = rows[0]
    return (
        "Corrected with hand coding, share of articles with the theme, outlet minus all others: "
        f"{_cell(row, signed=True)}."
    )


def not_coded(finding: Finding, summaries: Summaries) -> str:
    """A note that a finding was not validated although others of the run were; empty otherwise.

    Without any validation the page says so once for everything.
    """
    if not summaries:
        return ""
    scores = summaries.get(finding.task, {}).get("scores")
    checked = scores is not None and not scores.empty
    if checked and scores is not None and finding.theme:
        checked = bool((scores["question"] == finding.theme).any())
    return "" if checked else "Not validated on this corpus."


def _by(table: pd.DataFrame) -> str:
    """The column of the groups, which the validation puts behind question and value."""
    return str(table.columns[list(table.columns).index("value") + 1])


def _cell(row: Mapping[Any, Any] | None, *, signed: bool) -> str:
    if row is None:
        return ""
    if row["estimate"] != row["estimate"]:
        return _note(row).partition(",")[0]  # the rest is the same in every cell
    if row["ci95_low"] != row["ci95_low"]:
        return f"{rounded([row['estimate']], 2, signed=signed)[0]} ({_note(row)})"
    estimate, low, high = rounded([row["estimate"], row["ci95_low"], row["ci95_high"]], 2)
    plus = "+" if signed and row["estimate"] > 0 else ""
    return f"{plus}{estimate} [{low}, {high}]"


def _note(row: Mapping[Any, Any]) -> str:
    return row["note"] if isinstance(row["note"], str) else "no interval"
