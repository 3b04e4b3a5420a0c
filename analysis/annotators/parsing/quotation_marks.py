"""Where the quotation marks of a text open and close: deterministic, linear in the text, unbothered by strays.

Marks are read paragraph by paragraph with a stack, so that a stray or forgotten mark costs at most its own
paragraph. Whether an undirected mark opens or closes follows from its neighbours, as in the tokenization
practice of the Penn Treebank; a mark of the wrong direction (“like this“) is read by its neighbours too.

A quotation that runs over several paragraphs repeats its opening mark at the head of each and closes once, at
the end (Chicago Manual of Style, 13.30); it comes back as one region with one span for each paragraph. It begins
with a sentence; an opening mark in the middle of one is a stray, and runs to the end of its paragraph only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from analysis.annotators.parsing.document import Document, Span, cached_on_document
from analysis.annotators.parsing.paragraphs import paragraphs

_FAMILIES = {
    **dict.fromkeys('"“”„‟＂', "double"),
    **dict.fromkeys("'‘’‚‛`", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "single guillemet"),
}
_OPENING = frozenset("“„‟‘‚‛«‹`")
_CLOSING = frozenset("”’»›")
# Two single marks typed for one double mark, as in TeX and older wire copy.
_DOUBLED = frozenset({"''", "``", "’’", "‘‘"})

_MAX_DEPTH = 8  # deeper nesting is a run of strays
_MAX_POSSESSIVE = 200  # characters a quotation may have that a plural possessive seems to close
_MAX_WAITING = 12  # lines that a quotation may run on without a mark
# Zero-width marks: directions of bidirectional text, joiners, byte-order marks.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c\ufeff"
)
GLYPHS = "".join(_FAMILIES)
_RUN = re.compile(rf"[{GLYPHS}](?:[{_INVISIBLE}\u00a0\u2009\u200a\u202f]*[{GLYPHS}])*")
_ELISION = re.compile(r"(?:em|til|tis|twas|n['’]|\d\ds?)(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]\s")
_BEFORE_OPENING = frozenset("([{-–—/")
_BEFORE_SENTENCE = frozenset(",:;.!?…-–—)")
_AFTER_CLOSING = frozenset(".,;:!?)]}-–—…/")


class QuotedRegion(NamedTuple):
    """What stands between an opening and its closing mark.

    Parameters
    ----------
    start, end : int
        The quoted words without the outer marks.
    outer : Span
        The same with the marks.
    spans : tuple of Span
        The quoted words paragraph by paragraph, without the marks that open each.
    depth : int
        0 for a quotation that stands in no other.
    closed : bool
        False where the closing mark is missing and the paragraph's end closes.
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
    family: str
    opens: bool
    closes: bool
    weak: bool  # a closing single mark that may as well be a plural possessive


class _Open(NamedTuple):
    """An opening mark that waits for its closing one; `spans` holds the paragraphs it has run through."""

    family: str
    inner: int
    outer: int
    heads: bool  # stands at the head of its paragraph
    runs_on: bool  # may go on in the next paragraph
    spans: list[Span]  # grows by one for each paragraph, in place: a copy each time would cost the square


class _Region(NamedTuple):
    spans: tuple[Span, ...]
    outer: Span
    family: str
    closed: bool


