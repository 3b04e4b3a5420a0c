"""Words that set outlets apart: log ratios with dispersion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.words import contrasts
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.links import group_filter
from analysis.figures._core.marks import fitted, footnote, on_effective_words, printable, rows_from_top
from analysis.figures._core.registry import TEXTS_READ, Entry, Section
from analysis.figures._core.style import FAINT, INK, QUOTED, canvas, rows_that_fit
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

ON_EACH_SIDE = 12
_LEVEL = 0.05


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return contrasts.outlet_wording(tables, by=cut.by, weight=cut.weight).assign(compared=cut.by)


def keyness(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """The words that most set two groups of outlets apart: effect size with interval, and dispersion.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.words.contrasts.outlet_wording` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    import pandas as pd

    target, reference = numbers["target"].iloc[0], numbers["reference"].iloc[0]
    ahead, behind = numbers[numbers["estimate"] > 0], numbers[numbers["estimate"] <= 0]
    each = rows_that_fit(2 * ON_EACH_SIDE, fixed=1.5, each=0.18) // 2
    shown = pd.concat([ahead.head(each), behind.tail(each)]).sort_values(
        ["estimate", "item"], ascending=[False, True]
    )
    figure = canvas(1.5 + 0.19 * len(shown))
    axes, side = figure.subplots(1, 2, sharey=True, width_ratios=[3.2, 1])
    heights = rows_from_top(axes, [printable(word) for word in shown["item"]])
    sure = (shown["p_bh"] < _LEVEL).to_numpy()
    axes.axvline(0, color=FAINT, linewidth=1, zorder=1)
    axes.hlines(heights, shown["ci95_low"], shown["ci95_high"], color=INK, linewidth=1.3, alpha=0.7, zorder=2)
    axes.scatter(
        shown["estimate"], heights, s=26, zorder=3, edgecolors=INK, linewidths=1.1,
        facecolors=[INK if ok else "white" for ok in sure],
    )  # fmt: skip
    register_hotspots(axes, shown, across=(shown["ci95_low"], shown["ci95_high"]), up=(heights, heights))
    more = say("← more in {low}      more in {high} →", low=printable(reference), high=printable(target))
    axes.set_xlabel(f"{say('log ratio, base 2')}\n{more}")
    axes.grid(axis="x")
    for column, marker, label in (("dp_target", "o", target), ("dp_reference", "D", reference)):
        hollow = marker == "D"
        side.scatter(
            shown[column], heights, marker=marker, s=18, edgecolors=QUOTED if hollow else INK,
            facecolors="white" if hollow else INK, linewidths=1, label=printable(label, 18), zorder=3,
        )  # fmt: skip
    side.set_xlim(-0.05, 1.05)
    side.set_xlabel(f"{say('dispersion (DP)')}\n{fitted(say('0 even, 1 in one article'), 12)}")
    side.grid(axis="x")
    side.legend(loc="lower right", bbox_to_anchor=(1.02, 1), ncols=1)
    first = numbers.iloc[0]
    footnote(
        figure,
        f"The outlets' own words in {first['n_target']} articles from {printable(target)} and "
        f"{first['n_reference']} from {printable(reference)}; near-identical articles count as one. Shown: the "
        f"{len(shown)} words furthest from chance by a likelihood-ratio test, of {len(numbers):,} with enough "
        "hits. Lines: 95 % intervals over articles. Filled points: significant at a false discovery rate of 5 "
        f"% ({int((numbers['p_bh'] < _LEVEL).sum())} of all words).",
        details="The test treats words as independent, which makes it too liberal. With few outlets, a "
        "difference may be due to an outlet, not to its group." + on_effective_words(numbers),
    )
    return figure


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """The word in the own words of the outlets that use it more."""
    group = str(row["target" if row["estimate"] > 0 else "reference"])
    articles = {} if group == contrasts.OTHERS else group_filter(str(row["compared"]), group)
    return {"words": str(row["item"]), **articles, "voice": "outlet"}


ENTRY = Entry(
    section=Section.WORDS,
    order=10,
    title="Distinctive words by country of the outlet",
    question="Which words do the outlets of one country use more than those of another, in their own words?",
    reading=(
        "One row per word: the log ratio (base 2) of its frequencies in the two groups of outlets, with 95 "
        "% interval, and its dispersion over the articles of each group."
    ),
    numbers=measure,
    draw=keyness,
    by="outlet_country",
    at_most=TEXTS_READ,
    empty="all outlets come from one country, or their articles share too few words",
    filters=filters,
    reads_texts=True,
)
