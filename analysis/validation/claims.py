"""A finding in one sentence: estimate, corrected estimate, intervals, concentration, n, and a link to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.compare._core.concentration import rests_on_one_outlet
from analysis.compare._core.grouping import format_count
from analysis.display.html import escape
from analysis.evidence.reader_filters import Filters, fragment

if TYPE_CHECKING:
    import pandas as pd

ESTIMATE = "{estimate}"


@dataclass(frozen=True)
class Claim:
    """A sentence with what is behind it. JupyterLab shows it with its link.

    Attributes
    ----------
    text : str
        The sentence, with its estimate.
    behind : str
        Interval, corrected estimate, range without one outlet, and n.
    warning : str
        Says if one outlet has more than a third of what is counted; otherwise empty.
    link : str
        Address of the rows; empty if there is none.
    """

    text: str
    behind: str
    warning: str = ""
    link: str = ""
    filters: Filters = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.text, f"({self.behind}).", self.warning)))

    def _repr_html_(self) -> str:
        rows = f" <a href='{escape(self.link)}'>rows</a>" if self.link else ""
        warning = f" <em>{escape(self.warning)}</em>" if self.warning else ""
        return f"<p>{escape(self.text)} <small>({escape(self.behind)}.{warning}{rows})</small></p>"


def claim(
    text: str,
    row: Mapping[Any, Any],
    corrected: pd.DataFrame | None = None,
    *,
    filters: Filters | None = None,
    page: str = "",
    percent: bool = True,
    unit: str = " %",
    signed: bool = False,
    of: str = "articles",
) -> Claim:
    """Put a result into a sentence.

    Parameters
    ----------
    text : str
        With '{estimate}' where the number stands: "American speakers have {estimate} of the attributed words."
    row : mapping
        A row of a result of `analysis.compare`: estimate, ci95_low, ci95_high, n, and where there is any the
        concentration in one outlet.
    corrected : pandas.DataFrame, optional
        Rows of `analysis.validation.corrected_means` or `corrected_differences` for one group.
    filters : mapping of str to str, optional
        Filters of the article reader that lead to the rows; see `analysis.evidence.reader_filters`.
    page : str
        Address of the page with the reader. Without it there is no link.
    percent : bool, default True
        Print the numbers in per cent; otherwise with two decimals.
    unit : str
        Printed after the estimate if `percent`: ' points' for a difference.
    signed : bool, default False
        Print a plus before positive numbers.
    of : str
        What n counts.

    Returns
    -------
    Claim

    Examples
    --------
    >>> row = {"estimate": 0.41, "ci95_low": 0.38, "ci95_high": 0.44, "n": 765}
    >>> print(claim("American speakers have {estimate} of the attributed words.", row))
    American speakers have 41 % of the attributed words. (95 % interval 38 to 44; 765 articles).
    """
    unit = unit if percent else ""

    def number(value: float, *, plus: bool = False) -> str:
        shown = f"{100 * value:{'+' if plus else ''}.0f}" if percent else f"{value:{'+' if plus else ''}.2f}"
        shown = shown if float(shown) else shown.lstrip("+-")
        return shown.replace("-", "−")

    def bounds(of_row: Mapping[Any, Any]) -> str:
        low, high = of_row["ci95_low"], of_row["ci95_high"]
        return f"{number(low)} to {number(high)}" if low == low else "no interval"

    parts = [f"95 % interval {bounds(row)}" if row["ci95_low"] == row["ci95_low"] else "no interval"]
    if corrected is not None:
        best: Mapping[Any, Any] = corrected[corrected["estimator"] == "dsl"].iloc[0].to_dict()
        known = best["estimate"] == best["estimate"]
        parts.append(
            f"corrected {number(best['estimate'], plus=signed)}{unit}, {bounds(best)}"
            if known
            else "too few coded to correct"
        )
        parts[-1] += f", {_of_coded(best)}" if known else ""
    warning = ""
    if row.get("top_outlet"):
        ends = (number(row[f"without_outlet_{end}"]) for end in ("low", "high"))
        parts.append(f"without one outlet {' to '.join(ends)}")
        if rests_on_one_outlet(row):
            share = f"{100 * row['top_outlet_share']:.0f} % of what is counted"
            warning = f"It depends on one outlet: {row['top_outlet']} has {share}."
    parts.append(format_count(int(row["n"]), of))
    link = f"{page}{fragment(filters)}" if page and filters else ""
    said = text.replace(ESTIMATE, f"{number(row['estimate'], plus=signed)}{unit}")
    return Claim(said, "; ".join(parts), warning, link, filters or {})


def _of_coded(corrected: Mapping[Any, Any]) -> str:
    """How many units were coded; with an interval, its note, which has the number and what limits it."""
    note = corrected.get("note")
    if isinstance(note, str) and note and corrected["ci95_low"] == corrected["ci95_low"]:
        return note
    return f"{int(corrected['n_coded'])} coded"
