"""Which words stand in quotation marks, and which quoted words no attribution has claimed."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.annotate.document import Attribution, Document, Span
from analysis.annotate.quotation_marks import GLYPHS, QuotedRegion
from analysis.annotate.speech_tags import speech_tag
from analysis.annotate.syntax import Syntax
from analysis.corpus import WORD

_MIN_WORDS = 4  # a shorter quoted stretch is a scare quote, a term or a nickname
NOBODY = -1
_SEAM = re.compile(rf"\s*[{GLYPHS}]?[^\S\n]*")
_NEAR = 60  # characters before a stretch in which the content that it belongs to may end
_MAX_GAP = 1  # words between the two
_MAX_TAG = 200  # characters between two parts of one quote
_LONG = 4  # letters of a word that a title writes with a capital


class QuotedWords:
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

    def snapped(self, attribution: Attribution) -> Attribution:
        """The attribution with tidy spans: in order, no blanks at the edges, contents with words.

        Marks around all of a content part are left out, those inside it stay whole; a part that runs over the
        paragraphs of one quotation falls into these.
        """
        return replace(
            attribution,
            content=tuple(self._content(_joined(self._text, _tidy(self._text, attribution.content)))),
            source=tuple(_tidy(self._text, attribution.source)),
            cue=tuple(_tidy(self._text, attribution.cue)),
        )

    def _content(self, spans: Iterable[Span]) -> Iterator[Span]:
        for span in spans:
            region = self._around(span)
            parts = (
                [self._with_marks(span)] if region is None else [_common(span, part) for part in region.spans]
            )
            yield from (part for part in parts if self.words(part))

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


def with_unclaimed(
    document: Document, regions: Sequence[QuotedRegion], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions and what the quotation marks prove beyond them.

    Every quoted stretch of four or more words, other than a title, of which the attributions claim less than half
    is added: with the source and cue next to it; else to the quotation that it carries on (`"...," she said.
    "..."`, also in the next paragraph); else without source. Quotes within quotes are added where the words
    around them name a speaker.

    Parameters
    ----------
    document : Document
    regions : sequence of QuotedRegion
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
    """
    found = list(attributions)
    owners = array("l", [NOBODY]) * len(document.text)
    for number, attribution in enumerate(found):
        _claim(owners, number, attribution.content)
    cues = {item.cue[0].start: number for number, item in enumerate(found) if item.cue}
    syntax: Syntax | None = None
    before: QuotedRegion | None = None  # the outermost region before this one
    for region in regions:
        if is_quote(document.text, region):
            owner = NOBODY if region.depth else _owner(document.text, region, owners)
            if owner == NOBODY:
                syntax = syntax or Syntax(document)
                _place(syntax, found, owners, cues, before, region)
            elif found[owner].cue and not found[owner].source:
                syntax = syntax or Syntax(document)
                found[owner] = _with_source(syntax, found[owner], region)
        if region.depth == 0:
            before = region
    return found


def _with_source(syntax: Syntax, attribution: Attribution, region: QuotedRegion) -> Attribution:
    """The attribution with the source that the words beside the quotation give to its cue."""
    tag = speech_tag(syntax, region)
    same = tag is not None and any(
        a.start < b.end and b.start < a.end for a in tag.cue for b in attribution.cue
    )
    return replace(attribution, source=tag.source) if tag is not None and same else attribution


