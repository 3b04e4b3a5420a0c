"""From tables to figures: one for a notebook, or all of them into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures.catalogue import FIGURES
from analysis.figures.save import save_figure, showing
from analysis.figures.style import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.compare.validation_files import Summaries
    from analysis.figures.entry import Entry
    from analysis.tables import Tables


def numbers_and_figure(
    entry: Entry, tables: Tables, summaries: Summaries | None = None
) -> tuple[pd.DataFrame, Figure | None]:
    """The numbers of a figure and the figure; None where there is nothing to draw.

    Parameters
    ----------
    entry : Entry
    tables : Tables
        With their study.
    summaries : mapping, optional
        Validations of these tables, as `analysis.compare.validation_files.load_summaries` gives them.

    Returns
    -------
    pandas.DataFrame, matplotlib.figure.Figure or None

    Examples
    --------
    >>> from analysis import figures
    >>> tables = analysis.load_tables("results")
    >>> numbers, figure = figures.numbers_and_figure(figures.FIGURES["who_is_quoted"], tables)
    >>> {"numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high"} <= set(numbers.columns)
    True
    """
    numbers = entry.numbers(tables, summaries or {}) if entry.validated else entry.numbers(tables)
    if numbers.empty or not (numbers["numerator"] != 0).any():
        return numbers, None
    with style():
        return numbers, showing(entry.draw(numbers, tables.study_or_error()))


def draw(
    tables: Tables,
    folder: str | Path,
    *,
    only: Iterable[str] | None = None,
    summaries: Summaries | None = None,
) -> list[Path]:
    """Draw figures into a folder: NAME.svg, NAME.png and NAME.csv for each.

    Parameters
    ----------
    tables : Tables
        With their study, as `analysis.annotate` and `analysis.load_tables` return them.
    folder : path
        Made where missing.
    only : iterable of str, optional
        Names of figures; all of them if not given.
    summaries : mapping, optional
        As for `numbers_and_figure`.

    Returns
    -------
    list of pathlib.Path
        The pictures as SVG. A figure without data is left out.

    Raises
    ------
    FramingError
        A name is unknown, or the folder cannot be written.

    Examples
    --------
    >>> from analysis import figures
    >>> figures.draw(analysis.load_tables("results"), "figures", only=["who_is_quoted"])
    [PosixPath('figures/who_is_quoted.svg')]
    """
    wanted = list(FIGURES) if not only else list(only)
    unknown = [name for name in wanted if name not in FIGURES]
    if unknown:
        raise FramingError(
            f"no figure is called {', '.join(unknown)}", remedy=f"there are: {', '.join(FIGURES)}"
        )
    drawn = []
    for name in wanted:
        entry = FIGURES[name]
        numbers, figure = numbers_and_figure(entry, tables, summaries)
        if figure is not None:
            paths = save_figure(figure, numbers, folder, name, title=entry.title, description=entry.reading)
            drawn.append(paths[0])
    return drawn
