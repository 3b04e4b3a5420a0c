"""Themes: how often by outlet, over time, and in whose words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.figures.marks import articles_by, estimates, footnote, plain, rows_from_top, with_n
from analysis.figures.style import COLUMN, FAINT, INK, OWN_WORDS, QUOTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_OVER_TIME = 8


def theme_heatmap(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """Themes down, outlets across; each cell is the rate per 1,000 words, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.theme_rates` gives it, by outlet.
    labels : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import numpy as np
    from matplotlib import pyplot as plt

    rates = numbers.pivot(index="theme", columns="outlet", values="estimate")
    order = _by_frequency(numbers)
    n_articles = articles_by(numbers, "outlet")
    rates = rates.loc[order, list(n_articles)]
    figure, axes = plt.subplots(figsize=(COLUMN, 1.6 + 0.2 * len(rates)))
    # a few themes dominate; the square root keeps the differences between the others visible
    axes.imshow(np.sqrt(rates.to_numpy(dtype=float)), cmap="Greys", aspect="auto", vmin=0)
    axes.set_xticks(range(rates.shape[1]), with_n(list(n_articles), n_articles), rotation=32, ha="right")
    axes.set_yticks(range(rates.shape[0]), [plain(labels.get(theme, theme)) for theme in rates.index])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    dark = np.sqrt(np.nanmax(rates.to_numpy(dtype=float), initial=1e-9)) * 0.55
    for (row, column), rate in np.ndenumerate(rates.to_numpy(dtype=float)):
        if rate > 0:
            colour = "white" if np.sqrt(rate) > dark else INK
            axes.text(column, row, f"{rate:.1f}", ha="center", va="center", fontsize=7, color=colour)
    footnote(
        axes,
        "Hits per 1,000 words of the article, headline included; blank: none. Shading follows the square root. "
        "Intervals stand in the CSV beside the figure. n: articles.",
    )
    return figure


def themes_over_time(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """The most frequent themes, one panel each, by period.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.rates.theme_rates` gives it, by period.
    labels : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot as plt

    n_articles = articles_by(numbers, "period")
    periods = list(n_articles)
    themes = _by_frequency(numbers)[:SHOWN_OVER_TIME]
    figure, panels = plt.subplots(2, 4, sharex=True, sharey=True, figsize=(COLUMN, 3.7))
    for axes, theme in zip(panels.flat, themes, strict=False):
        rows = numbers[numbers["theme"] == theme].set_index("period").reindex(periods)
        places = range(len(periods))
        axes.vlines(places, rows["ci95_low"], rows["ci95_high"], color=FAINT, linewidth=2.4)
        axes.plot(places, rows["estimate"], marker="o", color=INK)
        axes.set_title(plain(labels.get(theme, theme)), fontsize=8)
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
    for axes in panels[-1]:
        axes.set_xticks(*_period_ticks(periods, n_articles))
    for axes in panels.flat[len(themes) :]:
        axes.set_visible(False)
    figure.supylabel("hits per 1,000 words", fontsize=8)
    footnote(
        panels[0][0],
        "The themes with most hits. Bars: 95 % interval over articles; none where a period has too few articles. "
        "Periods without articles are left out. n: articles.",
    )
    return figure


def themes_by_voice(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """For each theme its rate in the outlets' own words beside its rate in the words they attribute.

    Parameters
    ----------
    numbers : pandas.DataFrame
        Rows of `analysis.compare.rates.theme_rates` with the column voice: 'outlet' or 'quoted'.
    labels : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import pyplot as plt

    themes = _by_frequency(numbers)
    figure, axes = plt.subplots(figsize=(COLUMN * 0.82, 0.9 + 0.24 * len(themes)))
    places = rows_from_top(axes, [plain(labels.get(theme, theme)) for theme in themes])
    for voice, shift, colour, name in (
        ("outlet", 0.14, OWN_WORDS, "the outlets' own words"),
        ("quoted", -0.14, QUOTED, "words they attribute"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index("theme").reindex(themes)
        words = numbers.loc[numbers["voice"] == voice, "denominator"].max()
        label = f"{name} ({0 if words != words else words:,.0f} words)"
        estimates(
            axes, rows, [p + shift for p in places], colour=colour, label=label, hollow=voice == "quoted"
        )
    axes.set_xlim(left=0)
    axes.set_xlabel("hits per 1,000 words of the same voice")
    axes.grid(axis="x")
    axes.legend(loc="lower right")
    footnote(axes, "Lines: 95 % interval over articles; paler points have too few articles for one.")
    return figure


def _by_frequency(numbers: pd.DataFrame) -> list[str]:
    hits = numbers.groupby("theme")["numerator"].sum()
    ordered = sorted(hits.index, key=lambda theme: (-hits[theme], theme))
    return [theme for theme in ordered if hits[theme] > 0]


def _period_ticks(periods: Sequence[str], n_articles: Mapping[str, int]) -> tuple[list[int], list[str]]:
    """At most five labels, so that they never run into one another."""
    step = max(1, -(-len(periods) // 5))
    shown = list(range(0, len(periods), step))
    return shown, [f"{periods[i]}\nn = {n_articles[periods[i]]:,}" for i in shown]
