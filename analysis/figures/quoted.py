"""Who is quoted: each side's share of all quoted words, outlet by outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures.marks import articles_by, footnote, rows_from_top, with_n
from analysis.figures.style import COLUMN, INK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_SIDES = 6


def quoted_shares(numbers: pd.DataFrame, *, labels: Mapping[str, str], colours: Mapping[str, str]) -> Figure:
    """One panel per side, one bar per outlet: the share of the outlet's quoted words that the side gets.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.quoted_shares` gives it, by outlet.
    labels, colours : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot as plt

    words = numbers.groupby("side")["numerator"].sum().sort_values(ascending=False, kind="stable")
    sides = [side for side in words.index if words[side] > 0][:SHOWN_SIDES]
    n_articles = articles_by(numbers, "outlet")
    outlets = list(n_articles)
    figure, panels = plt.subplots(
        1, len(sides), sharey=True, figsize=(COLUMN, 0.9 + 0.26 * len(outlets)), squeeze=False
    )
    for axes, side in zip(panels[0], sides, strict=True):
        rows = numbers[numbers["side"] == side].set_index("outlet").reindex(outlets)
        places = rows_from_top(axes, with_n(outlets, n_articles))
        axes.barh(places, 100 * rows["estimate"], height=0.62, color=colours[side], alpha=0.85)
        axes.hlines(places, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=INK, linewidth=0.9)
        axes.set_title(labels.get(side, side), loc="left")
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100], ["0", "50", "100 %"])
        axes.grid(axis="x")
    footnote(
        panels[0][0],
        "Share of each outlet's quoted and reported words. Lines: 95 % interval over articles; none where there are "
        "too few articles to give one. n: articles with quotes.",
    )
    return figure
