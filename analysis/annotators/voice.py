"""The voice of each word of an article: the outlet's own, or the side of the speaker who is quoted.

Every character belongs to exactly one voice. In nested quotes the innermost counts. Source and cue ("the minister
said") are not part of the quote; they belong to the outlet or to the quote around them.
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

_NO_QUOTE = -1


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
    """Divide an article into segments of one voice each.

    Parameters
    ----------
    document : Document
    records : sequence of HasSpans
        The quotes of the article.
    speakers : sequence of HasSide
        The speaker of each quote. The voice of a speaker without a side is 'unattributed'.

    Returns
    -------
    list of VoiceSegment
        In order; they cover `document.text` without gap or overlap. Adjacent segments differ in voice or quote.
    """
    sides = [speaker.side or UNATTRIBUTED for _, speaker in zip(records, speakers, strict=True)]
    spoken = [list(_spoken(record)) for record in records]
    # Longer contents first, so that nested quotes overwrite the quotes around them.
    sizes = [sum(span.end - span.start for span in spans) for spans in spoken]
    owners = array("l", [_NO_QUOTE]) * len(document.text)
    for number in sorted(range(len(records)), key=lambda number: (-sizes[number], number)):
        for start, end in spoken[number]:
            owners[start:end] = array("l", [number]) * (end - start)
    edges = {0, len(document.text), *(edge for spans in spoken for span in spans for edge in span)}
    return [
        VoiceSegment(start, end, OUTLET, None)
        if owner == _NO_QUOTE
        else VoiceSegment(start, end, sides[owner], owner)
        for start, end, owner in _runs(owners, sorted(edges))
    ]


def voice_at(segments: Sequence[VoiceSegment], offset: int) -> VoiceSegment:
    """Return the segment at an offset.

    Raises
    ------
    IndexError
        The offset is outside the text.
    """
    index = bisect_right(segments, offset, key=lambda segment: segment.start) - 1
    if index < 0 or offset >= segments[index].end:
        raise IndexError(f"offset {offset} is outside the text")
    return segments[index]


def words_by_voice(text: str, segments: Sequence[VoiceSegment]) -> dict[str, int]:
    """Count the words of each voice.

    A word belongs to the voice of its first character. The counts add up to the words of the text.
    """
    words = dict.fromkeys(sorted({segment.voice for segment in segments}), 0)
    for segment in segments_of_words(text, segments):
        words[segment.voice] += 1
    return words


def segments_of_words(text: str, segments: Sequence[VoiceSegment]) -> Iterator[VoiceSegment]:
    """Yield the segment of each word, which is that of its first character."""
    index = 0
    for word in WORD.finditer(text):
        while segments[index].end <= word.start():
            index += 1
        yield segments[index]


def _spoken(record: HasSpans) -> Iterator[Span]:
    """Yield the content without source and cue, which can interrupt it."""
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
    """Yield stretches of one owner (start, end, owner). The owner changes only at edges."""
    first = 0
    for start, end in pairwise(edges):
        if end == len(owners) or owners[end] != owners[start]:
            yield first, end, owners[start]
            first = end
