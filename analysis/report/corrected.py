"""Estimates as measured, from coded units only, and corrected with coded units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.report.formatting import rounded, with_interval
from analysis.report.validated import coding_name
from analysis.validation.tasks import YES
from analysis.validation.validate import SHARE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.report.finding import Finding
    from analysis.validation.results import Summaries

ESTIMATES = {
    "naive": "As measured",
    "gold_only": "Coded units only",
    "dsl": "Corrected (DSL)",
    "ppi": "Corrected (PPI)",
}
COLUMNS = ("Question", "What", "Group", "Coded", *ESTIMATES.values(), "Note")
OTHERS = "minus all others"
ALL = "all"


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
        Cells in the order of `COLUMNS`: estimate [interval], or why there is no estimate. The note is that of the
        estimate by DSL.
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
                rows.append(
                    [what, shown, f"{group}{suffix}", f"{coded:,}", *known, _limits(by_name.get("dsl"))]
                )
    return rows


def overall_rows(summaries: Summaries) -> list[tuple[str, ...]]:
    """The estimates over all articles as measured and corrected by DSL, with a first row of headings.

    Parameters
    ----------
    summaries : mapping
        As `analysis.validation.results.load_summaries` gives them.

    Returns
    -------
    list of tuple of str
    """
    shown = [
        COLUMNS.index(name) for name in ("Question", "What", ESTIMATES["naive"], ESTIMATES["dsl"], "Note")
    ]
    rows = [row for row in corrected_rows(summaries, {}) if row[COLUMNS.index("Group")] == ALL]
    return [tuple(row[place] for place in shown) for row in [COLUMNS, *rows]]


def corrected_note(finding: Finding, summaries: Summaries) -> str:
    """A note with the corrected estimate of what a finding states; empty if it was not coded.

    For themes of an outlet, the finding is about hits per 1,000 words and the coding about articles with the theme;
    the note says so.
    """
    outlet = finding.filters.get("outlet")
    if finding.value and finding.task == "themes":
        task, question, what = "themes", finding.theme, ""
    elif finding.value:
        task, question, what = "sides", "side", ""
    elif finding.theme and outlet is not None:
        task, question, what = "themes", finding.theme, ", share of articles with the theme"
    else:
        return ""
    table = summaries.get(task, {}).get("means" if outlet is None else "differences")
    if table is None or table.empty:
        return ""
    by = _by(table)
    if outlet is not None and by != "outlet":
        return ""
    group = ALL if outlet is None else outlet
    chosen = (
        (table["question"] == question) & (table[by].astype("str") == group) & (table["estimator"] == "dsl")
    )
    if finding.value:
        chosen &= table["value"] == finding.value
    rows = table[chosen].to_dict("records")
    if not rows:
        return ""
    against = "" if outlet is None else ", outlet minus all others"
    signed = outlet is not None or not finding.value.startswith(SHARE)
    row = rows[0] | {"note": _note(rows[0])}
    number = with_interval(row, scale=100, unit=" points" if signed else " %", signed=signed)
    limits = f"; {limit}" if (limit := _limits(rows[0])) else ""
    return f"Corrected with {coding_name(summaries)}{what}{against}: {number}{limits}."


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
    if value == f"{SHARE}{YES}":
        return "share of found quotes that are quotes"
    words = [labels.get(word, word) for word in value.removeprefix(SHARE).split(" ")]
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


def _limits(row: Mapping[Any, Any] | None) -> str:
    """The note of an estimate that has an interval; without one, the note is in its cell."""
    if row is None or row["ci95_low"] != row["ci95_low"]:
        return ""
    return row["note"] if isinstance(row["note"], str) else ""


def _note(row: Mapping[Any, Any]) -> str:
    return row["note"] if isinstance(row["note"], str) else "no interval"
