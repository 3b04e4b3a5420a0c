"""Tone towards actors: by outlet and voice, and beside the baseline article by article."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.compare.measures.tone import AGREEMENTS, NEUTRAL
from analysis.figures._core.hotspots import remember
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    estimates,
    footnote,
    largest,
    left_out,
    legend_above,
    plain,
    rows_from_top,
    with_n,
)
from analysis.figures._core.style import FAINT, INK, OWN_WORDS, QUOTED, canvas, on_slides, points, room

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_VOICES = (
    ("outlet", 0.16, OWN_WORDS, "in the outlet's own words"),
    ("quoted", -0.16, QUOTED, "in words it attributes"),
)
_MANY = 300  # articles, from which on smaller marks are drawn
_MARKS = {
    "same": ("o", FAINT, INK),
    "one is neutral": ("s", "white", "#777777"),
    "opposite": ("D", QUOTED, INK),
}


def tone_towards(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """One panel per side, one row per outlet: tone towards the side in own and in attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.tone.polarity_index` gives it by outlet, towards sides, with the column voice:
        'outlet' or 'quoted'.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sides = list(dict.fromkeys(numbers["side"]))
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=room(SHOWN_OUTLETS, fixed=1.55, each=0.22))
    figure = canvas(1.55 + 0.3 * len(outlets))
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)[0]
    reach = _reach(numbers[numbers["outlet"].isin(outlets)])
    for axes, side in zip(panels, sides, strict=True):
        places = rows_from_top(axes, with_n(outlets, n_articles))
        for voice, shift, colour, name in _VOICES:
            rows = numbers[(numbers["side"] == side) & (numbers["voice"] == voice)]
            rows = rows.set_index("outlet").reindex(outlets)
            heights = [place + shift for place in places]
            estimates(axes, rows, heights, colour=colour, label=name, hollow=voice == "quoted")
        axes.axvline(0, color="#888888", linewidth=0.8, zorder=1)
        axes.set_xlim(-reach, reach)
        ticks = [place * reach / 2 for place in range(-2, 3)]
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
        axes.set_title(f"towards {plain(labels.get(side, side))}", fontsize=points(9))
        axes.set_xlabel("← unfavourable" + 10 * "\N{NO-BREAK SPACE}" + "favourable →")
        axes.grid(axis="x")
    legend_above(figure, *panels[0].get_legend_handles_labels())
    footnote(
        figure,
        "Mean of p(positive) − p(negative) over mentions of the side's actors, by a model that does not see their "
        "names. Lines: 95 % interval over articles, without the model's own error; paler points: too few articles "
        f"for one. n: articles with such mentions, in the voice that has more.{left_out(n_articles, outlets)}",
        details="The model's zero need not be a reader's neutral: somebody who praises often counts as praised. "
        "Mentions that it abstained from are left out and counted in the CSV.",
    )
    return figure


def model_and_vader(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """One panel per side, one point per article: VADER across, tone towards the side up.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.tone.model_and_vader` gives it.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sides = list(dict.fromkeys(numbers["side"]))
    figure = canvas(4.6)
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)[0]
    break_ = "\n" if on_slides() else " "
    for axes, side in zip(panels, sides, strict=True):
        rows = numbers[numbers["side"] == side]
        _quadrants(axes)
        for agreement in AGREEMENTS:
            chosen = rows[rows["agreement"] == agreement]
            marker, face, edge = _MARKS[agreement]
            axes.scatter(
                chosen["vader"],
                chosen["estimate"],
                marker=marker,
                s=22 if len(rows) < _MANY else 8,
                facecolors=face,
                edgecolors=edge,
                linewidths=0.8,
                zorder=3,
                label=agreement,
            )
        remember(axes, rows, across=(rows["vader"], rows["vader"]), up=(rows["estimate"], rows["estimate"]))
        opposite = int((rows["agreement"] == "opposite").sum())
        axes.set_title(
            f"towards {plain(labels.get(side, side), 18)}:{break_}opposite in {opposite:,} of {len(rows):,}",
            fontsize=points(9),
        )
        axes.set_xlabel("VADER of the same sentences, −1 to 1")
    panels[0].set_ylabel("model: tone towards the side, −1 to 1")
    legend_above(figure, *panels[0].get_legend_handles_labels(), title="direction of the two measures")
    footnote(
        figure,
        f"One point per article that mentions the side. Shaded: the two point in opposite directions; scores within "
        f"±{NEUTRAL:g} (the strips) count as neutral. Up: mean of p(positive) − p(negative) over the mentions, by a "
        "model that does not see the names. Across: mean score of their sentences by VADER, a word list.",
        details="VADER was made for social media and does not know towards whom; a baseline, not validated on news. "
        "Intervals are in the CSV.",
    )
    return figure


def _quadrants(axes: Axes) -> None:
    """Shade where the two disagree, and mark the neutral strips."""
    for sign in (-1, 1):
        axes.fill_between(
            [sign * NEUTRAL, sign * 1.05],
            -sign * NEUTRAL,
            -sign * 1.05,
            color="#EFEFEF",
            linewidth=0,
            zorder=0,
        )
    for edge in (-NEUTRAL, NEUTRAL):
        axes.axvline(edge, color=FAINT, linewidth=0.5, zorder=1)
        axes.axhline(edge, color=FAINT, linewidth=0.5, zorder=1)
    axes.set_xlim(-1.05, 1.05)
    axes.set_ylim(-1.05, 1.05)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    axes.set_yticks([-1, -0.5, 0, 0.5, 1])
    axes.set_aspect("equal")


def _reach(numbers: pd.DataFrame) -> float:
    """Half the width of the axes: the same on both sides of zero, in steps of a quarter."""
    values = numbers[["estimate", "ci95_low", "ci95_high"]].abs().max().max()
    return min(1.0, max(0.25, math.ceil(4.2 * values) / 4)) if values == values else 1.0
