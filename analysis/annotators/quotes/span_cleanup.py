"""Clean spans of attributions: whole words, whole quotation marks, and no blanks at the edges."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.quotation_marks import GLYPHS, QuotedRegion
from analysis.corpus import WORD

_REST_OF_WORD = re.compile(r"(?<=\w['’])\w+")  # after a cut behind its apostrophe
_SEAM = re.compile(rf"[^\S\n]*[{GLYPHS}]?[^\S\n]*")


class SpanCleaner:
    """Cleans the spans of attributions by the words and quotation marks of their text.

    Parameters
    ----------
    text : str
    regions : sequence of QuotedRegion
    """

    def __init__(self, text: str, regions: Sequence[QuotedRegion]) -> None:
        self._text = text
        self._outermost = [region for region in regions if region.depth == 0]
        self._starts = [region.outer.start for region in self._outermost]
        self._parts = [span for region in self._outermost for span in region.spans]
        self._part_starts = [span.start for span in self._parts]
        self._words = [match.start() for match in WORD.finditer(text)]

    def kind(self, content: Sequence[Span]) -> str:
        """Return 'direct', 'indirect' or 'mixed': all, none or some of the words are in quotation marks."""
        words = [word for span in content for word in self.words(span)]
        quoted = sum(self._in_quotes(word) for word in words)
        return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"

    def words(self, span: Span) -> Sequence[int]:
        """Return the offsets of the words that begin in a span."""
        return self._words[bisect_left(self._words, span.start) : bisect_left(self._words, span.end)]

    def clean(self, attribution: Attribution) -> Attribution:
        """Return the attribution with clean spans, in order, and without spans that hold no words.

        - Quotation marks around a whole part of a content are left out. Quotations within it are completed.
        - A part that covers several paragraphs of one quotation is split into these paragraphs.
        - A content does not begin with a comma, and a cue has no quotation marks at its edges.
        - "Trump’s" is not divided between a source and a cue: all of it is the source.
        """
        content = _trimmed(self._text, attribution.content, before=",;")
        cue = _trimmed(
            self._text, _with_whole_words(self._text, attribution.cue), before=GLYPHS, after=GLYPHS
        )
        return replace(
            attribution,
            content=tuple(self._content(_joined(self._text, content))),
            source=tuple(_trimmed(self._text, _with_whole_words(self._text, attribution.source))),
            cue=tuple(cue),
        )

    def _content(self, spans: Iterable[Span]) -> Iterator[Span]:
        for span in spans:
            region = self._around(span)
            parts = (
                [self._with_marks(span)]
                if region is None
                else [self._within(part, span) for part in region.spans]
            )
            yield from (part for part in parts if self.words(part))

    def _within(self, part: Span, span: Span) -> Span:
        """Return the overlap of a span with a quoted paragraph, extended to its edges over anything but words."""
        start, end = max(part.start, span.start), min(part.end, span.end)
        if not self.words(Span(part.start, start)):
            start = part.start
        if not self.words(Span(end, part.end)):
            end = part.end
        return (
            Span(start, end)
            if start < end and span.start < part.end and part.start < span.end
            else Span(0, 0)
        )

    def _in_quotes(self, offset: int) -> bool:
        place = bisect_right(self._part_starts, offset) - 1
        return place >= 0 and offset < self._parts[place].end

    def _around(self, span: Span) -> QuotedRegion | None:
        """Return the outermost quoted region, including its marks, that contains the span."""
        place = bisect_right(self._starts, span.start) - 1
        if place >= 0 and span.end <= self._outermost[place].outer.end:
            return self._outermost[place]
        return None

    def _with_marks(self, span: Span) -> Span:
        """Extend the span by the marks of quoted regions that begin or end exactly at its edges."""
        start, end = span
        first = bisect_right(self._starts, start) - 1
        if first >= 0 and self._outermost[first].start == start:
            start = self._outermost[first].outer.start
        last = bisect_left(self._starts, end) - 1
        if last >= 0 and self._outermost[last].end == end:
            end = self._outermost[last].outer.end
        return Span(start, end)


def _trimmed(text: str, spans: Iterable[Span], *, before: str = "", after: str = "") -> Iterator[Span]:
    """Yield the spans in order, without blanks and the given characters at their edges."""
    for start, end in sorted(spans):
        while start < end and (text[start].isspace() or text[start] in before):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in after):
            end -= 1
        if start < end:
            yield Span(start, end)


def _with_whole_words(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Move edges that fall behind the apostrophe of a word to the end of that word."""
    for start, end in spans:
        first, last = _REST_OF_WORD.match(text, start), _REST_OF_WORD.match(text, end)
        start, end = first.end() if first else start, last.end() if last else end
        if start < end:
            yield Span(start, end)


def _joined(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Join parts that overlap or are separated by nothing but blanks and one quotation mark within a line."""
    current: Span | None = None
    for span in sorted(spans):
        if current is None:
            current = span
        elif _SEAM.fullmatch(text, min(current.end, span.start), span.start):
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current
