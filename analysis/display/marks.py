"""A text with marks as HTML: overlapping marks are split where they meet, and no character is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.display.html import escape


@dataclass(frozen=True)
class Mark:
    """One marked span.

    Attributes
    ----------
    start, end : int
        Code points, end exclusive.
    role : str
        Class of the element: quote, source, cue, theme, theme negated, mention.
    title : str
        Shown when the pointer is over it.
    tag : str
        Text in front of the mark, so that it can be read without colour; may be empty.
    colour : str
        #RRGGBB of the background; may be empty.
    """

    start: int
    end: int
    role: str
    title: str
    tag: str = ""
    colour: str = ""


def marked(text: str, marks: Sequence[Mark]) -> str:
    """The text as HTML with every mark on it.

    Parameters
    ----------
    text : str
    marks : sequence of Mark
        In any order; they may overlap. The longer of two overlapping marks is the outer one.

    Returns
    -------
    str
        HTML whose text is `text` plus the tags.
    """
    outer_first = sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start, mark.role))
    cuts = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    parts = []
    for start, end in pairwise(cuts):
        over = [mark for mark in outer_first if mark.start <= start and end <= mark.end]
        tags = "".join(
            f"<span class='tag'>{escape(mark.tag)}</span>"
            for mark in over
            if mark.tag and mark.start == start
        )
        inside = escape(text[start:end])
        for mark in reversed(over):
            about = f"class='{escape(mark.role)}' title='{escape(mark.title)}'{tint(mark.colour)}"
            inside = f"<span {about}>{inside}</span>"
        parts.append(tags + inside)
    return "".join(parts)


def tint(colour: str) -> str:
    """The style attribute of a background for dark and light text; empty without a colour.

    Parameters
    ----------
    colour : str
        #RRGGBB or empty.
    """
    return f" style='background:{escape(colour)}38'" if colour else ""
