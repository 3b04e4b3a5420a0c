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
        Labels of themes, which are questions, and of sides.

    Returns
    -------
    list of list of str
        Cells in the order of `COLUMNS`: estimate [interval], or why there is no estimate.
    """
    rows: list[list[str]] = []
    for task, tables in summaries.items():
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
                shown = _of_sides(str(value), labels) if task == "sides" else str(value)
                rows.append([what, shown, f"{group}{suffix}", f"{coded:,}", *known])
    return rows


def corrected_note(finding: Finding, summaries: Summaries) -> str:
    """A note with the corrected estimate of what a finding states; empty if it was not coded.

    For themes, the finding is about hits per 1,000 words and hand coding about articles with the theme; the note says
    so.
    """
    task, question = ("sides", "side") if finding.value else ("themes", finding.theme)
    outlet = finding.filters.get("outlet")
    against = outlet is not None
    table = summaries.get(task, {}).get("differences" if against else "means")
    if table is None or table.empty or not question or (task == "themes" and not against):
        return ""
    by, group = _by(table), outlet if against else "all"
    if against and by != "outlet":
        return ""
    rows = table[
        (table["question"] == question)
        & (table[by].astype("str") == group)
        & (table["estimator"] == "dsl")
        & (not finding.value or table["value"] == finding.value)
    ].to_dict("records")
    if not rows:
        return ""
    what = "share of articles with the theme" if task == "themes" else "share of the attributed words"
    of = f"{what}, outlet minus all others" if against else what
    signed = against or not finding.value.startswith("share ")
    return f"Corrected with hand coding, {of}: {_cell(rows[0], signed=signed)}."


def not_coded(finding: Finding, summaries: Summaries) -> str:
    """A note that a finding was not validated although others of the run were; empty otherwise.

    Without any validation the page says so once for everything.
    """
    if not summaries:
        return ""
    tasks = (finding.task, "voice") if finding.task == "sides" else (finding.task,)  # voices are sides, too
    found = [summaries[task]["scores"] for task in tasks if task in summaries]
    scores = next((table for table in found if not table.empty), None)
    checked = scores is not None
    if scores is not None and finding.theme:
        checked = bool((scores["question"] == finding.theme).any())
    return "" if checked else "Not validated on this corpus."


def _of_sides(value: str, labels: Mapping[str, str]) -> str:
    """What is averaged, with the labels of the sides."""
    if value == "share yes":
        return "share of found quotes that are quotes"
    words = [labels.get(word, word) for word in value.removeprefix("share ").split(" ")]
    return f"share of attributed words: {' '.join(words)}"


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
