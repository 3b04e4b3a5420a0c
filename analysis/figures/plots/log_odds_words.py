"""Words of the two sides: log-odds by frequency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from analysis.compare.words import contrasts
from analysis.figures._core.hotspots import register_hotspots
from analysis.figures._core.marks import footnote, on_effective_words, printable
from analysis.figures._core.registry import TEXTS_READ, Entry, Section
from analysis.figures._core.study_labels import two_sides
from analysis.figures._core.style import FAINT, INK, canvas, points
from analysis.figures._core.texts import say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.figures._core.registry import Cut, Pair
    from analysis.study import Study
    from analysis.tables import Tables

Side = Literal["left", "right", "center"]

LABELLED = 14
_LEAST_SPREAD = 3  # articles
_MARK = 2  # pixels that a mark needs around its centre
_AROUND: tuple[tuple[int, int, Side], ...] = (
    (4, 0, "left"), (-4, 0, "right"), (0, 6, "center"), (0, -6, "center"), (4, 6, "left"), (4, -6, "left")
)  # fmt: skip
"""Offsets of a label in points, and the side of the label that touches that place."""


def measure(tables: Tables, cut: Cut) -> pd.DataFrame:
    """The numbers of the figure."""
    return contrasts.side_wording(tables, two_sides(tables), weight=cut.weight)


def log_odds_words(numbers: pd.DataFrame, study: Study) -> FramingFigure:
    """One point per word: uses by both sides across, z of the log-odds up.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.words.contrasts.side_wording` returns it.
    study : Study

    Returns
    -------
    FramingFigure
    """
    target, reference = (
        printable(study.side_labels.get(numbers[name].iloc[0], numbers[name].iloc[0]))
        for name in ("target", "reference")
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
    axes.set_xlabel(say("uses by both sides together (log scale)"))
    more = say("← more by {low}      more by {high} →", low=reference, high=target)
    axes.set_ylabel(f"{say('z of the log-odds')}\n{more}")
    axes.margins(x=0.09, y=0.08)
    chosen = [*_extremes(scores, spread, LABELLED), *_extremes(-scores, spread, LABELLED)]
    axes.scatter(uses[chosen], scores[chosen], s=12, color=INK, linewidths=0, zorder=3)
    register_hotspots(
        axes, numbers.iloc[chosen], across=(uses[chosen], uses[chosen]), up=(scores[chosen], scores[chosen])
    )
    first = numbers.iloc[0]
    footnote(
        figure,
        f"{int(first['denominator']):,} words attributed to {target} and "
        f"{int(first['denominator_reference']):,} to {reference}. Labelled, where there is room: the "
        f"{LABELLED} most extreme words on either side that occur in at least {_LEAST_SPREAD} articles. Grey "
        f"band: |z| < 1.96, not significant for a single word; of {len(numbers):,} words, some lie outside by "
        "chance.",
        details="Log-odds with an informative Dirichlet prior (Monroe et al. 2008) of "
        f"{first['prior_size']:,.0f} words, distributed as in all articles. They treat words as independent; "
        "since words come in bursts, z is too large." + on_effective_words(numbers),
    )
    _label_points(figure, axes, numbers["item"].tolist(), uses, scores, chosen)
    return figure


def _extremes(scores: np.ndarray, spread: np.ndarray, count: int) -> list[int]:
    """Positions of the highest scores above 0, among the words in enough articles."""
    order = sorted(
        (i for i in range(len(scores)) if spread[i] and scores[i] > 0), key=lambda i: (-scores[i], i)
    )
    return order[:count]


def _label_points(
    figure: Figure, axes: Axes, words: list[str], across: np.ndarray, up: np.ndarray, chosen: list[int]
) -> None:
    """Label points at one of six places around them; a label that would overlap another is left out."""
    from matplotlib.backends.backend_agg import RendererAgg

    figure.draw_without_rendering()
    renderer = RendererAgg(*figure.bbox.size, figure.dpi)  # otherwise one is made for each label
    frame = axes.get_window_extent()
    marks = axes.transData.transform([(across[i], up[i]) for i in chosen])
    dots = axes.transData.transform(list(zip(across, up, strict=True)))
    taken: list[Bbox] = []
    for i, own in zip(chosen, marks, strict=True):
        others, every = (at[abs(at - own).max(axis=1) > _MARK] for at in (marks, dots))
        # first where no point is covered, then where no labelled point is
        for (dx, dy, side), avoided in [(where, at) for at in (every, others) for where in _AROUND]:
            label = axes.annotate(
                printable(words[i], 24), (across[i], up[i]), xytext=(dx, dy), textcoords="offset points",
                ha=side, va="center", fontsize=points(7.5), color=INK, zorder=4,
            )  # fmt: skip
            label.set_in_layout(False)  # the places were measured in this layout, which must not change
            box = label.get_window_extent(renderer).padded(_MARK)
            free = not any(box.overlaps(other) for other in taken) and not _covers(box, avoided)
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


def _covers(box: Bbox, at: np.ndarray) -> bool:
    """Whether a box covers one of some points."""
    inside = (at >= box.min) & (at <= box.max)
    return bool(inside.all(axis=1).any())


def filters(row: Row, pair: Pair) -> dict[str, str]:
    """The word in the words of the side that says it more."""
    return {"words": str(row["item"]), "voice": str(row["target" if row["estimate"] > 0 else "reference"])}


ENTRY = Entry(
    section=Section.WORDS,
    order=20,
    title="Distinctive words of the two sides",
    question="Which words are attributed to one side more than to the other?",
    reading=(
        "One dot per word: number of uses (horizontal) and z score of the log-odds ratio (vertical). Words "
        "that one side uses more often are above the grey band, those of the other side below it."
    ),
    numbers=measure,
    draw=log_odds_words,
    at_most=TEXTS_READ,
    empty="one of the two sides is not quoted, or too few words are",
    filters=filters,
    reads_texts=True,
)
