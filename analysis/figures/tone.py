"""Tone: each outlet's own words beside the words it attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures.marks import articles_by, estimates, footnote, rows_from_top, with_n
from analysis.figures.style import COLUMN, OWN_WORDS, QUOTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def tone_by_voice(numbers: pd.DataFrame) -> Figure:
    """Mean VADER score per outlet, own words against attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.tone_means` gives it, by outlet, with the column voice: 'outlet' or 'quoted'.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot as plt

    n_articles = articles_by(numbers, "outlet")
    outlets = list(n_articles)
    figure, axes = plt.subplots(figsize=(COLUMN * 0.82, 1.1 + 0.3 * len(outlets)))
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
    axes.set_xlim(-1, 1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1\nnegative", "−0.5", "0", "0.5", "1\npositive"])
    axes.grid(axis="x")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
    footnote(
        axes,
        "VADER compound score, mean over sentences weighted by words: a word list made for social media, kept as a "
        "baseline and not validated on news. Lines: 95 % interval over articles. n: articles.",
    )
    return figure
