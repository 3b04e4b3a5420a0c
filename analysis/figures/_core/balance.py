"""The balance of cooperation and conflict over time, in own and in attributed words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import interval_ends
from analysis.figures._core.style import OWN_WORDS, QUOTED, points
from analysis.figures._core.texts import say
from analysis.figures._core.time_axis import period_ticks

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_VOICES = (
    ("outlet", -0.09, OWN_WORDS, "o", "the outlets' own words"),
    ("quoted", 0.09, QUOTED, "D", "attributed words"),
)


def draw_balance(
    axes: Axes, numbers: pd.DataFrame, periods: Sequence[str], *, at_most: int, acts: bool = True
) -> None:
    """Draw the balance of each period, own words beside attributed words, from conflict (-1) to cooperation (1).

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    numbers : pandas.DataFrame
        Rows of one group, by period and with voice 'split'.
    periods : sequence of str
        All periods of the axis, in order.
    at_most : int
        Number of period labels for which there is room.
    acts : bool, default True
        Print the number of acts below each period.
    """
    places, labels = period_ticks(periods, at_most=at_most)
    axes.set_xticks(places, labels)
    lines = 1 + max(label.count("\n") for label in labels)
    for voice, shift, colour, marker, name in _VOICES:
        rows = numbers[numbers["voice"] == voice].set_index("period").reindex(list(periods))
        _course(axes, rows, shift, colour, marker, name)
        if acts:
            _acts(axes, rows["denominator"].fillna(0), lines, colour)
            lines += 1
    axes.axhline(0, color="#888888", linewidth=0.8, zorder=1)
    axes.set_ylim(-1.12, 1.2)
    axes.set_xlim(-0.6, len(periods) - 0.4)
    axes.set_yticks([-1, 0, 1], [say("all\nconflict"), say("even"), say("all co-\noperation")])


def _course(axes: Axes, rows: pd.DataFrame, shift: float, colour: str, marker: str, name: str) -> None:
    face = colour if marker == "o" else "white"
    for place, row in enumerate(rows.to_dict("records")):
        if not row["denominator"] > 0:
            continue
        x, y, known = place + shift, float(row["estimate"]), not math.isnan(row["ci95_low"])
        if known:
            axes.vlines(x, row["ci95_low"], row["ci95_high"], color=colour, linewidth=1.4, alpha=0.75)
        axes.scatter(
            [x], [y], s=28, marker=marker, facecolors=face, edgecolors=colour,
            alpha=1.0 if known else 0.5, zorder=3,
        )  # fmt: skip
    across = [place + shift for place in range(len(rows))]
    register_hotspots(
        axes, rows.where(rows["denominator"] > 0), across=(across, across), up=interval_ends(rows)
    )
    axes.scatter([], [], s=28, marker=marker, facecolors=face, edgecolors=colour, label=say(name))


def _acts(axes: Axes, counts: Iterable[float], line: int, colour: str) -> None:
    """Print the number of acts of each period as one more line below the labels of the axis."""
    below = -points(11 + 9.5 * line)
    for place, count in enumerate(counts):
        axes.annotate(
            f"{count:.0f}", (place, 0), xytext=(0, below), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points", ha="center", va="center", fontsize=points(7), color=colour,
        )  # fmt: skip
