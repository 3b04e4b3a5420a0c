"""What the page says of wire copy: the differences between outlets with and without reprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures.wire_copy import Treatment

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

WITH: Treatment = "as independent"
WITHOUT: Treatment = "first only"
LEVEL = 0.05
COLUMNS = ("Outlet", "Theme", "All articles", "First of each family", "Stands")


def wire_copy(tables: Tables, compared: pd.DataFrame | None) -> dict[str, object]:
    """How many articles are reprints, and which differences between outlets hang on them.

    Parameters
    ----------
    tables : Tables
        With their study.
    compared : pandas.DataFrame or None
        `analysis.compare.measures.wire_copy.theme_comparisons` of these tables by outlet; None where there is
        one outlet only.

    Returns
    -------
    dict
        `summary`: sentences; `rows`: cells in the order of `COLUMNS`, one row for each difference that is significant
        with or without reprints (Benjamini-Hochberg over all themes and outlets).
    """
    articles = tables.articles
    n_repeats = len(articles) - articles["family_id"].nunique()
    if compared is None:
        return {"summary": "There is only one outlet, and so nothing to compare.", "rows": []}
    if not n_repeats:
        return {"summary": "No two articles are near-identical: nothing hangs on reprints.", "rows": []}
    compared = compared[compared["wire_copy"].isin([WITH, WITHOUT])]
    rows = _rows(compared, tables)
    if not compared["n_tests"].any():
        return {
            "summary": f"{_count(n_repeats, len(articles))} Outlets have too few articles to compare.",
            "rows": [],
        }
    both = sum(row[-1] == "both ways" for row in rows)
    tests = int(compared["n_tests"].max())
    summary = (
        f"{_count(n_repeats, len(articles))} Differences in theme rates between an outlet and all others: up to "
        f"{tests:,} tested; significant at {100 * LEVEL:.0f} % of false discoveries with all articles or with the "
        f"first of each family alone: {len(rows):,}; both ways: {both:,}."
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
        verdict = "both ways" if all_alike else "with reprints only" if stands[0] else "without reprints only"
        cells = [_cell(ways.get(way)) for way in (WITH, WITHOUT)]
        rows.append([str(outlet), labels.get(str(theme), str(theme)), *cells, verdict])
    return rows


def _cell(row: dict[object, object] | None) -> str:
    """The difference per 1,000 words with its interval."""
    if row is None or row["estimate"] != row["estimate"]:
        return "not known"
    text = f"{row['estimate']:+.1f}"
    return (
        text
        if row["ci95_low"] != row["ci95_low"]
        else f"{text} [{row['ci95_low']:.1f}, {row['ci95_high']:.1f}]"
    )
