"""Find the places of one copy of a text in another copy, from its outline and its anchors alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Protocol

from analysis.corpus import WORD
from analysis.standoff.anchors import LENGTH, Anchor, anchors

_CHANCE = 2  # words beside a difference; one word has the length of another in about one of six cases


class SpanMap(Protocol):
    """Where the spans of a text stand in another text."""

    @property
    def share(self) -> float:
        """Share of the words that have a place in the other text."""
        ...

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in the other text, or None if it has no counterpart there."""
        ...


class SameText:
    """Maps a text to itself."""

    share = 1.0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span as it is."""
        return start, end


class Alignment:
    """Maps spans of a text to another copy of it.

    A span is mapped where each of its words has a partner of the same length and the partners follow one another
    without other words in between.
    """

    def __init__(
        self, old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]], partners: Sequence[int]
    ) -> None:
        self._old, self._new, self._partners = old, new, partners
        self._starts = [start for start, _ in old]

    @property
    def share(self) -> float:
        """Share of the words of the old text that have a partner."""
        return sum(partner >= 0 for partner in self._partners) / max(1, len(self._partners))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in the new text, or None if it has no counterpart there.

        Parameters
        ----------
        start, end : int
            In the old text, end exclusive.
        """
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._old[first][1] <= start:
            first += 1  # the span begins between two words
        last = bisect_left(self._starts, end) - 1
        if first > last:
            return None
        partners = self._partners[first : last + 1]
        if partners[0] < 0 or any(after - before != 1 for before, after in pairwise(partners)):
            return None
        new_start = self._new[partners[0]][0] + start - self._old[first][0]
        new_end = self._new[partners[-1]][1] + end - self._old[last][1]
        return (new_start, new_end) if 0 <= new_start < new_end else None


def align(outline: str, known: Sequence[Anchor], text: str) -> Alignment:
    """Align an article that is known by its outline with a copy of its text.

    Anchors that stand once in each copy fix words; the words between two of them are aligned by their lengths.

    Parameters
    ----------
    outline : str
    known : sequence of Anchor
        Of the article.
    text : str
        The copy.

    Returns
    -------
    Alignment
    """
    old = [match.span() for match in WORD.finditer(outline)]
    new = [match.span() for match in WORD.finditer(text)]
    partners = [-1] * len(old)
    for one, other in _fixed(old, new, known, anchors(text)):
        for offset in range(LENGTH):
            partners[one + offset] = other + offset
    _fill_gaps(old, new, partners)
    return Alignment(old, new, partners)


def _fixed(
    old: Sequence[tuple[int, int]],
    new: Sequence[tuple[int, int]],
    known: Sequence[Anchor],
    found: Sequence[Anchor],
) -> list[tuple[int, int]]:
    """Numbers of the first words of the anchors that both copies have, in the order of both."""
    word_of_old = {start: number for number, (start, _) in enumerate(old)}
    word_of_new = {start: number for number, (start, _) in enumerate(new)}
    places = _unique(found)
    pairs = [
        (word_of_old[start], word_of_new[places[key]])
        for key, start in _unique(known).items()
        if key in places and start in word_of_old
    ]
    return _longest_increasing(sorted(pairs))


def _unique(found: Sequence[Anchor]) -> dict[int, int]:
    """Offset by hash, of the anchors that stand only once in the text."""
    places: dict[int, list[int]] = {}
    for anchor in found:
        places.setdefault(anchor.hash, []).append(anchor.start)
    return {key: starts[0] for key, starts in places.items() if len(starts) == 1}


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs, sorted by their first, in which the second also increase."""
    ends: list[int] = []  # of the best part of each length: the second of its last pair, ...
    last: list[int] = []  # ... and that pair's number
    before = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before[number] = last[length - 1] if length else -1
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _fill_gaps(old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]], partners: list[int]) -> None:
    """Align the words between fixed ones by their lengths, where the copies agree."""
    fixed = [
        (-1, -1),
        *((i, partner) for i, partner in enumerate(partners) if partner >= 0),
        (len(old), len(new)),
    ]
    for (old_before, new_before), (old_after, new_after) in pairwise(fixed):
        if old_after - old_before == 1:
            continue
        one = [end - start for start, end in old[old_before + 1 : old_after]]
        other = [end - start for start, end in new[new_before + 1 : new_after]]
        for first, place, size in _equal_runs(one, other):
            for offset in range(size):
                partners[old_before + 1 + first + offset] = new_before + 1 + place + offset


def _equal_runs(one: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, int]]:
    """Runs of equal word lengths that are evidence of equal words: their places in both, and their size.

    A run is evidence if it continues a fixed word or is as long as an anchor. Where words were replaced by others,
    words can have the same length by chance; the runs then end two words earlier.
    """
    if one == other:
        return [(0, 0, len(one))]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    trimmed = _CHANCE if sum(block.size for block in blocks) < min(len(one), len(other)) else 0
    runs = []
    for block in blocks:
        follows = block.a == 0 and block.b == 0
        leads = block.a + block.size == len(one) and block.b + block.size == len(other)
        before, after = (0 if follows else trimmed), (0 if leads else trimmed)
        size = block.size - before - after
        if size > 0 and (follows or leads or block.size >= LENGTH):
            runs.append((block.a + before, block.b + before, size))
    return runs
