"""Paragraphs of a text, with hard-wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.annotators.parsing.document import Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text: its lines, joined where a line break falls within a sentence.

    Parameters
    ----------
    text : str

    Yields
    ------
    Span
        Blank lines are skipped.
    """
    start = end = 0
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        gap = text[end : line.start()].replace("\r\n", "\n")
        wrapped = end > start and gap == "\n" and line.group()[0].islower() and text[end - 1] not in ".!?:"
        if not wrapped:
            if end > start:
                yield Span(start, end)
            start = line.start()
        end = line.end()
    if end > start:
        yield Span(start, end)
