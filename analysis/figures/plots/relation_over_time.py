"""The relation of two sides: its balance over time, its frames by outlet, and who acts on whom."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import ends, remember, remember_arrow
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    largest,
    left_out,
    plain,
    remember_cells,
    with_n,
)
from analysis.figures._core.palette import ink_on
from analysis.figures._core.style import COLUMN, INK, OWN_WORDS, QUOTED, canvas, points, room
from analysis.figures._core.time_axis import event_list, events_by_place, mark_events, period_ticks

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.study.events import Event

COOPERATION, MIXED, CONFLICT = "#2166AC", "#9A9A9A", "#B35806"  # told apart by the colour-blind
_VOICES = (
    ("outlet", -0.09, OWN_WORDS, "o", "the outlets' own words"),
    ("quoted", 0.09, QUOTED, "D", "words they attribute"),
)
_LABELS = 12  # of periods that have room in the figure
SHOWN_LINES = 24
_EVEN = 1 / 3  # balance from which an arrow counts as one or the other


def relation_over_time(
    numbers: pd.DataFrame, *, pair: Sequence[str], events: Sequence[Event] = (), period: str = "period"
) -> Figure:
    """Balance of cooperation and conflict between two sides over time, own words beside attributed words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.relation_balance` gives it, by `period` and with voice 'split'.
    pair : sequence of str
        Labels of the two sides.
    events : sequence of Event
        Marked by number under the period they fall in.
    period : str, default 'period'
        The column that holds months or years.

    Returns
    -------
    matplotlib.figure.Figure
    """
    periods = sorted(set(numbers[period].astype(str)))
    figure = canvas(3.4, width=COLUMN * 0.86)
    axes = figure.subplots()
    draw_voices(axes, numbers, periods, period, at_most=_LABELS)
    marked = events_by_place(events, periods)
    mark_events(axes, marked)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.05), ncols=2)
    footnote(
        figure,
        f"Acts of {' and '.join(pair)} on one another: cooperation less conflict over both; told as done or coming. "
        "Below each period the number of acts, in own and in attributed words. Lines: 95 % interval over articles; "
        f"paler points have too few for one, or the same in every article.{event_list(events, marked)}",
    )
    return figure


def draw_voices(
    axes: Axes, numbers: pd.DataFrame, periods: list[str], period: str, *, at_most: int, acts: bool = True
) -> None:
    """Draw the balance of each period, own words beside attributed words; the axis goes from conflict to cooperation.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    numbers : pandas.DataFrame
        Rows of one group, with voice 'split'.
    periods : list of str
        All periods of the axis, in order.
    period : str
        The column that holds them.
    at_most : int
        Labels of periods that have room beside one another.
    acts : bool, default True
        Write the number of acts below each period.
    """
    places, labels = period_ticks(periods, at_most=at_most)
    axes.set_xticks(places, labels)
    lines = 1 + max(label.count("\n") for label in labels)
    for voice, shift, colour, marker, name in _VOICES:
        rows = numbers[numbers["voice"] == voice].set_index(period).reindex(periods)
        _course(axes, rows, shift, colour, marker, name)
        if acts:
            _acts(axes, rows["denominator"].fillna(0), lines, colour)
            lines += 1
    axes.axhline(0, color="#888888", linewidth=0.8, zorder=1)
    axes.set_ylim(-1.12, 1.2)
    axes.set_xlim(-0.6, len(periods) - 0.4)
    axes.set_yticks([-1, 0, 1], ["all\nconflict", "even", "all co-\noperation"])


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
    remember(axes, rows.where(rows["denominator"] > 0), across=(across, across), up=ends(rows))
    axes.scatter([], [], s=28, marker=marker, facecolors=face, edgecolors=colour, label=name)


def _acts(axes: Axes, counts: Iterable[float], line: int, colour: str) -> None:
    """The number of acts of each period, as one more line below the labels of the axis."""
    below = -points(11 + 9.5 * line)
    for place, count in enumerate(counts):
        axes.annotate(
            f"{count:.0f}", (place, 0), xytext=(0, below), xycoords=axes.get_xaxis_transform(),
            textcoords="offset points", ha="center", va="center", fontsize=points(7), color=colour,
        )  # fmt: skip


def relationship_frames(
    numbers: pd.DataFrame, *, labels: Mapping[str, str], pair: Sequence[str] = ()
) -> Figure:
    """Outlets down, frames of the relationship across: the share of articles with the frame, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.frames.frame_prevalence` gives it, by outlet.
    labels : mapping of str to str
        By frame.
    pair : sequence of str
        Labels of the two sides.

    Returns
    -------
    matplotlib.figure.Figure
    """
    n_articles = articles_by(numbers, "outlet")
    outlets = largest(n_articles, at_most=room(SHOWN_OUTLETS, fixed=1.1, each=0.24))
    totals = numbers.groupby("frame")["numerator"].sum().sort_values(ascending=False, kind="stable")
    frames = [str(frame) for frame in totals.index]
    shares = numbers.pivot(index="outlet", columns="frame", values="estimate").loc[outlets, frames]
    counts = numbers.pivot(index="outlet", columns="frame", values="numerator").loc[outlets, frames]
    figure = canvas(1.5 + 0.26 * len(outlets), width=COLUMN * 0.9)
    axes = figure.subplots()
    values = shares.to_numpy(dtype=float)
    cells = axes.imshow(values, cmap="Greys", vmin=0, vmax=1.25, aspect="auto")
    for y, row in enumerate(counts.to_numpy(dtype=float)):
        for x, count in enumerate(row):
            axes.text(
                x, y, f"{count:.0f}" if count else "·", ha="center", va="center", fontsize=points(8),
                color=ink_on(cells.to_rgba(values[y, x])),
            )  # fmt: skip
    remember_cells(
        axes, numbers[numbers["numerator"] > 0], down=("outlet", outlets), across=("frame", frames)
    )
    names = ["\n".join(textwrap.wrap(plain(labels.get(frame, frame)), 13)) for frame in frames]
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(frames)), names)
    axes.set_yticks(range(len(outlets)), with_n(outlets, n_articles))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    footnote(
        figure,
        f"Articles in which a sentence about {' and '.join(pair) or 'both sides'} together holds a pattern of the "
        f"frame; shading: their share of n, the articles with such a sentence. Intervals are in the CSV."
        f"{left_out(n_articles, outlets)}",
    )
    return figure


def actor_network(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """Sides around a circle, an arrow for those who act on one another.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.who_acts_on_whom` gives it, by side.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.patches import FancyArrowPatch

    lines = numbers.sort_values(["denominator", "source", "target"], ascending=[False, True, True])[
        :SHOWN_LINES
    ]
    sides = sorted({*lines["source"], *lines["target"]})
    angles = {side: math.pi / 2 - 2 * math.pi * i / len(sides) for i, side in enumerate(sides)}
    spots = {side: (math.cos(angle), math.sin(angle)) for side, angle in angles.items()}
    figure = canvas(5.0, width=COLUMN * 0.86)
    axes = figure.subplots()
    most = float(lines["denominator"].max())
    for line in lines.iloc[::-1].to_dict("records"):
        colour, dash = _look(float(line["estimate"]))
        arrow = FancyArrowPatch(
            spots[line["source"]],
            spots[line["target"]],
            connectionstyle="arc3,rad=0.16",
            arrowstyle="-|>",
            mutation_scale=11,
            shrinkA=12,
            shrinkB=12,
            linewidth=0.8 + 4.2 * math.sqrt(float(line["denominator"]) / most),
            linestyle=dash,
            color=colour,
            alpha=0.85,
        )
        axes.add_patch(arrow)
        remember_arrow(axes, {str(name): value for name, value in line.items()}, arrow)
    for side, (x, y) in spots.items():
        axes.scatter([x], [y], s=130, color="white", edgecolors=INK, zorder=3)
        away = "left" if x > 0.2 else "right" if x < -0.2 else "center"
        axes.annotate(
            plain(labels.get(side, side)), (x, y), xytext=(points(12 * x), points(14 * y)),
            textcoords="offset points", ha=away, va="center", fontsize=points(8),
        )  # fmt: skip
    for name, balance in (("mostly cooperation", 1.0), ("even", 0.0), ("mostly conflict", -1.0)):
        colour, dash = _look(balance)
        axes.plot([], [], color=colour, linestyle=dash, linewidth=2, label=name)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.02), ncols=3, handlelength=3)
    axes.set_xlim(-1.7, 1.7)
    axes.set_ylim(-1.3, 1.3)
    axes.set_axis_off()
    hidden = len(numbers) - len(lines)
    more = f" {hidden} pairs with fewer acts stand in the CSV only." if hidden else ""
    footnote(
        figure,
        "Arrows lead from who acts to whom; both ways where they act together. Width: number of acts told as done or "
        f"coming, at most {most:.0f}. Colour and dashes: balance of cooperation and conflict, even within a third of "
        f"zero; intervals are in the CSV.{more}",
    )
    return figure


def _look(balance: float) -> tuple[str, str]:
    if balance >= _EVEN:
        return COOPERATION, "-"
    return (CONFLICT, "--") if balance <= -_EVEN else (MIXED, ":")
