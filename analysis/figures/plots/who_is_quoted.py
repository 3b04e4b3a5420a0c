"""Who is quoted: each side's share of the quoted words, outlet by outlet, and the words without a known side."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from analysis import validation
from analysis.compare.measures.unknown_sides import MANY_UNKNOWN, with_bounds
from analysis.figures._core.groups import group_nouns, group_of
from analysis.figures._core.hotspots import register_bars, register_hotspots
from analysis.figures._core.marks import (
    BAR,
    SHOWN_OUTLETS,
    articles_by,
    footnote,
    interval_ends,
    largest,
    on_groups,
    rows_from_top,
    with_n,
)
from analysis.figures._core.palette import NOT_KNOWN
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.study_labels import side_label, styles_of
from analysis.figures._core.style import INK, across_that_fit, canvas, on_slides, points, rows_that_fit
from analysis.schemas import UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_SIDES, SHOWN_ON_SLIDES = 7, 5
_LAST = ("other", UNATTRIBUTED)
_CORRECTED = "dsl"  # the estimator that is drawn beside the measured shares, as in outlet_differences
_BOUND = "#8A8A8A"


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return validation.outlet_shares(tables, cut.summaries, by=cut.by, weight=cut.weight)


def who_is_quoted(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One panel per side, one bar per outlet: the side's share of the outlet's quoted words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        Result of `analysis.validation.outlet_shares.outlet_shares`, or measured shares alone, from
        `analysis.compare.measures.rates.quoted_shares`.
    study : Study

    Returns
    -------
    FramingFigure
    """
    by = group_of(numbers)
    singular, plural = group_nouns(by)
    if "estimator" not in numbers:
        numbers = with_bounds(numbers).assign(estimator="naive")
    styles = styles_of(numbers["side"], study)
    measured = numbers[numbers["estimator"] == "naive"]
    corrected = numbers[(numbers["estimator"] == _CORRECTED) & numbers["estimate"].notna()]
    sides, hidden = _sides(measured, study)
    n_articles = articles_by(measured, by)
    each = 0.24 if corrected.empty else 0.32
    outlets = largest(n_articles, at_most=rows_that_fit(SHOWN_OUTLETS, fixed=1.25, each=each))
    across = across_that_fit(len(sides), fixed=1.3, each=0.72)
    down = -(-len(sides) // across)
    figure = canvas(1.25 + each * len(outlets) * down + 0.5 * (down - 1))
    panels = figure.subplots(down, across, sharey=True, squeeze=False).ravel()
    for axes in panels[len(sides) :]:
        axes.set_visible(False)
    for axes, side in zip(panels, sides, strict=False):
        heights = rows_from_top(axes, with_n(outlets, n_articles))
        rows = measured[measured["side"] == side].set_index(by).reindex(outlets)
        if side == UNATTRIBUTED:
            _bars(axes, rows, heights, "white", NOT_KNOWN)
        else:
            _bars(axes, rows, heights, styles[side].colour, "")
            _intervals(axes, rows, heights)
            _bounds(axes, rows, heights)
            own = corrected[corrected["side"] == side].set_index(by).reindex(outlets)
            _corrected(axes, own, heights)
        axes.set_title("\n".join(textwrap.wrap(side_label(study, side), 11)), fontsize=points(8))
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100], ["0", "", "100"])  # with the middle, numbers would touch
        axes.grid(axis="x")
        axes.get_xticklabels()[0].set_ha("left")  # so that 100 and the next panel's 0 keep apart
        axes.get_xticklabels()[-1].set_ha("right")
    words = measured.groupby("side")["numerator"].sum()
    share = 100 * words[hidden].sum() / max(1, words.sum())
    others = (
        f" Sides not shown ({share:.1f} % of all attributed words): "
        f"{', '.join(side_label(study, side) for side in hidden)}."
        if hidden
        else ""
    )
    footnote(
        figure,
        f"Share of each {singular}'s attributed words, in per cent. Lines: 95 % intervals over articles, omitted "
        "where too few articles have attributed words. n: articles with attributed "
        f"words.{_on_unknown(measured, words, plural)}{_on_coding(corrected, singular)}"
        f"{on_groups(n_articles, outlets, by)}",
        details=others.strip(),
    )
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, heights: list[float], colour: str, hatch: str) -> None:
    shares = 100 * rows["estimate"]
    axes.barh(
        heights, shares, height=BAR, color=colour, edgecolor=INK if not hatch else _BOUND, linewidth=0.4, hatch=hatch,
        hatchcolor=_BOUND,
    )  # fmt: skip
    zero = [0.0] * len(heights)
    register_bars(axes, rows, across=(zero, shares.tolist()), heights=heights, thickness=BAR)


