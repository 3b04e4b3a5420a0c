"""In whose voice an article speaks, word by word: the outlet's own, or the side of whoever is quoted.

Every character, and with it every word, belongs to exactly one voice. Within nested attributions the innermost
counts; the words that attribute ("the minister said") are the outlet's, or those of the speaker who says them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from analysis.annotators.parsing.document import Document, Span, VoiceSegment
from analysis.corpus import WORD
from analysis.schemas import OUTLET, UNATTRIBUTED

_NOBODY = -1


class HasSpans(Protocol):
    """A quote, just found or read back from the tables."""

    @property
    def spans(self) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
        """Spans of content, source and cue."""
        ...


class HasSide(Protocol):
    """The speaker of a quote."""

    @property
    def side(self) -> str:
        """Side of the speaker; empty if unknown."""
        ...


def partition(
    document: Document, records: Sequence[HasSpans], speakers: Sequence[HasSide]
) -> list[VoiceSegment]:
    """Divide an article among its voices.

    Parameters
    ----------
    document : Document
    records : sequence of HasSpans
        The quotes of the article.
    speakers : sequence of HasSide
        The speaker of each quote; a speaker without a side speaks as 'unattributed'.

    Returns
    -------
    list of VoiceSegment
        In order; they cover `document.text` without gap or overlap. Neighbours differ in voice or quote.
    """
    sides = [speaker.side or UNATTRIBUTED for _, speaker in zip(records, speakers, strict=True)]
    spoken = [list(_spoken(record)) for record in records]
    # Longer contents first, so that what stands inside another quote is painted over it.
    sizes = [sum(span.end - span.start for span in spans) for spans in spoken]
    owners = array("l", [_NOBODY]) * len(document.text)
    for number in sorted(range(len(records)), key=lambda number: (-sizes[number], number)):
        for start, end in spoken[number]:
            owners[start:end] = array("l", [number]) * (end - start)
    edges = {0, len(document.text), *(edge for spans in spoken for span in spans for edge in span)}
    return [
        VoiceSegment(start, end, OUTLET, None)
        if owner == _NOBODY
        else VoiceSegment(start, end, sides[owner], owner)
        for start, end, owner in _runs(owners, sorted(edges))
    ]


def voice_at(segments: Sequence[VoiceSegment], offset: int) -> VoiceSegment:
    """The segment that holds a character.

    Raises
    ------
    IndexError
        The offset lies outside the text.
    """
    place = bisect_right(segments, offset, key=lambda segment: segment.start) - 1
    if place < 0 or offset >= segments[place].end:
        raise IndexError(f"offset {offset} lies outside the text")
    return segments[place]


def words_by_voice(text: str, segments: Sequence[VoiceSegment]) -> dict[str, int]:
    """Words of each voice; over all voices they add up to the words of the text.

    A word belongs to the voice of its first character.
    """
    words = dict.fromkeys(sorted({segment.voice for segment in segments}), 0)
    place = 0
    for word in WORD.finditer(text):
        while segments[place].end <= word.start():
            place += 1
        words[segments[place].voice] += 1
    return words


def _spoken(record: HasSpans) -> Iterator[Span]:
    """The content without the source and cue that may stand in its midst."""
    content, source, cue = record.spans
    attributing = sorted((*source, *cue))
    for start, end in content:
        for other in attributing:
            if other.end <= start or other.start >= end:
                continue
            if start < other.start:
                yield Span(start, other.start)
            start = other.end
        if start < end:
            yield Span(start, end)


def _runs(owners: Sequence[int], edges: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Stretches of one owner; the owner can only change at an edge."""
    first = 0
    for start, end in pairwise(edges):
        if end == len(owners) or owners[end] != owners[start]:
            yield first, end, owners[start]
            first = end
