"""Wire copy on the page: differences between outlets with all articles and with one article per family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures.wire_copy import Treatment
from analysis.report.outlet_findings import compared_noun

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

WITH: Treatment = "as independent"
WITHOUT: Treatment = "first only"
LEVEL = 0.05
COLUMNS = ("Outlet", "Theme", "All articles", "First of each family", "Significant")


def wire_copy(tables: Tables, compared: pd.DataFrame | None) -> dict[str, object]:
    """How many articles are wire copy, and which differences between outlets depend on them.

    Parameters
    ----------
    tables : Tables
        With their study.
    compared : pandas.DataFrame or None
        See `analysis.report.outlet_findings.compared_themes`.

    Returns
    -------
    dict
        `summary`: sentences; `rows`: cells in the order of `COLUMNS`, one row for each difference that is significant
        in one of the two cases (Benjamini-Hochberg over all themes and outlets).
    """
    articles = tables.metadata
    n_repeats = len(articles) - articles["family_id"].nunique()
    if compared is None:
        return {"summary": "There is only one outlet, so nothing is compared.", "rows": []}
    if not n_repeats:
        return {
            "summary": "No two articles are near-identical, so no result depends on wire copy.",
            "rows": [],
        }
    compared = compared[compared["wire_copy"].isin([WITH, WITHOUT])]
    rows = _rows(compared, tables)
    if not compared["n_tests"].any():
        return {
            "summary": f"{_count(n_repeats, len(articles))} Outlets have too few articles to compare.",
            "rows": [],
        }
    both = sum(row[-1] == "both" for row in rows)
    tests = int(compared["n_tests"].max())
    summary = (
        f"{_count(n_repeats, len(articles))} Theme rates of each {compared_noun(tables)} are compared with those of "
        f"all others (up to {tests:,} tests). Significant at a false discovery rate of {100 * LEVEL:.0f} %, with all "
        f"articles or with the first article of each family: {len(rows):,}; in both cases: {both:,}."
    )
    return {"summary": summary, "rows": rows}


def _count(repeats: int, articles: int) -> str:
    return f"{repeats:,} of {articles:,} articles {'is' if repeats == 1 else 'are'} near-identical to an earlier one."


def _rows(compared: pd.DataFrame, tables: Tables) -> list[list[str]]:
    labels = tables.study_or_error().theme_labels
    rows = []
    for (theme, outlet), pair in compared.groupby(["theme", "outlet"], sort=True):
        ways = {str(row["wire_copy"]): row for row in pair.to_dict("records")}
        known = [ways[way] for way in (WITH, WITHOUT) if way in ways]
        stands = [row["p_bh"] < LEVEL for row in known]
        if not any(stands):
            continue
        all_alike = (
            len(known) == 2 and all(stands) and (known[0]["estimate"] > 0) == (known[1]["estimate"] > 0)
        )
        verdict = "both" if all_alike else "all articles only" if stands[0] else "first of each family only"
        cells = [_cell(ways.get(way)) for way in (WITH, WITHOUT)]
        rows.append([str(outlet), labels.get(str(theme), str(theme)), *cells, verdict])
    return rows


def _cell(row: dict[object, object] | None) -> str:
    """The difference per 1,000 words with its interval."""
    if row is None or row["estimate"] != row["estimate"]:
        return "no estimate"
    text = f"{row['estimate']:+.1f}"
    return (
        text
        if row["ci95_low"] != row["ci95_low"]
        else f"{text} [{row['ci95_low']:.1f}, {row['ci95_high']:.1f}]"
    )