def _intervals(axes: Axes, rows: pd.DataFrame, heights: list[float]) -> None:
    for colour, width in (("white", 2.4), (INK, 1.0)):  # seen on dark bars, too
        axes.hlines(heights, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=colour, linewidth=width)


def _bounds(axes: Axes, rows: pd.DataFrame, heights: list[float]) -> None:
    """A thin bracket from the measured share to the highest that the unknown words allow."""
    ends = 100 * rows["bound_high"]
    low = [height - BAR / 2 for height in heights]
    axes.hlines(low, 100 * rows["bound_low"], ends, color=_BOUND, linewidth=0.7)
    axes.vlines(ends, low, [at + BAR / 3 for at in low], color=_BOUND, linewidth=0.7)


def _corrected(axes: Axes, rows: pd.DataFrame, heights: list[float]) -> None:
    at = [height - BAR / 2 - 0.12 for height in heights]
    axes.hlines(at, 100 * rows["ci95_low"], 100 * rows["ci95_high"], color=INK, linewidth=1.2, zorder=3)
    axes.scatter(
        100 * rows["estimate"],
        at,
        marker="s",
        s=14,
        facecolors=INK,
        edgecolors="white",
        linewidths=0.6,
        zorder=4,
    )
    low, high = (100 * end for end in interval_ends(rows))
    register_hotspots(axes, rows, across=(low, high), up=(at, at))


def _on_unknown(measured: pd.DataFrame, words: pd.Series, groups: str) -> str:
    if not words.get(UNATTRIBUTED, 0):
        return ""
    share = 100 * words[UNATTRIBUTED] / words.sum()
    text = (
        f" Hatched: words of speakers whose side is not known ({share:.0f} % of all). They are missing data, not a "
        "side."
    )
    if measured["bound_high"].notna().any():
        text += (
            f" Thin bracket: how far a side's share would reach if all of the hatched words were its own "
            f"({groups} with more than {100 * MANY_UNKNOWN:.0f} % hatched)."
        )
    return text


def _on_coding(corrected: pd.DataFrame, group: str) -> str:
    if corrected.empty:
        return ""
    least, most = int(corrected["n_coded"].min()), int(corrected["n_coded"].max())
    return (
        f" Squares: corrected with coded quotes ({least} to {most} per {group}); their 95 % intervals include "
        "wrong sides and false quotes, but not missed quotes."
    )


def _sides(measured: pd.DataFrame, study: Study) -> tuple[list[str], list[str]]:
    """The sides that are shown, by number of words with residual sides last, and the sides that are not.

    The two sides that the study is about are always shown.
    """
    words = measured.groupby("side")["numerator"].sum().sort_values(ascending=False, kind="stable")
    heard = [str(side) for side in words.index if words[side] > 0]
    residual = [side for side in _LAST if side in heard]
    named = [side for side in heard if side not in residual]
    room = (SHOWN_ON_SLIDES if on_slides() else SHOWN_SIDES) - len(residual)
    pair_first = sorted(named, key=lambda side: side not in study.actors.side_ids[:2])
    shown = [side for side in named if side in pair_first[:room]]
    return shown + residual, [side for side in named if side not in shown]


ENTRY = Entry(
    section=Section.SPEAKERS,
    order=10,
    on_page=True,
    title="Who is quoted",
    question="Which sides get most of the words that an outlet quotes?",
    reading=(
        "One panel per side, one bar per outlet: the side's share of the words that the outlet attributes "
        "to speakers, with 95 % intervals. The last panel has the words of speakers whose side is not known."
    ),
    numbers=measure,
    draw=who_is_quoted,
    by="outlet",
    empty="no words are attributed to a speaker",
)
