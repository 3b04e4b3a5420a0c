"""Who is quoted: each side's share of all quoted words, outlet by outlet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures.marks import articles_by, footnote, largest, left_out, rows_from_top, with_n
from analysis.figures.style import COLUMN, INK
from analysis.schemas import UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_SIDES = 6
_LAST = ("other", UNATTRIBUTED)


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
    from matplotlib.figure import Figure

    sides, hidden = _sides(numbers)
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles)
    figure = Figure(figsize=(COLUMN, 1.25 + 0.24 * len(outlets)))
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)
    for axes, side in zip(panels[0], sides, strict=True):
        rows = numbers[numbers["side"] == side].set_index("outlet").reindex(outlets)
        places = rows_from_top(axes, with_n(outlets, n_articles))
        axes.barh(
            places, 100 * rows["estimate"], height=0.62, color=colours[side], edgecolor=INK, linewidth=0.4
        )
        axes.hlines(places, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=INK, linewidth=1.0)
        axes.set_title("\n".join(textwrap.wrap(labels.get(side, side), 11)), fontsize=8)
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="x")
    words = numbers.groupby("side")["numerator"].sum()
    share = 100 * words[hidden].sum() / max(1, words.sum())
    others = (
        f" Not shown, together {share:.1f} % of all attributed words: "
        f"{', '.join(labels.get(side, side) for side in hidden)}."
        if hidden
        else ""
    )
    footnote(
        figure,
        "Per cent of each outlet's attributed words. Lines: 95 % interval over articles; none where too few "
        f"have any. n: articles with attributed words.{left_out(n_articles, outlets)}{others}",
    )
    return figure


def _sides(numbers: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The sides that are shown, by their words, the residual ones last; and those that are not."""
    words = numbers.groupby("side")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(side) for side in words.index if words[side] > 0]
    residual = [side for side in _LAST if side in heard]
    named = [side for side in heard if side not in residual]
    shown = named[: SHOWN_SIDES - len(residual)]
    return shown + residual, named[len(shown) :]
