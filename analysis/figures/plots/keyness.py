"""Words that set two groups apart: log ratios with dispersion, and log-odds by frequency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from analysis.figures._core.hotspots import remember
from analysis.figures._core.marks import footnote, plain, rows_from_top
from analysis.figures._core.style import FAINT, INK, QUOTED, canvas, points, room

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

Side = Literal["left", "right", "center"]

ON_EACH_SIDE = 12
LABELLED = 14
_LEVEL = 0.05
_LEAST_SPREAD = 3  # articles
_MARK = 2  # pixels that a mark needs around its middle
_AROUND: tuple[tuple[int, int, Side], ...] = (
    (4, 0, "left"), (-4, 0, "right"), (0, 6, "center"), (0, -6, "center"), (4, 6, "left"), (4, -6, "left")
)  # fmt: skip
"""Points from the mark, and which side of the name touches that place."""


def keyness(numbers: pd.DataFrame) -> Figure:
    """The words that most set two groups of outlets apart: effect size with interval, and how spread they are.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.words.contrasts.outlet_wording` gives it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    import pandas as pd

    target, reference = numbers["target"].iloc[0], numbers["reference"].iloc[0]
    ahead, behind = numbers[numbers["estimate"] > 0], numbers[numbers["estimate"] <= 0]
    each = room(2 * ON_EACH_SIDE, fixed=1.5, each=0.18) // 2
    shown = pd.concat([ahead.head(each), behind.tail(each)]).sort_values(
        ["estimate", "item"], ascending=[False, True]
    )
    figure = canvas(1.5 + 0.19 * len(shown))
    axes, side = figure.subplots(1, 2, sharey=True, width_ratios=[3.2, 1])
    places = rows_from_top(axes, [plain(word) for word in shown["item"]])
    sure = (shown["p_bh"] < _LEVEL).to_numpy()
    axes.axvline(0, color=FAINT, linewidth=1, zorder=1)
    axes.hlines(places, shown["ci95_low"], shown["ci95_high"], color=INK, linewidth=1.3, alpha=0.7, zorder=2)
    axes.scatter(
        shown["estimate"], places, s=26, zorder=3, edgecolors=INK, linewidths=1.1,
        facecolors=[INK if ok else "white" for ok in sure],
    )  # fmt: skip
    remember(axes, shown, across=(shown["ci95_low"], shown["ci95_high"]), up=(places, places))
    axes.set_xlabel(f"log ratio, base 2\n← more in {plain(reference)}      more in {plain(target)} →")
    axes.grid(axis="x")
    for column, marker, label in (("dp_target", "o", target), ("dp_reference", "D", reference)):
        hollow = marker == "D"
        side.scatter(
            shown[column], places, marker=marker, s=18, edgecolors=QUOTED if hollow else INK,
            facecolors="white" if hollow else INK, linewidths=1, label=plain(label, 18), zorder=3,
        )  # fmt: skip
    side.set_xlim(-0.05, 1.05)
    side.set_xlabel("dispersion (DP)\n0 even, 1 in one article")
    side.grid(axis="x")
    side.legend(loc="lower right", bbox_to_anchor=(1.02, 1), ncols=1)
    first = numbers.iloc[0]
    footnote(
        figure,
        f"The outlets' own words: {first['n_target']} articles from {plain(target)}, {first['n_reference']} from "
        f"{plain(reference)}, near-identical ones of a group as one; of {len(numbers):,} words with enough hits the "
        f"{len(shown)} furthest from chance by a likelihood-ratio test. Lines: 95 % interval over articles. Filled: "
        f"significant at 5 % of false discoveries ({int((numbers['p_bh'] < _LEVEL).sum())} of all words).",
        details="The test takes words as independent and so is too generous. Few outlets: what sets them apart may "
        "be the outlet, not its country.",
    )
    return figure


def log_odds(numbers: pd.DataFrame, *, labels: Mapping[str, str]) -> Figure:
    """What one side says more often than the other: z of the log-odds by frequency.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.words.contrasts.side_wording` gives it.
    labels : mapping of str to str
        By side.

    Returns
    -------
    matplotlib.figure.Figure
    """
    target, reference = (
        plain(labels.get(numbers[name].iloc[0], numbers[name].iloc[0])) for name in ("target", "reference")
    )
    uses = (numbers["numerator"] + numbers["numerator_reference"]).to_numpy(dtype=float)
    scores = numbers["z"].to_numpy(dtype=float)
    spread = (numbers["range"] >= _LEAST_SPREAD).to_numpy()
    figure = canvas(5.2)
    axes = figure.subplots()
    axes.axhspan(-1.96, 1.96, color="#EFEFEF", zorder=0)
    axes.axhline(0, color=FAINT, linewidth=1, zorder=1)
    axes.scatter(uses, scores, s=7, color="#9A9A9A", linewidths=0, zorder=2)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("uses by both sides together (log scale)")
    axes.set_ylabel(f"z of the log-odds\n← {reference} says it more    {target} says it more →")
    axes.margins(x=0.09, y=0.08)
    chosen = [*_extremes(scores, spread, LABELLED), *_extremes(-scores, spread, LABELLED)]
    axes.scatter(uses[chosen], scores[chosen], s=12, color=INK, linewidths=0, zorder=3)
    remember(
        axes, numbers.iloc[chosen], across=(uses[chosen], uses[chosen]), up=(scores[chosen], scores[chosen])
    )
    first = numbers.iloc[0]
    footnote(
        figure,
        f"Words attributed to {target} and to {reference} ({int(first['denominator']):,} and "
        f"{int(first['denominator_reference']):,}). Named, as far as there is room: the {LABELLED} furthest out on "
        f"either side that stand in at least {_LEAST_SPREAD} articles. Grey band: within 1.96 of no difference, for "
        f"one word looked at alone; of {len(numbers):,} words some lie outside by chance.",
        details="Log-odds with an informative Dirichlet prior (Monroe et al. 2008) of "
        f"{first['prior_size']:,.0f} words, in the shares of all words of the articles. They take words as "
        "independent; words come in bursts, so that z is too large.",
    )
    _name(figure, axes, numbers["item"].tolist(), uses, scores, chosen)
    return figure


def _extremes(scores: np.ndarray, spread: np.ndarray, count: int) -> list[int]:
    """The places of the highest scores above 0 among the words in enough articles."""
    order = sorted(
        (i for i in range(len(scores)) if spread[i] and scores[i] > 0), key=lambda i: (-scores[i], i)
    )
    return order[:count]


def _name(
    figure: Figure, axes: Axes, words: list[str], across: np.ndarray, up: np.ndarray, chosen: list[int]
) -> None:
    """Name points where no two names overlap: at one of six places around the point, else not at all."""
    figure.draw_without_rendering()
    frame = axes.get_window_extent()
    marks = axes.transData.transform([(across[i], up[i]) for i in chosen])
    dots = axes.transData.transform(list(zip(across, up, strict=True)))
    taken: list[Bbox] = []
    for i, own in zip(chosen, marks, strict=True):
        others = [mark for mark in marks if abs(mark - own).max() > _MARK]
        every = [mark for mark in dots if abs(mark - own).max() > _MARK]
        # first where no dot at all is covered, then where no named one is
        for (dx, dy, side), avoided in [(where, at) for at in (every, others) for where in _AROUND]:
            label = axes.annotate(
                plain(words[i], 24), (across[i], up[i]), xytext=(dx, dy), textcoords="offset points",
                ha=side, va="center", fontsize=points(7.5), color=INK, zorder=4,
            )  # fmt: skip
            label.set_in_layout(False)  # the places are measured in this layout; it has to stay
            box = label.get_window_extent().padded(_MARK)
            free = not any(box.overlaps(other) for other in taken) and not any(
                box.contains(*at) for at in avoided
            )
            if (
                free
                and frame.x0 <= box.x0
                and box.x1 <= frame.x1
                and frame.y0 <= box.y0
                and box.y1 <= frame.y1
            ):
                taken.append(box)
                break
            label.remove()