def quoted_regions(text: str) -> list[QuotedRegion]:
    """Find the quoted regions of a text: curly, straight, single, „low“, «angular» and nested marks.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of QuotedRegion
        By start, outer before inner; regions never cross one another. Apostrophes are no quotation marks.
    """
    found: list[_Region] = []
    carried: _Open | None = None
    waiting: list[Span] = []  # lines after an open quotation that belong to it if one after them closes it
    end = 0
    for paragraph in paragraphs(text):
        marks = list(_marks(text, paragraph))
        gap, end = text[end : paragraph.start], paragraph.end
        if carried is not None and _waits(gap, marks, carried) and len(waiting) < _MAX_WAITING:
            waiting.append(paragraph)
            found += _match(text, paragraph, marks, None)[0]
            continue
        if carried is not None and _continues(text, paragraph, marks, carried):
            carried.spans.extend(part for line in waiting for part in _trimmed(text, *line))
        elif carried is not None:
            found += _unclosed(carried)
            carried = None
        waiting = []
        regions, carried = _match(text, paragraph, marks, carried)
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
    """The quotation marks of a paragraph with the directions their neighbours allow; no apostrophes."""
    for run in _RUN.finditer(text, *paragraph):
        left = _before(text, paragraph.start, run.start())
        right = _after(text, run.end(), paragraph.end)
        opens = not right.isspace() and (left.isspace() or left in _BEFORE_OPENING)
        closes = not left.isspace() and (right.isspace() or right in _AFTER_CLOSING)
        possessive = (
            left in "sSzZxX" and right.isspace() and _after(text, run.end() + 1, paragraph.end).isalnum()
        )
        for start, end, glyph in _split(run):
            family = "double" if glyph in _DOUBLED else _FAMILIES[glyph]
            if family == "single" and _is_apostrophe(text, end, left, right):
                continue
            ways = _directions(glyph[0], family, opens, closes)
            yield _Mark(start, end, glyph, family, *ways, weak=family == "single" and possessive)


