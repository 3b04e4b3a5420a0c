"""Which words stand in quotation marks, and spans that respect the marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.quotation_marks import GLYPHS, QuotedRegion
from analysis.corpus import WORD

_MIN_WORDS = 4  # a shorter quoted stretch is a scare quote, a term or a nickname
_LINE = 300  # characters of the line around a stretch that show whether it is in title case
_REST = re.compile(r"(?<=\w['’])\w+")  # of a word that was cut after its apostrophe
_SEAM = re.compile(rf"[^\S\n]*[{GLYPHS}]?[^\S\n]*")
# Words that titles write small.
_SMALL = frozenset(
    "a an and as at but by de for from in into la le nor of on or over per the to vs with".split()  # noqa: SIM905
)


class SpanCleaner:
    """The words of a text and the quoted stretches around them.

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
        """'direct', 'indirect' or 'mixed': all, none or part of the words in quotation marks."""
        words = [word for span in content for word in self.words(span)]
        quoted = sum(self._in_quotes(word) for word in words)
        return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"

    def words(self, span: Span) -> Sequence[int]:
        """Offsets of the words that begin in a span."""
        return self._words[bisect_left(self._words, span.start) : bisect_left(self._words, span.end)]

    def clean(self, attribution: Attribution) -> Attribution:
        """The attribution with tidy spans: in order, no blanks at the edges, contents with words.

        Marks around all of a content part are left out, those inside it stay whole; a part that runs over the
        paragraphs of one quotation falls into these. A content begins after a comma, a cue has no quotation marks at
        its edges, and "Trump’s" is not divided between a source and a cue: the source has it.
        """
        content = _tidy(self._text, attribution.content, before=",;")
        cue = _tidy(self._text, _unbroken(self._text, attribution.cue), before=GLYPHS, after=GLYPHS)
        return replace(
            attribution,
            content=tuple(self._content(_joined(self._text, content))),
            source=tuple(_tidy(self._text, _unbroken(self._text, attribution.source))),
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
        """What a span has of a quoted paragraph; up to its edges where no words stand in between."""
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
        """The outermost region that holds the span, its marks included."""
        place = bisect_right(self._starts, span.start) - 1
        if place >= 0 and span.end <= self._outermost[place].outer.end:
            return self._outermost[place]
        return None

    def _with_marks(self, span: Span) -> Span:
        """The span with the marks of the regions that begin or end just at its edges."""
        start, end = span
        first = bisect_right(self._starts, start) - 1
        if first >= 0 and self._outermost[first].start == start:
            start = self._outermost[first].outer.start
        last = bisect_left(self._starts, end) - 1
        if last >= 0 and self._outermost[last].end == end:
            end = self._outermost[last].outer.end
        return Span(start, end)


def is_quote(text: str, region: QuotedRegion) -> bool:
    """Whether a stretch is long enough to be somebody's words, and no title."""
    words = sum(len(WORD.findall(text, *span)) for span in region.spans)
    return words >= _MIN_WORDS and not _is_title(text, region)


def _is_title(text: str, region: QuotedRegion) -> bool:
    """Whether a stretch is in title case, as names of books and laws are, in a line that is not."""
    inside = text[region.start : region.end]
    if inside.isupper() or not _in_title_case(inside):
        return False
    before = text[max(0, region.outer.start - _LINE) : region.outer.start].rpartition("\n")[2]
    after = text[region.outer.end : region.outer.end + _LINE].partition("\n")[0]
    return not (before + after).strip() or not _in_title_case(f"{before} {after}")


def _in_title_case(line: str) -> bool:
    words = WORD.findall(line)
    return any(word[0].isupper() for word in words[1:]) and all(
        word in _SMALL for word in words if word[0].islower()
    )


def _tidy(text: str, spans: Iterable[Span], *, before: str = "", after: str = "") -> Iterator[Span]:
    """The spans in order, without blanks and the given characters at their edges."""
    for start, end in sorted(spans):
        while start < end and (text[start].isspace() or text[start] in before):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in after):
            end -= 1
        if start < end:
            yield Span(start, end)


def _unbroken(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans with the rest of a word whose apostrophe they end with, and without one they begin with."""
    for start, end in spans:
        first, last = _REST.match(text, start), _REST.match(text, end)
        start, end = first.end() if first else start, last.end() if last else end
        if start < end:
            yield Span(start, end)


def _joined(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Parts that overlap, or that blanks and at most one quotation mark separate within a line, are one."""
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
