"""From tables to figures: one for a notebook, or all of them into a folder with a page to look through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.figures._core.marks import caption
from analysis.figures._core.save import check_formats, save_figure, showing
from analysis.figures._core.style import check_look, style
from analysis.figures.catalogue import FIGURES
from analysis.figures.gallery import write_gallery

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.figures._core.registry import Entry
    from analysis.tables import Tables
    from analysis.validation.results import Summaries


@dataclass(frozen=True)
class Drawn:
    """What became of one figure.

    Attributes
    ----------
    entry : Entry
    pictures : tuple of pathlib.Path
        One per format; none where there was nothing to draw.
    csv : pathlib.Path or None
        The numbers drawn.
    caption : str
        What the marks are, what n counts and what an interval is.
    why_not : str
        Why there is no picture; empty where there is one.
    """

    entry: Entry
    pictures: tuple[Path, ...] = ()
    csv: Path | None = None
    caption: str = ""
    why_not: str = ""


def numbers_and_figure(
    entry: Entry, tables: Tables, summaries: Summaries | None = None, *, look: str = "print"
) -> tuple[pd.DataFrame, Figure | None]:
    """The numbers of a figure and the figure; None where there is nothing to draw.

    Parameters
    ----------
    entry : Entry
    tables : Tables
        With their study.
    summaries : mapping, optional
        Validations of these tables, as `analysis.validation.results.load_summaries` gives them.
    look : {'print', 'slides'}

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
    with style(look):
        return numbers, showing(entry.draw(numbers, tables.study_or_error()), look)


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
        Made where missing.
    only : iterable of str, optional
        Names of figures; all of them if not given.
    formats : sequence of {'svg', 'png', 'pdf'}
    look : {'print', 'slides'}
        For a page of 6.9 inches of text, or for a slide of 16:9.
    summaries : mapping, optional
        As for `numbers_and_figure`.

    Returns
    -------
    list of pathlib.Path
        The pictures in the first of the formats. A figure without data is left out; the page says why.

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
    drawn = draw_each(tables, folder, only=only, formats=formats, look=look, summaries=summaries)
    return [figure.pictures[0] for figure in drawn if figure.pictures]


def draw_each(
    tables: Tables,
    folder: str | Path,
    *,
    only: Iterable[str] | None = None,
    formats: Sequence[str] = ("svg", "png"),
    look: str = "print",
    summaries: Summaries | None = None,
) -> list[Drawn]:
    """As `draw`, but says of every figure what became of it."""
    wanted = list(dict.fromkeys(only or FIGURES))
    unknown = [name for name in wanted if name not in FIGURES]
    if unknown:
        raise FramingError(
            f"no figure is called {', '.join(unknown)}", remedy=f"there are: {', '.join(FIGURES)}"
        )
    formats = list(dict.fromkeys(formats))
    check_formats(formats)
    check_look(look)
    drawn = [_drawn(FIGURES[name], tables, Path(folder), formats, look, summaries) for name in wanted]
    write_gallery(drawn, folder, tables)
    return drawn


def _drawn(
    entry: Entry,
    tables: Tables,
    folder: Path,
    formats: Sequence[str],
    look: str,
    summaries: Summaries | None,
) -> Drawn:
    try:
        numbers, figure = numbers_and_figure(entry, tables, summaries, look=look)
    except FramingError as error:  # one figure that a study is not made for; the others are drawn
        return Drawn(entry, why_not=str(error))
    if figure is None:
        return Drawn(entry, why_not=entry.empty)
    *pictures, csv = save_figure(
        figure, numbers, folder, entry.name, title=entry.title, description=entry.reading, formats=formats, look=look
    )  # fmt: skip
    return Drawn(entry, tuple(pictures), csv, caption(figure))
