"""Who is quoted: each side's share of all quoted words, outlet by outlet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures._core.marks import (
    BAR,
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    largest,
    left_out,
    plain,
    remember_bars,
    rows_from_top,
    with_n,
)
from analysis.figures._core.palette import Side
from analysis.figures._core.style import INK, canvas, on_slides, points, room
from analysis.schemas import UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_SIDES, SHOWN_ON_SLIDES = 6, 5
_LAST = ("other", UNATTRIBUTED)


def quoted_shares(numbers: pd.DataFrame, *, labels: Mapping[str, str], looks: Mapping[str, Side]) -> Figure:
    """One panel per side, one bar per outlet: the share of the outlet's quoted words that the side gets.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.quoted_shares` gives it, by outlet.
    labels : mapping of str to str
        By side.
    looks : mapping of str to Side
        By side: see `analysis.figures._core.palette.side_looks`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sides, hidden = _sides(numbers)
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=room(SHOWN_OUTLETS, fixed=1.25, each=0.24))
    figure = canvas(1.25 + 0.24 * len(outlets))
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)
    for axes, side in zip(panels[0], sides, strict=True):
        rows = numbers[numbers["side"] == side].set_index("outlet").reindex(outlets)
        places = rows_from_top(axes, with_n(outlets, n_articles))
        shares = 100 * rows["estimate"]
        axes.barh(
            places, shares, height=BAR, color=looks[side].colour, edgecolor=INK, linewidth=0.4,
        )  # fmt: skip
        remember_bars(axes, rows, ([0.0] * len(places), shares.tolist()), places)
        for colour, width in (("white", 2.4), (INK, 1.0)):  # seen on dark bars, too
            axes.hlines(
                places, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=colour, linewidth=width
            )
        axes.set_title("\n".join(textwrap.wrap(plain(labels.get(side, side)), 11)), fontsize=points(8))
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="x")
        axes.get_xticklabels()[0].set_ha("left")  # so that 100 and the next panel's 0 keep apart
        axes.get_xticklabels()[-1].set_ha("right")
    words = numbers.groupby("side")["numerator"].sum()
    share = 100 * words[hidden].sum() / max(1, words.sum())
    others = (
        f" Not shown, together {share:.1f} % of all attributed words: "
        f"{', '.join(plain(labels.get(side, side)) for side in hidden)}."
        if hidden
        else ""
    )
    footnote(
        figure,
        "Per cent of each outlet's attributed words. Lines: 95 % interval over articles; none where too few "
        f"have any. n: articles with attributed words.{left_out(n_articles, outlets)}",
        details=others.strip(),
    )
    return figure


def _sides(numbers: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The sides that are shown, by their words, the residual ones last; and those that are not."""
    words = numbers.groupby("side")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(side) for side in words.index if words[side] > 0]
    residual = [side for side in _LAST if side in heard]
    named = [side for side in heard if side not in residual]
    shown = named[: (SHOWN_ON_SLIDES if on_slides() else SHOWN_SIDES) - len(residual)]
    return shown + residual, named[len(shown) :]
