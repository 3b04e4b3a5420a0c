"""Themes: how often by outlet, and in whose words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures._core.marks import (
    articles_by,
    estimates,
    footnote,
    largest,
    left_out,
    plain,
    remember_cells,
    rows_from_top,
    unshown,
    with_n,
)
from analysis.figures._core.palette import ink_on
from analysis.figures._core.style import COLUMN, FAINT, INK, OWN_WORDS, QUOTED, canvas, points, room
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

GROUPS = ("issue", "generic", "relationship")
SHOWN_VOICES = 9


def theme_heatmap(numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str]) -> Figure:
    """Themes down, outlets across; each cell is the rate per 1,000 words, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` gives it, by outlet.
    labels, groups : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles)
    return _heatmap(
        numbers,
        across="outlet",
        columns=dict(zip(outlets, with_n(outlets, n_articles), strict=True)),
        labels=labels,
        groups=groups,
        note="Hits per 1,000 words, headline included; blank: none. n: articles. Shading follows the square root of "
        f"the rate.{left_out(n_articles, outlets)}",
        details="A hit counts for the theme above its own, too. First the study's issues, then generic frames, then "
        "portrayals of the relationship. Intervals are in the CSV.",
    )


def themes_by_side(
    numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str], sides: Mapping[str, str]
) -> Figure:
    """Themes down, voices across: who brings a theme up, per 1,000 words of that voice.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` gives it with voice 'sides' and one group.
    labels, groups : mapping of str to str
        By theme.
    sides : mapping of str to str
        Label of each voice.

    Returns
    -------
    matplotlib.figure.Figure
        The voices with most words, the outlets' own first.
    """
    words = {str(voice): float(n) for voice, n in numbers.groupby("voice")["denominator"].max().items()}
    spoken = sorted(words, key=lambda voice: (voice != OUTLET, -words[voice], voice))[:SHOWN_VOICES]
    missing = len(words) - len(spoken)
    rest = f" {missing} voices with fewer words stand in the CSV." if missing else ""
    return _heatmap(
        numbers,
        across="voice",
        columns={voice: f"{plain(sides.get(voice, voice), 24)} ({words[voice]:,.0f})" for voice in spoken},
        labels=labels,
        groups=groups,
        note="Hits per 1,000 words of the same voice; blank: none. In brackets: words of the voice; where they are "
        f"few, a single hit makes a high rate. Shading follows the square root of the rate.{rest}",
        details="A hit counts for the theme above its own, too. First the study's issues, then generic frames, then "
        "portrayals of the relationship. Intervals are in the CSV.",
    )


def _heatmap(
    numbers: pd.DataFrame,
    *,
    across: str,
    columns: Mapping[str, str],
    labels: Mapping[str, str],
    groups: Mapping[str, str],
    note: str,
    details: str,
) -> Figure:
    import numpy as np

    found = by_group(numbers[numbers[across].isin(list(columns))], groups)
    order = found[: room(len(found), fixed=1.6, each=0.17)]
    rates = numbers.pivot(index="theme", columns=across, values="estimate").loc[order, list(columns)]
    values = rates.to_numpy(dtype=float)
    figure = canvas(1.9 + 0.19 * len(rates))
    axes = figure.subplots()
    # a few themes dominate; the square root keeps the differences between the others visible
    shades = np.sqrt(values)
    cells = axes.imshow(
        shades, cmap="Blues", aspect="auto", vmin=0, vmax=np.nanmax(shades, initial=0.1) * 1.15
    )
    axes.set_xticks(
        range(len(columns)), list(columns.values()), rotation=35, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(order)), [plain(labels.get(theme, theme), 40) for theme in order])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for place in range(1, len(order)):
        if groups.get(order[place]) != groups.get(order[place - 1]):
            axes.axhline(place - 0.5, color=INK, linewidth=0.8)
    remember_cells(
        axes, numbers[numbers["numerator"] > 0], down=("theme", order), across=(across, list(columns))
    )
    for (row, column), rate in np.ndenumerate(values):
        if rate > 0:
            ink = ink_on(cells.to_rgba(shades[row, column]))
            axes.text(column, row, f"{rate:.1f}", ha="center", va="center", fontsize=points(7), color=ink)
    footnote(figure, note + unshown(order, found, "themes"), details=details)
    return figure


def themes_by_voice(numbers: pd.DataFrame, *, labels: Mapping[str, str], groups: Mapping[str, str]) -> Figure:
    """For each theme its rate in the outlets' own words beside its rate in the words they attribute.

    Parameters
    ----------
    numbers : pandas.DataFrame
        Rows of `analysis.compare.measures.rates.theme_rates` with the column voice: 'outlet' or 'quoted'.
    labels, groups : mapping of str to str
        By theme.

    Returns
    -------
    matplotlib.figure.Figure
    """
    themes = by_group(numbers, groups)
    found, n_articles = themes, int(numbers["n"].max())
    themes = found[: room(len(found), fixed=1.1, each=0.19)]
    figure = canvas(1.3 + 0.2 * len(themes), width=COLUMN * 0.86)
    axes = figure.subplots()
    places = rows_from_top(axes, [plain(labels.get(theme, theme), 40) for theme in themes])
    for voice, shift, colour, name in (
        ("outlet", 0.17, OWN_WORDS, "the outlets' own words"),
        ("quoted", -0.17, QUOTED, "words they attribute"),
    ):
        rows = numbers[numbers["voice"] == voice].set_index("theme").reindex(themes)
        words = numbers.loc[numbers["voice"] == voice, "denominator"].max()
        label = f"{name} ({0 if words != words else words:,.0f} words)"
        estimates(
            axes, rows, [p + shift for p in places], colour=colour, label=label, hollow=voice == "quoted"
        )
    for place in range(1, len(themes)):
        if groups.get(themes[place]) != groups.get(themes[place - 1]):
            axes.axhline(len(themes) - place - 0.5, color=FAINT, linewidth=0.8)
    axes.set_xlim(left=-0.012 * axes.get_xlim()[1])  # a point at zero stays whole
    axes.set_xlabel("hits per 1,000 words of the same voice")
    axes.grid(axis="x")
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    footnote(
        figure,
        "Lines: 95 % interval over articles; paler points have too few hits or articles for one. "
        f"n: {n_articles:,} articles.{unshown(themes, found, 'themes')}",
        details="The study's issues first, then generic frames, then portrayals of the relationship.",
    )
    return figure


def by_group(numbers: pd.DataFrame, groups: Mapping[str, str]) -> list[str]:
    """Themes with hits: the study's issues first, and within a group by hits."""
    hits = numbers.groupby("theme")["numerator"].sum()
    rank = {group: place for place, group in enumerate(GROUPS)}
    themes = [str(theme) for theme in hits.index if hits[theme] > 0]
    return sorted(themes, key=lambda theme: (rank.get(groups.get(theme, ""), len(rank)), -hits[theme], theme))
