"""The tone model beside VADER, article by article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.results import NEUTRAL
from analysis.compare.measures import tone
from analysis.compare.measures.tone import AGREEMENTS
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import fitted, footnote, legend_above
from analysis.figures._core.options import options
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import towards, two_sides
from analysis.figures._core.style import FAINT, INK, QUOTED, canvas, on_slides, points
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

_MANY = 300  # articles from which on marks are smaller
_MARKS = {
    "same": ("o", FAINT, INK),
    "one is neutral": ("s", "white", "#777777"),
    "opposite": ("D", QUOTED, INK),
}


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return tone.model_and_vader(tables, only=two_sides(tables))


def tone_model_and_vader(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per side, one point per article: VADER's score across, the model's tone towards the side up.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.tone.model_and_vader` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    sides = list(dict.fromkeys(numbers["side"]))
    figure = canvas(3.2 if options().is_narrow else 4.6)  # the panels are square
    panels = figure.subplots(1, len(sides), sharey=True, squeeze=False)[0]
    break_ = "\n" if on_slides() or options().is_narrow else " "
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
        register_hotspots(
            axes, rows, across=(rows["vader"], rows["vader"]), up=(rows["estimate"], rows["estimate"])
        )
        opposite = int((rows["agreement"] == "opposite").sum())
        axes.set_title(
            towards(study, side, 18)
            + f":{break_}"
            + say("opposite in {n} of {total}", n=f"{opposite:,}", total=f"{len(rows):,}"),
            fontsize=points(9),
        )
        axes.set_xlabel(fitted(say("VADER of the same sentences, −1 to 1"), 24))
    panels[0].set_ylabel(say("model: tone towards the side, −1 to 1"))
    legend_above(figure, *panels[0].get_legend_handles_labels(), title=say("direction of the two measures"))
    footnote(
        figure,
        "One point per article that mentions the side. Vertical: the model's p(positive) − p(negative), "
        "averaged over mentions; the model does not see names. Horizontal: mean VADER score of the same "
        f"sentences. Shaded: the two have opposite signs; scores within ±{NEUTRAL:g} (the strips) count as "
        "neutral.",
        details="VADER is a word list made for social media. It is a baseline, cannot tell at whom tone is "
        "directed, and is not validated on news. Intervals are in the CSV.",
    )
    return figure


def _quadrants(axes: Axes) -> None:
    """Shade the quarters in which the two measures disagree, and outline the neutral strips."""
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


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Mentions of the side in the article, in any voice."""
    return {"voice": "", "about": f"side:{row['side']}"}


ENTRY = Entry(
    section=Section.TONE,
    order=20,
    title="Tone model and VADER, article by article",
    question="In which articles does a word list contradict the tone that the model finds towards a side?",
    reading=(
        "One panel per side, one point per article: mean VADER score of the sentences that mention the side "
        "(horizontal) against the model's tone towards the side (vertical). In the shaded quarters the two "
        "have opposite signs."
    ),
    weighted=False,
    numbers=measure,
    draw=tone_model_and_vader,
    at_most=2_000,
    empty="no mention of either side has a tone score",
    filters=filters,
    on_request=True,
)
