"""Wire copy: when and where each family of near-identical articles appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.measures.wire_copy import publication_times
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import FILLED, HOLLOW, fitted, footnote, printable, rows_from_top
from analysis.figures._core.registry import Entry, Section
from analysis.figures._core.style import FAINT, INK, canvas, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.figures._core.registry import Cut
    from analysis.study import Study
    from analysis.tables import Tables

SHOWN_FAMILIES = 20
_HOURS_UP_TO = 2  # days


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return publication_times(tables)


def reprints_over_time(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One row per family of near-identical articles, one mark per article: time since the first of them.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.wire_copy.publication_times` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    sizes = numbers.groupby("family_id")["n"].first()
    shown = sorted(sizes.index, key=lambda family: (-sizes[family], family))[
        : rows_that_fit(SHOWN_FAMILIES, fixed=1.2, each=0.24)
    ]
    firsts = numbers.drop_duplicates("family_id").set_index("family_id")
    labels = [
        f"{printable(firsts.loc[family, 'title'], 38)} "
        f"({firsts.loc[family, 'published']:%-d %b %Y}; n = {sizes[family]})"
        for family in shown
    ]
    figure = canvas(1.3 + 0.24 * len(shown))
    axes = figure.subplots()
    days = float(numbers.loc[numbers["family_id"].isin(shown), "estimate"].max())
    unit, scale = ("days", 1) if days > _HOURS_UP_TO else ("hours", 24)
    for family, place in zip(shown, rows_from_top(axes, labels), strict=True):
        family_rows = numbers[numbers["family_id"] == family]
        since = scale * family_rows["estimate"]
        register_hotspots(
            axes, family_rows, across=(since, since), up=([place] * len(since), [place] * len(since))
        )
        axes.hlines(place, 0, since.max(), color=FAINT, linewidth=1, zorder=1)
        axes.scatter(
            since.iloc[1:], [place] * (len(since) - 1), marker=HOLLOW, s=22, facecolors="white",
            edgecolors=INK, linewidths=1.1, zorder=3,
        )  # fmt: skip
        axes.scatter([0], [place], marker=FILLED, s=26, color=INK, zorder=4)
    axes.scatter([], [], marker=FILLED, s=26, color=INK, label=say("first article"))
    axes.scatter([], [], marker=HOLLOW, s=22, facecolors="white", edgecolors=INK, label=say("later articles"))
    axes.set_xlabel(fitted(say(f"{unit} since the first article of the family"), 20))
    axes.margins(x=0.04)
    axes.grid(axis="x")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
    missing = len(sizes) - len(shown)
    more = f" Shown: the {len(shown)} largest families; the CSV has {missing} more." if missing else ""
    footnote(
        figure,
        "One row per family of near-identical articles, with title and date of its first article. n: dated "
        f"articles of the family. The first article found need not be the original.{more}",
        details="Families share runs of five words, so rewritten copies are missed. Marks with the same time "
        "overlap; sources without a time of day count by day. No estimates, so no intervals.",
    )
    return figure


ENTRY = Entry(
    section=Section.WORDS,
    order=30,
    title="Wire copy over time",
    question="How far and how fast did the same story spread?",
    reading=(
        "One row per family of near-identical articles, one mark per article: time since the first article "
        "of the family."
    ),
    weighted=False,
    numbers=measure,
    draw=reprints_over_time,
    empty="no two dated articles are near-identical",
)