def _directions(glyph: str, family: str, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Whether a mark may open and may close; the neighbours decide, and where they don't, its shape."""
    if family.endswith(
        "guillemet"
    ):  # French marks have spaces inside; »reversed« ones are known by their words
        return glyph in _OPENING or (opens and not closes), glyph in _CLOSING or (closes and not opens)
    if glyph == "`":  # opens `TeX' quotations; `code` in Markdown is none
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
    """The marks of a run; two single marks side by side, and a mark typed twice, are one double mark."""
    offset, glyphs = run.start(), run.group()
    at = 0
    while at < len(glyphs):
        width = 2 if glyphs[at : at + 2] in _DOUBLED or glyphs[at : at + 2] == '""' else 1
        if glyphs[at] in _FAMILIES:
            glyph = glyphs[at : at + width]
            yield offset + at, offset + at + width, glyph if glyph in _DOUBLED else glyph[0]
        at += width


def _before(text: str, first: int, offset: int) -> str:
    """The visible character before an offset; a space at the head of the paragraph."""
    while offset > first and text[offset - 1] in _INVISIBLE:
        offset -= 1
    return text[offset - 1] if offset > first else " "


def _after(text: str, offset: int, last: int) -> str:
    """The visible character from an offset on; a space at the paragraph's end."""
    while offset < last and text[offset] in _INVISIBLE:
        offset += 1
    return text[offset] if offset < last else " "


def _continues(text: str, paragraph: Span, marks: list[_Mark], carried: _Open) -> bool:
    """Whether a paragraph goes on with a quotation that the one before left open."""
    own = [mark for mark in marks if mark.family == carried.family]
    if not own or not carried.runs_on:
        return False
    return _heads(text, paragraph, own[0]) or own[0].closes


def _waits(gap: str, marks: list[_Mark], carried: _Open) -> bool:
    """Whether a line may be the middle of a quotation: collections with a sentence a line mark only its ends."""
    alone = all(mark.family != carried.family for mark in marks)
    return alone and carried.family != "single" and gap.replace("\r\n", "\n") == "\n"


def _heads(text: str, paragraph: Span, mark: _Mark) -> bool:
    """Whether an opening mark stands at the head of its paragraph, after other marks or dashes at most."""
    lead = text[paragraph.start : mark.start] if mark.start - paragraph.start < 20 else "far"
    return mark.opens and not any(char.isalnum() for char in lead)


def _opens_a_sentence(text: str, paragraph: Span, mark: _Mark) -> bool:
    """Whether a quotation begins with a sentence, as those of several paragraphs do; a stray mark rarely does."""
    lead, first = text[paragraph.start : mark.start].rstrip()[-1:], _after(text, mark.end, paragraph.end)
    return lead in _BEFORE_SENTENCE and not first.islower() and not first.isspace()


def _match(
    text: str, paragraph: Span, marks: list[_Mark], carried: _Open | None
) -> tuple[list[_Region], _Open | None]:
    """Pair the marks of one paragraph; also returns the quotation that its end leaves open."""
    regions: list[_Region] = []
    stack: list[_Open] = []
    if carried is not None:
        first = next(mark for mark in marks if mark.family == carried.family)
        repeated = _heads(text, paragraph, first)
        stack.append(carried._replace(inner=first.end if repeated else paragraph.start))
        marks = [mark for mark in marks if not (repeated and mark is first)]
    for mark, strong_follows in zip(marks, _strong_follows(marks), strict=True):
        if mark.closes and _can_close(text, stack, mark, strong_follows):
            while stack[-1].family != mark.family:
                stack.pop()
            regions += _closed(text, stack.pop(), mark)
        elif mark.opens:
            if stack and stack[-1].family == mark.family and mark.glyph not in _OPENING:
                stack.pop()  # undirected marks of one kind don't nest: the earlier one was never closed
            heads = _heads(text, paragraph, mark)
            runs_on = heads or _opens_a_sentence(text, paragraph, mark)
            stack = [*stack[-_MAX_DEPTH:], _Open(mark.family, mark.end, mark.start, heads, runs_on, [])]
    return regions, _left_open(text, paragraph, stack, regions)


def _strong_follows(marks: list[_Mark]) -> list[bool]:
    """For each mark whether a single mark that can only close comes before the next that opens."""
    follows, strong = [], False
    for mark in reversed(marks):
        follows.append(strong)
        if mark.family == "single" and not mark.weak:
            strong = mark.closes
    return follows[::-1]


def _can_close(text: str, stack: list[_Open], mark: _Mark, strong_follows: bool) -> bool:
    if mark.family != "single":
        return any(opened.family == mark.family for opened in stack)
    if not stack or stack[-1].family != "single":
        return False
    if not mark.weak:
        return True
    inside = text[stack[-1].inner : min(mark.start, stack[-1].inner + _MAX_POSSESSIVE)]
    short = mark.start - stack[-1].inner < _MAX_POSSESSIVE and not _SENTENCE_END.search(inside)
    return short and not strong_follows


def _left_open(text: str, paragraph: Span, stack: list[_Open], regions: list[_Region]) -> _Open | None:
    """The quotation that runs on at the paragraph's end; openings with closed quotations after them are strays."""
    for opened in stack:
        later = any(r.family == opened.family and r.outer.start > opened.inner for r in regions[-_MAX_DEPTH:])
        if later or (opened.family == "single" and not opened.heads):
            continue
        opened.spans.extend(_trimmed(text, opened.inner, paragraph.end))
        return opened
    return None


def _unclosed(opened: _Open) -> list[_Region]:
    """A quotation without a closing mark; a single mark that nothing closes is an apostrophe."""
    if opened.family == "single" or not opened.spans:
        return []
    return [
        _Region(tuple(opened.spans), Span(opened.outer, opened.spans[-1].end), opened.family, closed=False)
    ]


def _closed(text: str, opened: _Open, mark: _Mark) -> list[_Region]:
    spans = (*opened.spans, *_trimmed(text, opened.inner, mark.start))
    return [_Region(spans, Span(opened.outer, mark.end), opened.family, closed=True)] if spans else []


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span without white space at its edges; nothing where nothing is left."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return (Span(start, end),) if start < end else ()


def _nested(found: list[_Region]) -> list[QuotedRegion]:
    regions: list[QuotedRegion] = []
    around: list[int] = []  # ends of the regions that are open here
    for spans, outer, _, closed in sorted(found, key=lambda region: (region.outer.start, -region.outer.end)):
        while around and around[-1] <= outer.start:
            around.pop()
        regions.append(QuotedRegion(spans[0].start, spans[-1].end, outer, spans, len(around), closed))
        around.append(outer.end)
    return regions
