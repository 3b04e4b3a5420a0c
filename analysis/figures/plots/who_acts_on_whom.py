"""Who acts on whom: a matrix of sides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.compare._core.results import NEUTRAL, direction
from analysis.compare.measures import relations
from analysis.figures._core.hotspots import register_cells
from analysis.figures._core.marks import footnote, legend_above
from analysis.figures._core.palette import CONFLICT, COOPERATION, MIXED
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label
from analysis.figures._core.style import INK, across_that_fit, canvas, points, rows_that_fit

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_SIDES = 10
_LARGEST = 250.0  # area of the largest mark, in square points
_PRINTED = 0.02  # share of the largest number from which a number is printed beside its mark
_UNCLEAR = MIXED, "D"
_LOOKS = {1: (COOPERATION, "o"), 0: _UNCLEAR, None: _UNCLEAR, -1: (CONFLICT, "s")}  # by direction
_LEGEND = {1: "mostly cooperation", None: "no clear direction", -1: "mostly conflict"}
_OPACITY, _PALE = 0.85, 0.4


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return relations.who_acts_on_whom(tables, weight=cut.weight)


def who_acts_on_whom(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """The side that acts down, the side it acts on across; a mark for each pair, sized by the number of acts.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.relations.who_acts_on_whom` returns it, by side.
    study : Study

    Returns
    -------
    FramingFigure
    """
    sides = _order(numbers, study)
    most_across = across_that_fit(SHOWN_SIDES, fixed=1.1, each=0.5)
    shown = sides[: rows_that_fit(most_across, fixed=1.7, each=0.36)]
    cells = numbers[numbers["source"].isin(shown) & numbers["target"].isin(shown)]
    figure = canvas(1.9 + 0.36 * len(shown))
    axes = figure.subplots()
    most = float(cells["denominator"].max())
    for row in cells.to_dict("records"):
        colour, marker = _LOOKS[direction(row)]
        opacity = _OPACITY if row["ci95_low"] == row["ci95_low"] else _PALE
        number, place = float(row["denominator"]), (shown.index(row["target"]), shown.index(row["source"]))
        axes.scatter(
            *place,
            s=points(_LARGEST) * number / most,
            color=colour,
            marker=marker,
            alpha=opacity,
            linewidths=0,
        )
        if number >= _PRINTED * most:
            beside = 3 + 0.72 * math.sqrt(_LARGEST * number / most)  # half the diagonal of the mark
            axes.annotate(
                f"{number:,.0f}", place, xytext=(points(beside), 0), textcoords="offset points", va="center",
                fontsize=points(7), color=INK,
            )  # fmt: skip
    labels = [side_label(study, side) for side in shown]
    axes.set_xticks(range(len(shown)), labels, rotation=35, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(shown)), labels)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.6, len(shown) - 0.2)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(visible=True, color="#E8E8E8")
    register_cells(axes, cells, down=("source", shown), across=("target", shown))
    for sign, name in _LEGEND.items():
        colour, marker = _LOOKS[sign]
        axes.scatter([], [], s=points(40), color=colour, marker=marker, label=name)
    legend_above(figure, *axes.get_legend_handles_labels())
    hidden = f" and {len(numbers) - len(cells)} pairs of other sides" if len(cells) < len(numbers) else ""
    footnote(
        figure,
        "Rows act, columns are acted on. Acts within one side are not counted; a mutual act counts in both "
        "directions. Area: number of acts reported as done or planned, printed beside the larger ones. Colour and "
        "shape: balance of cooperation and conflict; the direction is not clear if its 95 % interval contains 0 or "
        f"the balance is within ±{NEUTRAL:g}. Paler marks have no interval, because articles are too few or all "
        f"alike. Numbers{hidden} are in the CSV.",
    )
    return figure


def _order(numbers: pd.DataFrame, study: Study) -> list[str]:
    """The two sides of the study, then the others by the number of acts in which they take part."""
    acts = (
        numbers.groupby("source")["denominator"]
        .sum()
        .add(numbers.groupby("target")["denominator"].sum(), fill_value=0)
    )
    pair = {side: place for place, side in enumerate(study.actors.side_ids[:2])}
    return sorted(acts.index.astype(str), key=lambda side: (pair.get(side, len(pair)), -acts[side], side))


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Acts of the one side on the other."""
    return {"acts": f"{row['source']}>{row['target']}"}


ENTRY = Entry(
    section=Section.RELATION,
    order=40,
    title="Who acts on whom",
    question="Which sides act on which, and do they cooperate or clash?",
    reading=(
        "A matrix: one row per side that acts, one column per side it acts on. A larger mark means more acts; blue "
        "circles mean cooperation, brown squares conflict, grey diamonds a balance without a clear direction."
    ),
    numbers=measure,
    draw=who_acts_on_whom,
    empty="no article reports an act of one side on another",
    filters=filters,
)