def _place(
    syntax: Syntax,
    found: list[Attribution],
    owners: array[int],
    cues: Mapping[int, int],
    before: QuotedRegion | None,
    region: QuotedRegion,
) -> None:
    """Add a quoted stretch to the attributions: its own, the one that it carries on, or one without source."""
    document = syntax.document
    tag = speech_tag(syntax, region)
    if region.depth:
        found += [tag] if tag else []
        return
    spans, owner = region.spans, NOBODY
    if tag is not None:  # the other part of a split quotation may hold the cue already
        owner = cues.get(tag.cue[0].start, NOBODY)
    else:
        spans, owner = _sentence_part(document, region, owners)
    if tag is None and owner == NOBODY and before is not None:
        spans, owner = region.spans, _owner(document.text, before, owners)
        if owner != NOBODY and not _carries_on(document, found[owner], before, region):
            owner = NOBODY
    if owner == NOBODY:
        found.append(tag or Attribution(region.spans, score=0.0))
        owner = len(found) - 1
    else:
        found[owner] = replace(found[owner], content=(*found[owner].content, *spans))
    _claim(owners, owner, spans)


def _claim(owners: array[int], number: int, spans: Iterable[Span]) -> None:
    for start, end in spans:
        owners[start:end] = array("l", [number]) * (end - start)


def _sentence_part(
    document: Document, region: QuotedRegion, owners: Sequence[int]
) -> tuple[tuple[Span, ...], int]:
    """The attribution whose content ends right before a stretch: `called the deal "a gift to ..."`."""
    start = max(
        region.outer.start - _NEAR, document.sentences[document.sentence_at(region.outer.start)].start
    )
    words = [match.span() for match in WORD.finditer(document.text, start, region.outer.start)]
    for first, end in reversed(words[-_MAX_GAP - 1 :]):
        if owners[first] != NOBODY:
            return (Span(end, region.spans[0].end), *region.spans[1:]), owners[first]
    return region.spans, NOBODY


def is_quote(text: str, region: QuotedRegion) -> bool:
    """Whether a stretch is long enough to be somebody's words, and no title."""
    words = sum(len(WORD.findall(text, *span)) for span in region.spans)
    return words >= _MIN_WORDS and not _is_title(text, region)


def _owner(text: str, region: QuotedRegion, owners: Sequence[int]) -> int:
    """The attribution that claims the last of a stretch's claimed words, if half of the words are claimed."""
    words = [match.start() for span in region.spans for match in WORD.finditer(text, *span)]
    claims = [owners[word] for word in words if owners[word] != NOBODY]
    return claims[-1] if claims and len(claims) * 2 >= len(words) else NOBODY


def _carries_on(
    document: Document, attribution: Attribution, before: QuotedRegion, region: QuotedRegion
) -> bool:
    """Whether a quotation goes on with the one before it, with nothing but its source and cue in between."""
    if region.depth or not attribution.cue:
        return False
    text = document.text
    between = text[before.outer.end : region.outer.start]
    tagged = before.outer.end <= attribution.cue[0].start < region.outer.start
    if between.strip() and not (tagged and len(between) <= _MAX_TAG):
        return False
    last = document.sentences[document.sentence_at(region.outer.start - 1)].start
    if last > attribution.cue[0].start and WORD.search(text, max(last, before.outer.end), region.outer.start):
        return False  # a sentence stands in between
    # Beyond the paragraph only a quotation counts that is a paragraph of its own.
    line_end = end if (end := text.find("\n", region.outer.end)) >= 0 else len(text)
    return "\n" not in between or not WORD.search(text, region.outer.end, line_end)


def _is_title(text: str, region: QuotedRegion) -> bool:
    """Whether a stretch is in title case, as names of books and laws are, in a line that is not."""
    inside = text[region.start : region.end]
    if inside.isupper() or not _in_title_case(inside):
        return False
    before = text[max(0, text.rfind("\n", 0, region.outer.start)) : region.outer.start]
    after = text[region.outer.end : len(text) if (end := text.find("\n", region.outer.end)) < 0 else end]
    return not (before + after).strip() or not _in_title_case(f"{before} {after}")


def _in_title_case(words: str) -> bool:
    long = [word for word in WORD.findall(words) if len(word) >= _LONG]
    return all(not word[0].islower() for word in long)


def _tidy(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in sorted(spans):
        part = text[start:end]
        start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
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


def _common(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))
