"""What the toolkit knows about a figure: its catalogue entry, and the figure once it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.figures._core.hotspots import Hotspot, hotspots
from analysis.figures._core.save import svg_bytes

if TYPE_CHECKING:
    import pandas as pd

    from analysis.figures._core.figure import FramingFigure, Row
    from analysis.study import Study
    from analysis.tables import Tables
    from analysis.validation.results import Summaries

Pair = tuple[str, str] | None
"""Ids of the two sides that a study is about; None where it names fewer than two."""


class Section(IntEnum):
    """Part of the page in which a figure stands, in the order of the page."""

    SPEAKERS = 1
    THEMES = 2
    TONE = 3
    RELATION = 4
    WORDS = 5


def no_filters(row: Mapping[str, Any], pair: Pair) -> dict[str, str]:
    """No filters beside those that the columns of a figure's numbers give.

    Parameters
    ----------
    row : mapping
        A row of the numbers.
    pair : tuple of str
        The two sides of the study.

    Returns
    -------
    dict of str to str
        Empty.
    """
    return {}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The catalogue entry of a figure. Each module in `analysis.figures.plots` defines one as `ENTRY`.

    Attributes
    ----------
    section : Section
    order : int
        Place within the section; figures with the same number are sorted by name.
    title, question, reading : str
        What the figure shows, the question it answers, and how to read it. `reading` is also its alternative text.
    numbers : callable
        (Tables, Summaries) -> tidy table with one row per mark. The second argument holds the validations by hand
        coding, and is empty where there are none.
    draw : callable
        (tidy table, Study) -> figure. It has the same name as its module, and so have the files that it draws.
    empty : str
        Why there may be nothing to draw, as the gallery says it after 'Not drawn:'.
    filters : callable
        (row of the numbers, pair of sides) -> filters of the article reader that lead to the sentences behind the
        row, where its columns do not say so themselves; see `analysis.evidence.reader_filters`.
    on_request : bool
        Whether the figure is drawn only if its name is given: `framing figures RESULTS --only NAME`. It is then not
        on the page.
    """

    section: Section
    order: int
    title: str
    question: str
    reading: str
    numbers: Callable[[Tables, Summaries], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Study], FramingFigure]
    empty: str = "no article has what this figure shows"
    filters: Callable[[Row, Pair], dict[str, str]] = no_filters
    on_request: bool = False

    @property
    def name(self) -> str:
        """Name of the module, of the function that draws the figure, and of its files without suffix."""
        return self.draw.__name__


@dataclass(frozen=True)
class Drawn:
    """A figure after drawing.

    Attributes
    ----------
    entry : Entry
    numbers : pandas.DataFrame
        The table that was drawn.
    figure : FramingFigure or None
        None where there was nothing to draw.
    why_not : str
        Why there is no figure; empty where there is one.
    """

    entry: Entry
    numbers: pd.DataFrame
    figure: FramingFigure | None = None
    why_not: str = ""

    @property
    def svg(self) -> bytes:
        """The figure as SVG, rendered once for the folder and the page; empty without a figure."""
        return self._rendered[0]

    @property
    def hotspots(self) -> list[Hotspot]:
        """The hotspots of the figure, measured on the SVG; empty without a figure."""
        return self._rendered[1]

    @cached_property
    def _rendered(self) -> tuple[bytes, list[Hotspot]]:
        # measured right after rendering, since rendering in another format moves arrows by a fraction of a point
        if self.figure is None:
            return b"", []
        entry, look = self.entry, self.figure.look
        svg = svg_bytes(self.figure, title=entry.title, description=entry.reading, look=look)
        return svg, hotspots(self.figure)
