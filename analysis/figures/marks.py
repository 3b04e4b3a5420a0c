"""Marks that several figures share: an estimate with its interval, and labels that carry n."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FILLED, HOLLOW = "o", "D"


def estimates(
    axes: Axes,
    rows: pd.DataFrame,
    places: Sequence[float],
    *,
    colour: str,
    label: str | None = None,
    hollow: bool = False,
) -> None:
    """Points with horizontal 95 % intervals; a point whose interval was refused stands alone and is paler.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : pandas.DataFrame
        With the columns estimate, ci95_low, ci95_high.
    places : sequence of float
        Height of each row.
    colour : str
    label : str, optional
        For the legend.
    hollow : bool, default False
        Draw a hollow diamond, so that two series differ in greyscale as well.
    """
    import numpy as np

    known = rows["ci95_low"].notna().to_numpy()
    paler: Any = np.where(
        known, 1.0, 0.45
    )  # matplotlib takes one per point; its stubs know a single number only
    axes.hlines(
        [place for place, ok in zip(places, known, strict=True) if ok],
        rows["ci95_low"][known],
        rows["ci95_high"][known],
        color=colour,
        linewidth=1.4,
        alpha=0.75,
        zorder=2,
    )
    axes.scatter(
        rows["estimate"],
        places,
        marker=HOLLOW if hollow else FILLED,
        s=20 if hollow else 26,
        facecolors="white" if hollow else colour,
        edgecolors=colour,
        linewidths=1.2,
        alpha=paler,
        label=label,
        zorder=3,
    )


def rows_from_top(axes: Axes, labels: Sequence[str]) -> list[float]:
    """Put one label per row, the first at the top, and return the heights."""
    places = [float(len(labels) - 1 - i) for i in range(len(labels))]
    axes.set_yticks(places, labels)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    return places


def articles_by(numbers: pd.DataFrame, column: str) -> dict[str, int]:
    """Articles behind each value of a column: the n of its rows, the largest where they differ, sorted by value."""
    return {str(value): int(n) for value, n in numbers.groupby(column)["n"].max().sort_index().items()}


def with_n(names: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """Labels such as 'Meridian Post (n = 6)'."""
    return [f"{plain(name)} (n = {counts.get(name, 0):,})" for name in names]


def plain(text: str) -> str:
    """A text that matplotlib draws as it is: no dollar mathematics, no line breaks, of a printable length."""
    shown = "".join(c if c.isprintable() else " " for c in text).replace("$", r"\$")
    return textwrap.shorten(shown, width=34, placeholder=" …") or "(no name)"


def footnote(axes: Axes, text: str) -> None:
    """A line under the figure: what the marks are and what n counts."""
    figure = axes.get_figure()
    assert figure is not None
    wrapped = textwrap.fill(text, width=128)
    figure.supxlabel(wrapped, x=0.01, ha="left", fontsize=7, color="#555555")
