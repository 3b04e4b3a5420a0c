"""Frames of the relationship by outlet: a heatmap."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from analysis.compare.measures import frames
from analysis.figures._core.groups import group_of
from analysis.figures._core.hotspots import register_cells
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    largest,
    on_groups,
    printable,
    with_n,
)
from analysis.figures._core.options import options
from analysis.figures._core.palette import ink_on
from analysis.figures._core.registry import TEXTS_READ, Entry, Section
from analysis.figures._core.study_labels import two_side_names, two_sides
from analysis.figures._core.style import COLUMN, canvas, points, rows_that_fit

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return frames.frame_prevalence(tables, two_sides(tables), by=[cut.by], weight=cut.weight)


def relationship_frames(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """Outlets down, frames of the relationship across: the share of articles with the frame, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.frames.frame_prevalence` returns it, by outlet.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = group_of(numbers)
    labels, pair = _labels(study), two_side_names(study)
    n_articles = articles_by(numbers, by)
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.1, each=0.24))
    totals = numbers.groupby("frame")["numerator"].sum().sort_values(ascending=False, kind="stable")
    shown = [str(frame) for frame in totals.index]
    shares = numbers.pivot(index=by, columns="frame", values="estimate").loc[outlets, shown]
    counts = numbers.pivot(index=by, columns="frame", values="numerator").loc[outlets, shown]
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
    register_cells(axes, numbers[numbers["numerator"] > 0], down=(by, outlets), across=("frame", shown))
    names = ["\n".join(textwrap.wrap(printable(labels.get(frame, frame)), 13)) for frame in shown]
    axes.xaxis.tick_top()
    slanted: dict[str, Any] = (
        {"rotation": 60, "ha": "left", "rotation_mode": "anchor"} if options().is_narrow else {}
    )
    axes.set_xticks(range(len(shown)), names, **slanted)
    axes.set_yticks(range(len(outlets)), with_n(outlets, n_articles))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    footnote(
        figure,
        f"Number of articles in which a sentence about both {' and '.join(pair)} contains the frame. n: "
        "articles with such a sentence; shading: share of n. Intervals are in the "
        f"CSV.{on_groups(n_articles, outlets, by)}",
    )
    return figure


def _labels(study: Study) -> dict[str, str]:
    """Labels of the frames, without the prefix that sets them apart from themes."""
    return {
        theme.removeprefix(frames.PREFIX): (short := label.removeprefix("Relationship: "))[:1].upper()
        + short[1:]
        for theme, label in study.theme_labels.items()
        if study.theme_groups[theme] == frames.FRAME_GROUP
    }


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """Sentences about both sides with the frame."""
    return {"theme": f"{frames.PREFIX}{row['frame']}", "pair": "1"}


ENTRY = Entry(
    section=Section.RELATION,
    order=30,
    on_page=True,
    title="Frames of the relationship by outlet",
    question="How does each outlet frame the relationship of the two sides?",
    reading=(
        "A heatmap, outlets down and frames across: number of articles with the frame in a sentence about "
        "both sides."
    ),
    numbers=measure,
    draw=relationship_frames,
    at_most=TEXTS_READ,
    by="outlet",
    empty="no sentence about both sides contains a frame of the relationship",
    filters=filters,
)
