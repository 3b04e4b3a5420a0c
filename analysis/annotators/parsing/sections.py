"""Headline, lead and body of an article.

The parts are computed from text, title and sentences when they are needed, and are not stored in the tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from analysis.annotators.parsing.document import Span, VoiceSegment
from analysis.corpus import WORD

Part = Literal["headline", "lead", "body"]
HEADLINE: Final = "headline"
LEAD: Final = "lead"
BODY: Final = "body"
_SHORTEST_LEAD = 8  # words; a shorter first paragraph is a byline, a date or a place
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\s*\n\s*")


class PartSpan(NamedTuple):
    """A stretch of an article in one part."""

    start: int
    end: int
    part: Part


def article_parts(text: str, title: str, sentences: Sequence[Span] = ()) -> list[PartSpan]:
    """Divide an article into headline, lead and body.

    Parameters
    ----------
    text : str
    title : str
        The headline as the source gives it. It counts as part of the text only if the text begins with it.
    sentences : sequence of Span
        Of the text. In a text of one paragraph the first sentence is the lead; without sentences there is no lead.

    Returns
    -------
    list of PartSpan
        In order; they cover the text without gap or overlap. The lead is the first paragraph after the headline with
        at least 8 words. Shorter paragraphs before it (byline, date) are body. White space belongs to what it
        follows.
    """
    begin = _headline_end(text, title)
    paragraphs = _paragraphs(text, begin)
    lead = next((span for span in paragraphs if _count_words(text, span) >= _SHORTEST_LEAD), None)
    if lead is not None and len(paragraphs) == 1:
        lead = next((Span(*span) for span in sentences if span[0] >= begin), None)
    edges: list[tuple[int, Part]] = [(0, HEADLINE)] if begin else []
    edges.append((begin, BODY))
    if lead is not None:
        edges += [(lead.start, LEAD), (_skip_white_space(text, lead.end), BODY)]
    ends: list[tuple[int, Part]] = [*edges, (len(text), BODY)]
    return [PartSpan(start, end, part) for (start, part), (end, _) in pairwise(ends) if start < end]


def part_at(parts: Sequence[PartSpan], offset: int) -> Part:
    """Return the part at an offset.

    Raises
    ------
    IndexError
        The offset is outside the text.
    """
    place = bisect_right(parts, offset, key=lambda span: span.start) - 1
    if place < 0 or offset >= parts[place].end:
        raise IndexError(f"offset {offset} is outside the text")
    return parts[place].part


def words_by_voice_and_part(
    text: str, segments: Sequence[VoiceSegment], parts: Sequence[PartSpan]
) -> dict[tuple[str, Part], int]:
    """Count the words of each voice in each part.

    A word belongs to the voice and part of its first character. The counts add up to the words of the text.
    """
    words: dict[tuple[str, Part], int] = {}
    segment = part = 0
    for word in WORD.finditer(text):
        while segments[segment].end <= word.start():
            segment += 1
        while parts[part].end <= word.start():
            part += 1
        key = segments[segment].voice, parts[part].part
        words[key] = words.get(key, 0) + 1
    return dict(sorted(words.items()))


def _headline_end(text: str, title: str) -> int:
    """Return the offset after the headline and white space; 0 where the text does not begin with the headline."""
    wanted = title.split()
    if not wanted:
        return 0
    # The headline must be a line of its own, not the beginning of a sentence.
    found = re.match(
        r"\s*" + r"\s+".join(map(re.escape, wanted)) + r"[^\S\n]*(?:\n\s*|$)", text, re.IGNORECASE
    )
    return found.end() if found else 0


def _paragraphs(text: str, begin: int) -> list[Span]:
    """Return the paragraphs after an offset: separated by blank lines or, in a text without any, by newlines."""
    between = _BLANK if _BLANK.search(text.rstrip(), begin) else _LINE
    return list(_split(text, begin, between))


def _split(text: str, begin: int, between: re.Pattern[str]) -> Iterator[Span]:
    for found in between.finditer(text, begin):
        if text[begin : found.start()].strip():
            yield Span(begin, found.start())
        begin = found.end()
    if text[begin:].strip():
        yield Span(begin, len(text))


def _count_words(text: str, span: Span) -> int:
    return sum(1 for _ in WORD.finditer(text, *span))


def _skip_white_space(text: str, offset: int) -> int:
    """Return the offset of the next character that is not white space."""
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
