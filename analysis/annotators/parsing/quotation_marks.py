"""Quoted regions of a text, by its quotation marks.

Marks are paired paragraph by paragraph with a stack, in time linear in the text, so that a stray or missing mark
affects only its own paragraph. The neighbouring characters decide whether an undirected mark opens or closes, as in
the tokenization of the Penn Treebank; the same holds for a mark in the wrong direction (“like this“).

A quotation of several paragraphs repeats its opening mark at the beginning of each paragraph and closes once, at the
end (Chicago Manual of Style, 13.30). It is one region with one span per paragraph. It must begin with a sentence: an
unclosed mark in the middle of a sentence is taken for a stray and closed at the end of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Document, Span, cached_on_document
from analysis.annotators.parsing.paragraphs import paragraphs

_KINDS = {
    **dict.fromkeys('"“”„‟＂', "double"),
    **dict.fromkeys("'‘’‚‛`", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "single guillemet"),
}
_OPENING = frozenset("“„‟‘‚‛«‹`")
_CLOSING = frozenset("”’»›")
# Two single marks typed for one double mark, as in TeX and older wire copy.
_DOUBLED = frozenset({"''", "``", "’’", "‘‘"})

_MAX_DEPTH = 8  # deeper nesting is a run of stray marks
_MAX_BEFORE_POSSESSIVE = 200  # characters of a quotation closed by what may be a plural possessive
_MAX_UNMARKED = 12  # lines without a mark in the middle of a quotation
# Zero-width marks: directions of bidirectional text, joiners, byte-order marks.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c\ufeff"
)
GLYPHS = "".join(_KINDS)
# The marks that are no apostrophes.
DOUBLE_MARKS = frozenset(mark for mark, kind in _KINDS.items() if kind in ("double", "guillemet"))
_RUN = re.compile(rf"[{GLYPHS}](?:[{_INVISIBLE}\u00a0\u2009\u200a\u202f]*[{GLYPHS}])*")
_ELISION = re.compile(rf"(?:{alternation('elisions', 'after_apostrophe')}|n['’]|\d\ds?)(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]\s")
_BEFORE_OPENING = frozenset("([{-–—/")
_BEFORE_SENTENCE = frozenset(",:;.!?…-–—)")
_AFTER_CLOSING = frozenset(".,;:!?)]}-–—…/")


class QuotedRegion(NamedTuple):
    """The text between an opening and its closing mark.

    Parameters
    ----------
    start, end : int
        Of the quoted words, without the outer marks.
    outer : Span
        With the marks.
    spans : tuple of Span
        The quoted words of each paragraph, without its opening mark.
    depth : int
        0 for an outermost quotation.
    closed : bool
        False where the closing mark is missing and the region ends with its paragraph.
    """

    start: int
    end: int
    outer: Span
    spans: tuple[Span, ...]
    depth: int
    closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    kind: str
    opens: bool
    closes: bool
    weak: bool  # a closing single mark that may be a plural possessive instead


class _OpenQuotation(NamedTuple):
    """An opening mark without its closing mark so far; `spans` holds the paragraphs passed since."""

    kind: str
    inner: int
    outer: int
    leads: bool  # stands at the beginning of its paragraph
    may_continue: bool  # in the next paragraph
    spans: list[Span]  # extended in place: copies would take quadratic time


class _Region(NamedTuple):
    spans: tuple[Span, ...]
    outer: Span
    kind: str
    closed: bool


def quoted_regions(text: str) -> list[QuotedRegion]:
    """Find the quoted regions of a text.

    Curly, straight, single, „low“, «angular» and nested marks are recognised. Apostrophes are not quotation marks.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of QuotedRegion
        Sorted by start, outer before inner. Regions do not cross.
    """
    found: list[_Region] = []
    carried: _OpenQuotation | None = None
    unmarked: list[Span] = []  # lines after an open quotation, part of it if a later line closes it
    end = 0
    for paragraph in paragraphs(text):
        marks = list(_marks(text, paragraph))
        gap, end = text[end : paragraph.start], paragraph.end
        if carried is not None and _may_be_inside(gap, marks, carried) and len(unmarked) < _MAX_UNMARKED:
            unmarked.append(paragraph)
            found += _pair_marks(text, paragraph, marks, None)[0]
            continue
        if carried is not None and _continues(text, paragraph, marks, carried):
            carried.spans.extend(part for line in unmarked for part in _trimmed(text, *line))
        elif carried is not None:
            found += _unclosed(carried)
            carried = None
        unmarked = []
        regions, carried = _pair_marks(text, paragraph, marks, carried)
        found += regions
    if carried is not None:
        found += _unclosed(carried)
    return _nested(found)


class Quotations:
    """The quoted regions of a text, with a look-up by offset.

    Parameters
    ----------
    text : str

    Attributes
    ----------
    regions : list of QuotedRegion
        As `quoted_regions` returns them.
    """

    def __init__(self, text: str) -> None:
        self.regions = quoted_regions(text)
        self._spans = [region.outer for region in self.regions if region.depth == 0]
        self._starts = [span.start for span in self._spans]

    def at(self, offset: int) -> Span | None:
        """The outermost quotation around an offset, with its marks; None outside of quotations."""
        place = bisect_right(self._starts, offset) - 1
        return self._spans[place] if place >= 0 and offset < self._spans[place].end else None


@cached_on_document
def quotations(document: Document) -> Quotations:
    """The quotations of a document, found once."""
    return Quotations(document.text)


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """Yield the quotation marks of a paragraph, with the directions that their neighbours allow."""
    for run in _RUN.finditer(text, *paragraph):
        left = _before(text, paragraph.start, run.start())
        right = _after(text, run.end(), paragraph.end)
        opens = not right.isspace() and (left.isspace() or left in _BEFORE_OPENING)
        closes = not left.isspace() and (right.isspace() or right in _AFTER_CLOSING)
        possessive = (
            left in "sSzZxX" and right.isspace() and _after(text, run.end() + 1, paragraph.end).isalnum()
        )
        for start, end, glyph in _split(run):
            kind = "double" if glyph in _DOUBLED else _KINDS[glyph]
            if kind == "single" and _is_apostrophe(text, end, left, right):
                continue
            ways = _directions(glyph[0], kind, opens, closes)
            yield _Mark(start, end, glyph, kind, *ways, weak=kind == "single" and possessive)


def _directions(glyph: str, kind: str, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Return whether a mark can open and can close: by its neighbours or, if they do not tell, by its shape."""
    if kind.endswith(
        "guillemet"
    ):  # French marks have spaces inside; »reversed« ones are known by their words
        return glyph in _OPENING or (opens and not closes), glyph in _CLOSING or (closes and not opens)
    if glyph == "`":  # opens `TeX' quotations; does not close, so that `code` in Markdown is not a quotation
        return opens, False
    if opens != closes:
        return opens, closes
    return glyph not in _CLOSING, glyph not in _OPENING


