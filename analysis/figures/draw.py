"""From tables to figures: one figure for a notebook, or all of them for a folder and the page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.registry import Drawn, Entry
from analysis.figures._core.save import check_formats, picture_bytes, write_picture_files
from analysis.figures._core.style import check_look
from analysis.figures.catalogue import FIGURES, default_figures
from analysis.figures.gallery import write_gallery

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure
    from analysis.tables import Tables
    from analysis.validation.results import Summaries


def numbers_and_figure(
    entry: Entry, tables: Tables, summaries: Summaries | None = None, *, look: str = "print"
) -> tuple[pd.DataFrame, FramingFigure | None]:
    """Compute the numbers of a figure and draw it.

    Parameters
    ----------
    entry : Entry
    tables : Tables
        With their study.
    summaries : mapping, optional
        Validations of these tables, as `analysis.validation.results.load_summaries` returns them.
    look : {'print', 'slides'}

    Returns
    -------
    pandas.DataFrame, matplotlib.figure.Figure or None
        None if there is nothing to draw.

    Raises
    ------
    FramingError
        The study has no two sides, and the figure compares them.

    Examples
    --------
    >>> from analysis import figures
    >>> tables = analysis.load_tables("results")
    >>> numbers, figure = figures.numbers_and_figure(figures.FIGURES["who_is_quoted"], tables)
    >>> {"numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high"} <= set(numbers.columns)
    True
    """
    drawn = entry.drawn(tables, entry.cut(summaries=summaries), look=look)
    return drawn.numbers, drawn.figure


def draw_figures(
    tables: Tables,
    *,
    only: Iterable[str] | None = None,
    look: str = "print",
    summaries: Summaries | None = None,
    progress: bool = False,
) -> list[Drawn]:
    """Draw figures without writing files, each with its numbers or the reason why it was not drawn.

    Parameters
    ----------
    tables, summaries, look
        As for `numbers_and_figure`.
    only : iterable of str, optional
        Names of figures; by default all that are not drawn on request only.
    progress : bool, default False
        Write a line to standard error before each figure.

    Returns
    -------
    list of Drawn
        For `save_figures` and `analysis.report.write_report`, so that both use the same drawing.

    Raises
    ------
    FramingError
        A name or the look is unknown.
    """
    names = list(dict.fromkeys(only or default_figures()))
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        raise FramingError(
            f"unknown figure: {', '.join(unknown)}", remedy=f"choose from {', '.join(FIGURES)}"
        )
    check_look(look)
    drawn = []
    for number, name in enumerate(names, 1):
        if progress:
            print(f"framing: drawing {name} ({number} of {len(names)})", file=sys.stderr)
        drawn.append(_drawn(FIGURES[name], tables, summaries, look))
    return drawn


def save_figures(
    drawn: Sequence[Drawn], folder: str | Path, tables: Tables, *, formats: Sequence[str] = ("svg", "png")
) -> list[Path]:
    """Write drawn figures: NAME.csv and a picture in each format, and index.html to look through them.

    Parameters
    ----------
    drawn : sequence of Drawn
    folder : path
        Created if missing.
    tables : Tables
        The tables they were drawn from.
    formats : sequence of {'svg', 'png', 'pdf'}

    Returns
    -------
    list of pathlib.Path
        The pictures in the first format.

    Raises
    ------
    FramingError
        A format is unknown, or the folder cannot be written.
    """
    formats = list(dict.fromkeys(formats))
    check_formats(formats)
    paths = [_save(figure, folder, formats) for figure in drawn if figure.figure is not None]
    write_gallery(drawn, folder, tables, formats)
    return paths


def draw(
    tables: Tables,
    folder: str | Path,
    *,
    only: Iterable[str] | None = None,
    formats: Sequence[str] = ("svg", "png"),
    look: str = "print",
    summaries: Summaries | None = None,
) -> list[Path]:
    """Draw figures into a folder: NAME.csv and a picture in each format, and index.html to look through them.

    Parameters
    ----------
    tables : Tables
        With their study, as `analysis.annotate` and `analysis.load_tables` return them.
    folder : path
        Created if missing.
    only : iterable of str, optional
        As for `draw_figures`.
    formats : sequence of {'svg', 'png', 'pdf'}
    look : {'print', 'slides'}
        For a page with 6.9 inches of text, or for a 16:9 slide.
    summaries : mapping, optional
        As for `numbers_and_figure`.

    Returns
    -------
    list of pathlib.Path
        The pictures in the first format. A figure without data is not drawn; index.html says why.

    Raises
    ------
    FramingError
        A name, format or look is unknown, or the folder cannot be written.

    Examples
    --------
    >>> from analysis import figures
    >>> figures.draw(analysis.load_tables("results"), "figures", only=["who_is_quoted"])
    [PosixPath('figures/who_is_quoted.svg')]
    """
    check_formats(formats)
    drawn = draw_figures(tables, only=only, look=look, summaries=summaries)
    return save_figures(drawn, folder, tables, formats=formats)


def _drawn(entry: Entry, tables: Tables, summaries: Summaries | None, look: str) -> Drawn:
    import pandas as pd

    try:
        return entry.drawn(tables, entry.cut(summaries=summaries), look=look)
    except FramingError as error:  # this figure needs something that the study lacks; the others are drawn
        return Drawn(entry, pd.DataFrame(), why_not=str(error))


def _save(drawn: Drawn, folder: str | Path, formats: Sequence[str]) -> Path:
    """Write one figure and return the path of its first picture."""
    figure, entry = drawn.figure, drawn.entry
    assert figure is not None
    pictures = {
        suffix: drawn.svg
        if suffix == "svg"
        else picture_bytes(figure, suffix, title=entry.title, description=entry.reading, look=figure.look)
        for suffix in formats
    }
    return write_picture_files(pictures, drawn.numbers, folder, entry.name)[0]
