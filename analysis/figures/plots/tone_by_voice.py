"""Tone: each outlet's own words beside the words it attributes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    footnote,
    largest,
    left_out,
    rows_from_top,
    with_n,
)
from analysis.figures._core.style import COLUMN, OWN_WORDS, QUOTED, canvas, room

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def tone_by_voice(numbers: pd.DataFrame) -> Figure:
    """Mean VADER score per outlet, own words against attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.tone_means` gives it, by outlet, with the column voice: 'outlet' or
        'quoted'.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=room(SHOWN_OUTLETS, fixed=1.3, each=0.24))
    figure = canvas(1.3 + 0.28 * len(outlets), width=COLUMN * 0.86)
    axes = figure.subplots()
    places = rows_from_top(axes, with_n(outlets, n_articles))
    for voice, shift, colour, name in (
        ("outlet", 0.15, OWN_WORDS, "the outlet's own words"),
        ("quoted", -0.15, QUOTED, "words it attributes"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index("outlet").reindex(outlets)
        estimates(
            axes, rows, [p + shift for p in places], colour=colour, label=name, hollow=voice == "quoted"
        )
    axes.axvline(0, color="#888888", linewidth=0.8, zorder=1)
    reach = _reach(numbers[numbers["outlet"].isin(outlets)])
    axes.set_xlim(-reach, reach)
    axes.set_xlabel("← negative     mean VADER compound, of −1 to 1     positive →")
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
    footnote(
        figure,
        "Mean over sentences, weighted by words. VADER is a word list made for social media, a baseline, not "
        f"validated on news. Lines: 95 % interval over articles; paler points have too few for one. n: articles."
        f"{left_out(n_articles, outlets)}",
    )
    return figure


def _reach(numbers: pd.DataFrame) -> float:
    """Half the width of the axis: the same on both sides of zero, in steps of a quarter."""
    values = numbers[["estimate", "ci95_low", "ci95_high"]].abs().max().max()
    return min(1.0, max(0.25, math.ceil(4.2 * values) / 4))
