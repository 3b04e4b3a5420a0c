"""Who acts on whom: a network of sides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.compare.measures import relations
from analysis.figures._core.hotspots import register_arrow
from analysis.figures._core.marks import footnote
from analysis.figures._core.palette import CONFLICT, COOPERATION, MIXED
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import COLUMN, INK, canvas, points
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_LINES = 24
_EVEN = 1 / 3  # absolute balance below which an arrow is even


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return relations.who_acts_on_whom(tables, weight=cut.weight)


def actor_network(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Sides around a circle, with an arrow from each side to those on which it acts.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.who_acts_on_whom` returns it, by side.
    study : Study

    Returns
    -------
    FramingFigure
    """
    from matplotlib.patches import FancyArrowPatch

    lines = numbers.sort_values(["denominator", "source", "target"], ascending=[False, True, True])[
        :SHOWN_LINES
    ]
    sides = sorted({*lines["source"], *lines["target"]})
    angles = {side: math.pi / 2 - 2 * math.pi * i / len(sides) for i, side in enumerate(sides)}
    spots = {side: (math.cos(angle), math.sin(angle)) for side, angle in angles.items()}
    figure = canvas(5.0, width=COLUMN * 0.86, in_proportion=True)
    axes = figure.subplots()
    most = float(lines["denominator"].max())
    for line in lines.iloc[::-1].to_dict("records"):
        colour, dash = _line_style(float(line["estimate"]))
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
        register_arrow(axes, {str(name): value for name, value in line.items()}, arrow)
    for side, (x, y) in spots.items():
        axes.scatter([x], [y], s=130, color="white", edgecolors=INK, zorder=3)
        away = "left" if x > 0.2 else "right" if x < -0.2 else "center"
        axes.annotate(
            side_label(study, side), (x, y), xytext=(points(12 * x), points(14 * y)),
            textcoords="offset points", ha=away, va="center", fontsize=points(8),
        )  # fmt: skip
    for name, balance in (("mostly cooperation", 1.0), ("even", 0.0), ("mostly conflict", -1.0)):
        colour, dash = _line_style(balance)
        axes.plot([], [], color=colour, linestyle=dash, linewidth=2, label=say(name))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.02), ncols=3, handlelength=3)
    axes.set_xlim(-1.7, 1.7)
    axes.set_ylim(-1.3, 1.3)
    axes.set_axis_off()
    hidden = len(numbers) - len(lines)
    more = f" and {hidden} pairs with fewer acts" if hidden else ""
    footnote(
        figure,
        "Arrows point from the side that acts to the side it acts on. A mutual act counts in both directions. "
        f"Width: number of acts reported as done or planned (at most {most:.0f}). Colour and dashes: balance "
        f"of cooperation and conflict; even: between −1/3 and 1/3. Intervals{more} are in the CSV.",
    )
    return figure


def _line_style(balance: float) -> tuple[str, str]:
    """Colour and dashes of an arrow."""
    if balance >= _EVEN:
        return COOPERATION, "-"
    return (CONFLICT, "--") if balance <= -_EVEN else (MIXED, ":")


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Acts of the one side on the other."""
    return {"acts": f"{row['source']}>{row['target']}"}


ENTRY = Entry(
    section=Section.RELATION,
    order=40,
    title="Who acts on whom",
    question="Which sides act on which, and do they cooperate or clash?",
    reading=(
        "A network: sides around a circle, with an arrow from the side that acts to the side it acts on. A "
        "wider arrow means more acts; solid blue means cooperation, dashed brown conflict, dotted "
        "grey an even balance."
    ),
    numbers=measure,
    draw=actor_network,
    empty="no article reports an act of one side on another",
    filters=filters,
)
