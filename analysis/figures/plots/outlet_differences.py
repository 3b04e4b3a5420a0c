"""Outlets compared with all others, theme by theme: as measured, as coded, and corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis import validation
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.links import group_filter
from analysis.figures._core.marks import (
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    interval_ends,
    largest,
    legend_above,
    on_groups,
    rows_from_top,
    with_n,
)
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import theme_title
from analysis.figures._core.style import (
    FAINT,
    INK,
    QUOTED,
    across_that_fit,
    canvas,
    on_slides,
    points,
    rows_that_fit,
)
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

_ACROSS = 3
_APART = 0.26
ESTIMATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "naive": ("as measured", {"marker": "o", "facecolors": "#8A8A8A", "edgecolors": "#8A8A8A", "s": 20}),
    "gold_only": (
        "coded articles only",
        {"marker": "D", "facecolors": "white", "edgecolors": QUOTED, "s": 18},
    ),
    "dsl": ("corrected with coded articles", {"marker": "s", "facecolors": INK, "edgecolors": INK, "s": 18}),
}
"""Estimators of `analysis.validation.correction` that are drawn, from the top, with label and style."""
_MANY_OUTLETS = 30
_MANY_INTERVALS = 20


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return validation.outlet_differences(tables, cut.summaries, by=cut.by, weight=cut.weight)


def outlet_differences(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per theme, one row per outlet, up to three estimates of its difference from all other outlets.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.validation.outlet_differences.outlet_differences` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    themes = list(dict.fromkeys(numbers["theme"]))
    themes = themes[: _ACROSS if on_slides() else len(themes)]
    n_articles = articles_by(numbers[numbers["estimator"] == "naive"], "group")
    each = 0.17 if len(set(numbers["estimator"])) == 1 else 0.3
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.7, each=each))
    two = sorted(n_articles) if len(n_articles) == 2 else []
    outlets = two[1:] or outlets  # of two groups, one mirrors the other
    known = numbers.dropna(subset=["estimate"])
    used = [name for name in ESTIMATORS if (known["estimator"] == name).any()]
    across = across_that_fit(min(_ACROSS, len(themes)), fixed=1.1, each=1.25)
    rows = -(-len(themes) // across)
    height = 0.17 if len(used) == 1 else 0.3
    figure = canvas(1.15 + rows * (0.55 + height * len(outlets)))
    panels = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False)
    for axes, theme in zip(panels.flat, themes, strict=False):
        own = known[(known["theme"] == theme) & known["group"].isin(outlets)]
        heights = dict(zip(outlets, rows_from_top(axes, with_n(outlets, n_articles)), strict=True))
        axes.axvline(0, color=FAINT, linewidth=1, zorder=1)
        for i, name in enumerate(used):
            shift = _APART * ((len(used) - 1) / 2 - i)
            _points(axes, own[own["estimator"] == name], heights, shift, name)
        axes.set_title(theme_title(study, theme), fontsize=points(8))
        axes.grid(axis="x")
    for axes in panels.flat[len(themes) :]:
        axes.set_visible(False)
    for axes in panels[-1]:
        axes.set_xlabel(say("percentage points"))
    if len(used) > 1:
        legend_above(figure, *panels[0][0].get_legend_handles_labels())
    shown = known[known["group"].isin(outlets) & known["estimator"].isin(ESTIMATORS)]
    note = _note(numbers, used, two, len(n_articles)) + _by_chance(shown[shown["estimator"] == "naive"])
    footnote(figure, note if two else note + on_groups(n_articles, outlets))
    return figure


def _points(axes: Axes, rows: pd.DataFrame, heights: Mapping[str, float], shift: float, name: str) -> None:
    label, look = ESTIMATORS[name]
    known = rows.dropna(subset=["estimate"])
    at = [heights[group] + shift for group in known["group"]]
    axes.hlines(
        at,
        100 * known["ci95_low"],
        100 * known["ci95_high"],
        color=look["edgecolors"],
        linewidth=1.2,
        zorder=2,
    )
    axes.scatter(100 * known["estimate"], at, linewidths=1.1, zorder=3, label=label, **look)
    low, high = (100 * end for end in interval_ends(known))
    register_hotspots(axes, known, across=(low, high), up=(at, at))


def _note(numbers: pd.DataFrame, used: list[str], two: list[str], n_groups: int) -> str:
    groups = "outlet" if (numbers["by"] == "outlet").all() else "group"
    against = f"in the articles “{two[0]}”" if two else f"in the articles of all other {groups}s"
    what = (
        f"Share of articles with the theme, minus the share {against}. Lines: 95 "
        "% intervals; near-identical articles count as one. A point without a line has no interval: too few "
        "articles, or all alike. n: articles. "
    )
    coded = numbers.loc[numbers["estimator"] != "naive", "n_coded"]
    if coded.empty or not coded.max():
        what += "The lines do not include measurement error, which is unknown without coded articles. "
    else:
        what += (
            f"Coded: {int(coded.min())} to {int(coded.max())} articles per {groups}; estimates from "
            "too few are omitted. The grey circles assume that the measurement is correct; the other "
            "estimates do not. "
        )
    if n_groups < _MANY_OUTLETS:
        what += f"{n_groups} {groups}s can be described, but are too few to generalise from. "
    return what


def _by_chance(shown: pd.DataFrame) -> str:
    """A sentence on how many intervals would exclude zero if nothing differed; empty if there are few."""
    intervals = int(shown["ci95_low"].notna().sum())
    if intervals < _MANY_INTERVALS:
        return ""
    return f"Of {intervals} intervals, about {round(intervals / 20)} would exclude zero by chance alone. "


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """The outlet that is compared with all others."""
    return group_filter(str(row["by"]), str(row["group"]))


ENTRY = Entry(
    section=Section.THEMES,
    order=30,
    title="Differences in the share of articles with a theme",
    question=(
        "Which outlets have a theme in more of their articles than the others, and does the difference hold "
        "after correction for measurement error?"
    ),
    reading=(
        "One small panel per theme, one row per outlet: the difference from the share of articles in all "
        "other outlets, in percentage points, with 95 % intervals. With coded articles, two more estimates: "
        "from the coded articles only, and corrected with them."
    ),
    numbers=measure,
    draw=outlet_differences,
    by="outlet",
    empty="no theme of the codebook was found, or all articles come from one outlet",
    filters=filters,
)
