"""Who is quoted beside whom: a network of speakers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.compare.measures import quoting
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import footnote, legend_above, printable
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label, styles_of
from analysis.figures._core.style import INK, canvas, points

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables


SHOWN_LINES = 30
"""More lines than this hide one another."""


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return quoting.quoted_together(tables)


def speaker_network(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Speakers around a circle, grouped by side, joined where the same articles quote both.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.quoting.quoted_together` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    nodes = _nodes(numbers)
    styles = styles_of([*numbers["side_one"], *numbers["side_other"]], study)
    sides = list(dict.fromkeys(side for side, _ in nodes))
    turn = 2 * math.pi / len(nodes)
    # half a step off the top, so that no label is centred between two others
    spots = {node: (math.sin((i + 0.5) * turn), math.cos((i + 0.5) * turn)) for i, node in enumerate(nodes)}
    figure = canvas(5.4, in_proportion=True)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-2.05, 2.05)
    axes.set_ylim(-1.2, 1.2)
    most = int(numbers["numerator"].max())
    least = 2 if most > 2 else 1
    links = numbers[numbers["numerator"] >= least].sort_values("numerator", kind="stable").tail(SHOWN_LINES)
    middles: list[list[float]] = []
    for link in links.to_dict("records"):
        line = spots[link["side_one"], link["one"]], spots[link["side_other"], link["other"]]
        share = link["numerator"] / most
        middles.append([(a + b) / 2 for a, b in zip(*line, strict=True)])
        axes.plot(
            *zip(*line, strict=True), color=f"{0.8 - 0.55 * share:.2f}", linewidth=5 * share, zorder=1,
            solid_capstyle="butt",
        )  # fmt: skip
    across, up = ([middle[i] for middle in middles] for i in (0, 1))
    register_hotspots(axes, links, across=(across, across), up=(up, up))
    largest = max(words for _, words in nodes.values())
    for (side, name), (articles, words) in nodes.items():
        x, y = spots[side, name]
        area = max(24.0, 230.0 * words / largest)
        look: dict[str, Any] = {
            "marker": styles[side].marker,
            "color": styles[side].colour,
            "edgecolors": INK,
            "linewidths": 0.8,
        }
        axes.scatter([x], [y], s=area, zorder=3, **look)
        away = points(4) + math.sqrt(area / math.pi)
        where = "left" if x > 0.01 else "right" if x < -0.01 else "center"
        axes.annotate(
            f"{printable(name, 24)} ({articles:,})", (x, y), xytext=(math.copysign(away, x), away * y),
            textcoords="offset points", ha=where, va="center", fontsize=points(7.5),
        )  # fmt: skip
    for side in sides:
        axes.scatter(
            [], [], s=40, marker=styles[side].marker, color=styles[side].colour, edgecolors=INK, linewidths=0.8,
            label=side_label(study, side, 26),
        )  # fmt: skip
    legend_above(figure, *axes.get_legend_handles_labels())
    footnote(
        figure,
        f"The {len(nodes)} actors quoted in most articles. In brackets: number of articles; area of a mark: "
        "quoted words. A line joins two speakers whom "
        f"{'an article quotes' if least == 1 else 'at least two articles quote'} together; wider and darker "
        f"lines mean more articles (at most {most}). At most {SHOWN_LINES} lines are drawn.",
        details="The CSV has all pairs, with shares and intervals.",
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


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Articles that quote both speakers."""
    return {"speaker": str(row["one"]), "beside": str(row["other"])}


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=40,
    title="Who is quoted together",
    question="Which speakers are quoted in the same articles?",
    reading=(
        "A network: speakers around a circle, grouped by side. A wider line means that more articles quote "
        "both speakers."
    ),
    weighted=False,  # lines are numbers of articles
    numbers=measure,
    draw=speaker_network,
    empty="no article quotes two actors of the study",
    filters=filters,
)
