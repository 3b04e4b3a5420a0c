"""Heatmaps of themes: one row per theme, one column per outlet or voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import register_cells
from analysis.figures._core.marks import footnote, unshown
from analysis.figures._core.palette import ink_on
from analysis.figures._core.study_labels import theme_label
from analysis.figures._core.style import INK, canvas, points, rows_that_fit
from analysis.study.codebook import SHOWN_GROUPS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.study import Study

_DETAILS = (
    "A hit also counts for the parent of its theme. From the top: the study's issues, frames of the relationship. "
    "The CSV has the intervals, and generic frames if the codebook has any."
)


def theme_heatmap(
    numbers: pd.DataFrame, study: Study, *, across: str, columns: Mapping[str, str], note: str
) -> FramingFigure:
    """Themes down, another column across; each cell is the rate per 1,000 words, printed and shaded.

    Parameters
    ----------
    numbers : pandas.DataFrame
        As `analysis.compare.measures.rates.theme_rates` returns it.
    study : Study
    across : str
        The column that goes across.
    columns : mapping of str to str
        Labels by value of `across`, in order.
    note : str
        Caption; see `analysis.figures._core.marks.footnote`.
    """
    import numpy as np

    groups = study.theme_groups
    found = themes_by_group(numbers[numbers[across].isin(list(columns))], groups)
    order = found[: rows_that_fit(len(found), fixed=1.6, each=0.17)]
    rates = numbers.pivot(index="theme", columns=across, values="estimate").loc[order, list(columns)]
    values = rates.to_numpy(dtype=float)
    figure = canvas(1.9 + 0.19 * len(rates))
    axes = figure.subplots()
    # a few themes dominate; the square root keeps the differences between the others visible
    shades = np.sqrt(values)
    cells = axes.imshow(
        shades, cmap="Blues", aspect="auto", vmin=0, vmax=np.nanmax(shades, initial=0.1) * 1.15
    )
    axes.set_xticks(
        range(len(columns)), list(columns.values()), rotation=35, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(order)), [theme_label(study, theme, 40) for theme in order])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for place in range(1, len(order)):
        if groups.get(order[place]) != groups.get(order[place - 1]):
            axes.axhline(place - 0.5, color=INK, linewidth=0.8)
    register_cells(
        axes, numbers[numbers["numerator"] > 0], down=("theme", order), across=(across, list(columns))
    )
    for (row, column), rate in np.ndenumerate(values):
        if rate > 0:
            ink = ink_on(cells.to_rgba(shades[row, column]))
            axes.text(column, row, f"{rate:.1f}", ha="center", va="center", fontsize=points(7), color=ink)
    footnote(figure, note + unshown(order, found, "themes"), details=_DETAILS)
    return figure


def themes_by_group(numbers: pd.DataFrame, groups: Mapping[str, str]) -> list[str]:
    """Themes of `SHOWN_GROUPS` with hits, in that order, and within a group by number of hits."""
    hits = numbers.groupby("theme")["numerator"].sum()
    rank: dict[str, int] = {group: place for place, group in enumerate(SHOWN_GROUPS)}
    ranks = {str(theme): rank.get(groups.get(str(theme), "issue")) for theme in hits.index if hits[theme] > 0}
    shown = [theme for theme, place in ranks.items() if place is not None]
    return sorted(shown, key=lambda theme: (ranks[theme], -hits[theme], theme))
