"""Speakers: by which cues their words are presented, directly or indirectly, and together with whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.compare.measures.quoting import EVERYONE, NO_CUE
from analysis.figures._core.hotspots import remember
from analysis.figures._core.marks import (
    Piece,
    divided_bars,
    estimates,
    footnote,
    legend_above,
    plain,
    rows_from_top,
    unshown,
)
from analysis.figures._core.palette import Side
from analysis.figures._core.style import INK, canvas, on_slides, points, room
from analysis.schemas import KINDS, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_SPEAKERS = 14
FEWEST_QUOTES = 5  # of a speaker or side, for shares of them to say anything
_PRINTED = 9  # per cent: a narrower piece has no room for its number
# Doubting comes first, so that its interval can be drawn from the axis; neighbours differ without colour.
_CLASSES = (
    ("doubting", INK, "", "doubting (claimed, alleged)"),
    ("neutral", "white", "", "neutral (said)"),
    ("asserting", "#8DB4D9", "//", "asserting (insisted, warned)"),
    ("approving", "#F0C808", "..", "approving (praised)"),
    ("directive", "#C8641E", "\\\\", "directive (urged)"),
    ("belief", "#BDBDBD", "", "belief (thinks)"),
    (NO_CUE, "white", "xx", "no cue"),
)


def speakers_and_cues(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """One bar per side and, below it, per speaker: its quotes divided among the classes of cue.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.cue_classes` gives it.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import pandas as pd

    found = _shown(numbers)
    rows = found[: room(len(found), fixed=1.7, each=0.235)]
    figure = canvas(1.9 + 0.235 * len(rows))
    axes = figure.subplots()
    names = [
        f"{plain(name, 30) if name else plain(labels.get(side, side), 30)} (n = {quotes:,.0f})"
        for side, name, quotes in rows
    ]
    places = rows_from_top(axes, names)
    for text, (_, name, _) in zip(axes.get_yticklabels(), rows, strict=True):
        text.set_fontweight("normal" if name else "bold")
    keys = zip(numbers["side"], numbers["speaker_name"], numbers["cue_class"], strict=True)
    table: dict[tuple[str, str, str], Any] = dict(zip(keys, numbers.to_dict("records"), strict=True))
    pieces = [
        Piece(pd.DataFrame([table[side, name, cue_class] for side, name, _ in rows]), colour, hatch, label)
        for cue_class, colour, hatch, label in _CLASSES
    ]
    divided_bars(axes, places, pieces, printed=_PRINTED)
    for place, (side, name, _) in zip(places, rows, strict=True):
        doubting = table[side, name, "doubting"]
        axes.hlines(place - 0.41, 100 * doubting["ci95_low"], 100 * doubting["ci95_high"], color=INK)
    axes.set_xlim(0, 100)
    axes.set_xlabel("per cent of the quotes of the side or speaker")
    legend_above(figure, *axes.get_legend_handles_labels())
    named = " Bold: all quotes of a side; below it, its speakers." if any(name for _, name, _ in rows) else ""
    footnote(
        figure,
        "Line below a bar: 95 % interval of the doubting share over articles; none where there are too few or none. "
        f"n: quotes.{named}{unshown(rows, found, 'rows')}",
        details=f"Speakers among the {SHOWN_SPEAKERS} with most quotes, by name as the study or the article has it; "
        "a country is a speaker where it is said to speak. Sides and speakers with fewer than "
        f"{FEWEST_QUOTES} quotes and the intervals of the other classes are in the CSV.",
    )
    return figure


def _shown(numbers: pd.DataFrame) -> list[tuple[str, str, float]]:
    """(side, name, quotes): the sides with most quotes first, each followed by its speakers that are shown."""
    rows = numbers.drop_duplicates(["side", "speaker_name"])
    keys = zip(rows["side"], rows["speaker_name"], strict=True)
    counts = {
        (str(side), str(name)): float(n) for (side, name), n in zip(keys, rows["denominator"], strict=True)
    }
    enough = {key: n for key, n in counts.items() if n >= FEWEST_QUOTES} or counts
    sides = sorted(
        {side for side, _ in enough}, key=lambda side: (side == UNATTRIBUTED, -counts[side, EVERYONE], side)
    )
    speakers = sorted((key for key in enough if key[1] != EVERYONE), key=lambda key: (-counts[key], key))
    kept = speakers[: 0 if on_slides() else SHOWN_SPEAKERS]
    return [
        (side, name, counts[side, name])
        for side in sides
        for name in (EVERYONE, *(name for of, name in kept if of == side))
    ]


def direct_and_indirect(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """One panel per kind of quote, one point per side: the kind's share of the side's quotes.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.quote_kinds` gives it for all articles together.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    totals = numbers.drop_duplicates("side").set_index("side")
    sides = sorted(totals.index, key=lambda side: (side == UNATTRIBUTED, -totals["denominator"][side], side))
    sides = sides[: room(len(sides), fixed=1.2, each=0.2)]
    figure = canvas(1.4 + 0.24 * len(sides))
    panels = figure.subplots(1, len(KINDS), sharey=True)
    names = [
        f"{plain(labels.get(side, side), 26)} ({totals['denominator'][side]:,.0f}; n = {totals['n'][side]:,})"
        for side in sides
    ]
    for axes, kind in zip(panels, KINDS, strict=True):
        rows = numbers[numbers["kind"] == kind].set_index("side").reindex(sides)
        rows[["estimate", "ci95_low", "ci95_high"]] *= 100
        estimates(axes, rows, rows_from_top(axes, names), colour=INK)
        axes.set_title(kind)
        axes.set_xlim(-4, 104)
        axes.set_xticks([0, 50, 100])
        axes.grid(axis="both")
    footnote(
        figure,
        "Per cent of each side's quotes. Direct: all words in quotation marks; mixed: some; indirect: none. In "
        "brackets: quotes; n: articles with any. Lines: 95 % interval over articles; paler points have too few "
        f"articles for one, or the same share in all.{unshown(sides, totals.index, 'sides')}",
    )
    return figure


