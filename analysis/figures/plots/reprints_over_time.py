"""Wire copy: when and where each reprinted story appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import remember
from analysis.figures._core.marks import FILLED, HOLLOW, footnote, plain, rows_from_top
from analysis.figures._core.style import FAINT, INK, canvas, room

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN_FAMILIES = 20
_HOURS_UP_TO = 2  # days


def reprints_over_time(numbers: pd.DataFrame) -> Figure:
    """One row per family of near-identical articles, one mark per article, by hours since the first.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.wire_copy.publication_times` gives it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sizes = numbers.groupby("family_id")["n"].first()
    shown = sorted(sizes.index, key=lambda family: (-sizes[family], family))[
        : room(SHOWN_FAMILIES, fixed=1.2, each=0.24)
    ]
    firsts = numbers.drop_duplicates("family_id").set_index("family_id")
    labels = [
        f"{plain(firsts.loc[family, 'title'], 38)} ({firsts.loc[family, 'published']:%-d %b %Y}; n = {sizes[family]})"
        for family in shown
    ]
    figure = canvas(1.3 + 0.24 * len(shown))
    axes = figure.subplots()
    days = float(numbers.loc[numbers["family_id"].isin(shown), "estimate"].max())
    unit, scale = ("days", 1) if days > _HOURS_UP_TO else ("hours", 24)
    for family, place in zip(shown, rows_from_top(axes, labels), strict=True):
        family_rows = numbers[numbers["family_id"] == family]
        since = scale * family_rows["estimate"]
        remember(axes, family_rows, across=(since, since), up=([place] * len(since), [place] * len(since)))
        axes.hlines(place, 0, since.max(), color=FAINT, linewidth=1, zorder=1)
        axes.scatter(
            since.iloc[1:], [place] * (len(since) - 1), marker=HOLLOW, s=22, facecolors="white",
            edgecolors=INK, linewidths=1.1, zorder=3,
        )  # fmt: skip
        axes.scatter([0], [place], marker=FILLED, s=26, color=INK, zorder=4)
    axes.scatter([], [], marker=FILLED, s=26, color=INK, label="the earliest")
    axes.scatter([], [], marker=HOLLOW, s=22, facecolors="white", edgecolors=INK, label="reprints")
    axes.set_xlabel(f"{unit} since the earliest article of the family")
    axes.margins(x=0.04)
    axes.grid(axis="x")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
    missing = len(sizes) - len(shown)
    more = f" The {len(shown)} largest families; {missing} more stand in the CSV." if missing else ""
    footnote(
        figure,
        "One row per family of near-identical articles, named by its earliest article and that article's day; n: "
        f"articles of the family with a date. The earliest here need not be the original.{more}",
        details="Found by shared runs of five words, so that rewritten copies are missed. Marks of the same time lie "
        "on one another; days where a source gives no time. No estimate, so no interval.",
    )
    return figure
