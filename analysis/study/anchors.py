"""Literal pieces of a pattern: where a match may begin, and what must follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from analysis.study.elements import Element, Gap, Words
from analysis.study.needles import Needle, needles

_PARTS = 3  # runs of letters in a skipped word at most
_MAX_RUNS = 400  # beginnings of one pattern; more would cost more memory than they save time


class Part(NamedTuple):
    """A later part of a pattern: the needles of which it holds one, and words from the first to its end at most."""

    needles: tuple[Needle, ...]
    reach: int


class Anchors(NamedTuple):
    """Literal pieces of a pattern: every match begins with one of some needles, and the later parts follow."""

    beginnings: tuple[Needle, ...]
    later: tuple[Part, ...]


def anchors_of(order: Sequence[Element]) -> Anchors:
    """The literal pieces of elements that stand one after the other.

    Parameters
    ----------
    order : sequence of Words or Gap
        It begins with words.

    Returns
    -------
    Anchors
    """
    starts = [
        number
        for number in range(1, len(order))
        if isinstance(order[number], Words) and _breaks_off(order[number - 1])
    ]
    ends = [next_ - isinstance(order[next_ - 1], Gap) for next_ in starts[1:]] + [len(order)]
    return Anchors(
        _needles(order),
        tuple(
            Part(_needles(order[start:end]), sum(map(_most_words, order[:end])))
            for start, end in zip(starts, ends, strict=False)
        ),
    )


def _breaks_off(element: Element) -> bool:
    """Whether no needle is continued over an element: a gap, or words of which one ends open."""
    return isinstance(element, Gap) or any("*" in c or "?" in c or "~" in c for c in element.choices)


def _most_words(element: Element) -> int:
    """Runs of letters in a match of an element, at most."""
    if isinstance(element, Gap):
        return element.high * _PARTS
    return max(len(re.findall(r"[\w*?~]+", choice)) for choice in element.choices)


def _needles(order: Sequence[Element]) -> tuple[Needle, ...]:
    """Literal beginnings, continued over the words in a row: the longer, the fewer places there are to look at."""
    runs: list[tuple[str, ...]] = [()]
    for element in order:
        if not isinstance(element, Words):
            break
        if runs != [()] and len(runs) * len(element.choices) > _MAX_RUNS:
            break  # the first words alone are beginnings enough
        runs = [(*run, choice.removeprefix("=")) for run in runs for choice in element.choices]
    return tuple(needle for run in runs for needle in needles(run))