def _is_apostrophe(text: str, end: int, left: str, right: str) -> bool:
    if text[end - 3 : end].casefold() in ("'n'", "’n’", "‘n’"):
        return True  # rock 'n' roll
    if left.isspace():
        return right.isspace() or _ELISION.match(text, end) is not None
    return left.isalnum() and right.isalnum()


def _split(run: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the marks of a run; two single marks side by side, or a double mark typed twice, are one double mark."""
    offset, glyphs = run.start(), run.group()
    at = 0
    while at < len(glyphs):
        width = 2 if glyphs[at : at + 2] in _DOUBLED or glyphs[at : at + 2] == '""' else 1
        if glyphs[at] in _KINDS:
            glyph = glyphs[at : at + width]
            yield offset + at, offset + at + width, glyph if glyph in _DOUBLED else glyph[0]
        at += width


def _before(text: str, first: int, offset: int) -> str:
    """Return the visible character before an offset; a space at the beginning of the paragraph."""
    while offset > first and text[offset - 1] in _INVISIBLE:
        offset -= 1
    return text[offset - 1] if offset > first else " "


def _after(text: str, offset: int, last: int) -> str:
    """Return the visible character at or after an offset; a space at the end of the paragraph."""
    while offset < last and text[offset] in _INVISIBLE:
        offset += 1
    return text[offset] if offset < last else " "


def _continues(text: str, paragraph: Span, marks: list[_Mark], carried: _OpenQuotation) -> bool:
    """Whether a paragraph continues the quotation that the paragraph before left open."""
    own = [mark for mark in marks if mark.kind == carried.kind]
    if not own or not carried.may_continue:
        return False
    return _leads(text, paragraph, own[0]) or own[0].closes


def _may_be_inside(gap: str, marks: list[_Mark], carried: _OpenQuotation) -> bool:
    """Whether a line can be in the middle of a quotation: texts with one sentence per line mark only its ends."""
    alone = all(mark.kind != carried.kind for mark in marks)
    return alone and carried.kind != "single" and gap.replace("\r\n", "\n") == "\n"


def _leads(text: str, paragraph: Span, mark: _Mark) -> bool:
    """Whether an opening mark begins its paragraph, after at most other marks and dashes."""
    lead = text[paragraph.start : mark.start] if mark.start - paragraph.start < 20 else "far"
    return mark.opens and not any(char.isalnum() for char in lead)


def _opens_a_sentence(text: str, paragraph: Span, mark: _Mark) -> bool:
    """Whether a quotation begins with a sentence, as those of several paragraphs do and stray marks rarely do."""
    lead, first = text[paragraph.start : mark.start].rstrip()[-1:], _after(text, mark.end, paragraph.end)
    return lead in _BEFORE_SENTENCE and not first.islower() and not first.isspace()


def _pair_marks(
    text: str, paragraph: Span, marks: list[_Mark], carried: _OpenQuotation | None
) -> tuple[list[_Region], _OpenQuotation | None]:
    """Pair the marks of one paragraph; also return the quotation that is still open at its end."""
    regions: list[_Region] = []
    stack: list[_OpenQuotation] = []
    if carried is not None:
        first = next(mark for mark in marks if mark.kind == carried.kind)
        repeated = _leads(text, paragraph, first)
        stack.append(carried._replace(inner=first.end if repeated else paragraph.start))
        marks = [mark for mark in marks if not (repeated and mark is first)]
    for mark, strong_follows in zip(marks, _strong_follows(marks), strict=True):
        if mark.closes and _can_close(text, stack, mark, strong_follows):
            while stack[-1].kind != mark.kind:
                stack.pop()
            regions += _closed(text, stack.pop(), mark)
        elif mark.opens:
            if stack and stack[-1].kind == mark.kind and mark.glyph not in _OPENING:
                stack.pop()  # undirected marks of one kind do not nest: the earlier one was not closed
            leads = _leads(text, paragraph, mark)
            may_continue = leads or _opens_a_sentence(text, paragraph, mark)
            stack = [
                *stack[-_MAX_DEPTH:],
                _OpenQuotation(mark.kind, mark.end, mark.start, leads, may_continue, []),
            ]
    return regions, _left_open(text, paragraph, stack, regions)


def _strong_follows(marks: list[_Mark]) -> list[bool]:
    """Return for each mark whether the next single mark that is no possible possessive closes."""
    follows, strong = [], False
    for mark in reversed(marks):
        follows.append(strong)
        if mark.kind == "single" and not mark.weak:
            strong = mark.closes
    return follows[::-1]


def _can_close(text: str, stack: list[_OpenQuotation], mark: _Mark, strong_follows: bool) -> bool:
    if mark.kind != "single":
        return any(opened.kind == mark.kind for opened in stack)
    if not stack or stack[-1].kind != "single":
        return False
    if not mark.weak:
        return True
    inside = text[stack[-1].inner : min(mark.start, stack[-1].inner + _MAX_BEFORE_POSSESSIVE)]
    short = mark.start - stack[-1].inner < _MAX_BEFORE_POSSESSIVE and not _SENTENCE_END.search(inside)
    return short and not strong_follows


def _left_open(
    text: str, paragraph: Span, stack: list[_OpenQuotation], regions: list[_Region]
) -> _OpenQuotation | None:
    """Return the quotation that is open at the end of a paragraph; a mark before a closed quotation is a stray."""
    for opened in stack:
        later = any(r.kind == opened.kind and r.outer.start > opened.inner for r in regions[-_MAX_DEPTH:])
        if later or (opened.kind == "single" and not opened.leads):
            continue
        opened.spans.extend(_trimmed(text, opened.inner, paragraph.end))
        return opened
    return None


def _unclosed(opened: _OpenQuotation) -> list[_Region]:
    """Return a quotation without a closing mark; a single mark that is never closed is an apostrophe."""
    if opened.kind == "single" or not opened.spans:
        return []
    return [_Region(tuple(opened.spans), Span(opened.outer, opened.spans[-1].end), opened.kind, closed=False)]


def _closed(text: str, opened: _OpenQuotation, mark: _Mark) -> list[_Region]:
    spans = (*opened.spans, *_trimmed(text, opened.inner, mark.start))
    return [_Region(spans, Span(opened.outer, mark.end), opened.kind, closed=True)] if spans else []


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the span without white space at its edges, or nothing if it is blank."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return (Span(start, end),) if start < end else ()


def _nested(found: list[_Region]) -> list[QuotedRegion]:
    regions: list[QuotedRegion] = []
    around: list[int] = []  # ends of the enclosing regions
    for spans, outer, _, closed in sorted(found, key=lambda region: (region.outer.start, -region.outer.end)):
        while around and around[-1] <= outer.start:
            around.pop()
        regions.append(QuotedRegion(spans[0].start, spans[-1].end, outer, spans, len(around), closed))
        around.append(outer.end)
    return regions
