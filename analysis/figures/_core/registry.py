"""What the catalogue knows of one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from analysis.study import Study


@dataclass(frozen=True)
class Entry:
    """One figure.

    Attributes
    ----------
    name : str
        File name without suffix.
    title, question, reading : str
        For the page: what it is, what it answers, and how to read it (which is its alternative text, too).
    numbers : callable
        Tables -> tidy table, one row per mark.
    draw : callable
        Tidy table and study -> Figure.
    validated : bool
        `numbers` takes, after the tables, what is known from hand coding, and shows it.
    empty : str
        What a study lacks for which there is nothing to draw, in words that the reader of the gallery is told.
    """

    name: str
    title: str
    question: str
    reading: str
    numbers: Callable[..., pd.DataFrame]
    draw: Callable[[pd.DataFrame, Study], Figure]
    validated: bool = False
    empty: str = "no article has what this figure shows"