def speaker_network(numbers: pd.DataFrame, *, labels: Mapping[str, str], looks: Mapping[str, Side]) -> Figure:
    """Speakers around a circle, side by side with those of their own side, joined where articles quote both.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.quoted_together` gives it.
    labels : mapping of str to str
        By side.
    looks : mapping of str to Side
        By side: see `analysis.figures._core.palette.side_looks`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    nodes = _nodes(numbers)
    sides = list(dict.fromkeys(side for side, _ in nodes))
    turn = 2 * math.pi / len(nodes)
    # half a step off the top, so that no label is centred between two others
    spots = {node: (math.sin((i + 0.5) * turn), math.cos((i + 0.5) * turn)) for i, node in enumerate(nodes)}
    figure = canvas(5.4)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-2.05, 2.05)
    axes.set_ylim(-1.2, 1.2)
    most = int(numbers["numerator"].max())
    least = 2 if most > 2 else 1
    links = numbers[numbers["numerator"] >= least].sort_values("numerator", kind="stable")
    middles: list[list[float]] = []
    for link in links.to_dict("records"):
        ends = spots[link["side_one"], link["one"]], spots[link["side_other"], link["other"]]
        share = link["numerator"] / most
        middles.append([(a + b) / 2 for a, b in zip(*ends, strict=True)])
        axes.plot(
            *zip(*ends, strict=True), color=f"{0.8 - 0.55 * share:.2f}", linewidth=5 * share, zorder=1,
            solid_capstyle="butt",
        )  # fmt: skip
    across, up = ([middle[i] for middle in middles] for i in (0, 1))
    remember(axes, links, across=(across, across), up=(up, up))
    largest = max(words for _, words in nodes.values())
    for (side, name), (articles, words) in nodes.items():
        x, y = spots[side, name]
        area = max(24.0, 230.0 * words / largest)
        look: dict[str, Any] = {
            "marker": looks[side].marker,
            "color": looks[side].colour,
            "edgecolors": INK,
            "linewidths": 0.8,
        }
        axes.scatter([x], [y], s=area, zorder=3, **look)
        away = points(4) + math.sqrt(area / math.pi)
        where = "left" if x > 0.01 else "right" if x < -0.01 else "center"
        axes.annotate(
            f"{plain(name, 24)} ({articles:,})", (x, y), xytext=(math.copysign(away, x), away * y),
            textcoords="offset points", ha=where, va="center", fontsize=points(7.5),
        )  # fmt: skip
    for side in sides:
        axes.scatter(
            [], [], s=40, marker=looks[side].marker, color=looks[side].colour, edgecolors=INK, linewidths=0.8,
            label=plain(labels.get(side, side), 26),
        )  # fmt: skip
    legend_above(figure, *axes.get_legend_handles_labels())
    footnote(
        figure,
        f"The {len(nodes)} actors of the study quoted in most articles; in brackets the articles, area of a mark: "
        "words of their quotes. Lines join those whom the same "
        f"{'article quotes' if least == 1 else 'two or more articles quote'}; the wider and darker, the more "
        f"articles, {most} at most.",
        details="Pairs with shares and intervals are in the CSV.",
    )
    return figure


def _nodes(numbers: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """(side, name) of each speaker, sides together: articles and words."""
    found = {
        (str(row[f"side_{end}"]), str(row[end])): (int(row[f"n_{end}"]), int(row[f"words_{end}"]))
        for row in numbers.to_dict("records")
        for end in ("one", "other")
    }
    per_side: dict[str, int] = {}
    for (side, _), (_, words) in found.items():
        per_side[side] = per_side.get(side, 0) + words
    order = sorted(found, key=lambda node: (-per_side[node[0]], node[0], -found[node][0], node[1]))
    return {node: found[node] for node in order}
