"""Heatmaps of themes: one row per theme, one column per outlet or voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.figures._core.hotspots import register_cells
from analysis.figures._core.marks import footnote, unshown
from analysis.figures._core.palette import ink_on
from analysis.figures._core.study_labels import theme_label
from analysis.figures._core.style import canvas, points, rows_that_fit
from analysis.study.codebook import SHOWN_GROUP

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.study import Study

_DETAILS = (
    "The study's issues; a hit also counts for the parent of its theme. The CSV has the intervals, and the frames "
    "of the codebook wherever their patterns occur."
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

    found = frequent_issues(numbers[numbers[across].isin(list(columns))], study)
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
    register_cells(
        axes, numbers[numbers["numerator"] > 0], down=("theme", order), across=(across, list(columns))
    )
    for (row, column), rate in np.ndenumerate(values):
        if rate > 0:
            ink = ink_on(cells.to_rgba(shades[row, column]))
            axes.text(column, row, f"{rate:.1f}", ha="center", va="center", fontsize=points(7), color=ink)
    footnote(figure, note + unshown(order, found, "themes"), details=_DETAILS)
    return figure


def frequent_issues(numbers: pd.DataFrame, study: Study) -> list[str]:
    """The issues of a study with hits, by number of hits."""
    hits = numbers.groupby("theme")["numerator"].sum()
    groups = study.theme_groups
    shown = [str(theme) for theme in hits.index if groups.get(str(theme), SHOWN_GROUP) == SHOWN_GROUP]
    return sorted((theme for theme in shown if hits[theme] > 0), key=lambda theme: (-hits[theme], theme))
