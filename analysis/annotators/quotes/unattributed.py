"""Quotations that the tagger missed: completed, given to the attribution they continue, or added."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import QuotedRegion
from analysis.annotators.quotes.reporting_clauses import nested_reporting_clause, reporting_clause
from analysis.corpus import WORD

_NO_OWNER = -1
_MIN_WORDS = 4  # a shorter quotation is a scare quote, a term or a nickname
_LINE = 300  # characters of the line on either side of a quotation that show whether it is in title case
_NEAR = 60  # characters before a quotation in which a content can end, or after it in which a paragraph can
_MAX_GAP = 1  # words between a content and the quotation that continues it
_MAX_CLAUSE = 200  # characters of a reporting clause between two parts of one quotation
_PUNCTUATION = frozenset(".,;:!?…—–-")


def add_unattributed(
    document: Document, regions: Sequence[QuotedRegion], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """Add the quotations of four or more words that no attribution covers.

    A quotation, with all its paragraphs, belongs to the attribution that covers at least half of its words; what is
    attributed within the quotation itself ("I said that ...") does not count. Any other quotation, unless it is a
    title, is

    1. attributed by the reporting clause next to it; else
    2. added to the content that ends right before it in its sentence, or to the quotation that it continues
       (`"...," she said. "..."`, also in the next paragraph); else
    3. returned without a source.

    Quotations within quotations are added where the words around them name a speaker.

    Parameters
    ----------
    document : Document
    regions : sequence of QuotedRegion
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        Those given, some with more content, and those added.
    """
    coverage = _Coverage(document, attributions)
    before: QuotedRegion | None = None  # the last outermost region before this one
    for region in regions:
        if (region.depth or coverage.owner(region) == _NO_OWNER) and is_quote(document.text, region):
            tree = dependency_tree(document)
            if region.depth == 0:
                coverage.assign(region, reporting_clause(tree, region), before)
            elif before is not None and (nested := nested_reporting_clause(tree, region, before)) is not None:
                coverage.add_nested(nested)
        if region.depth == 0:
            before = region
            coverage.complete(region)
    return coverage.found


def is_quote(text: str, region: QuotedRegion) -> bool:
    """Return whether a quoted region is long enough to be a quote and is not a title."""
    words = sum(len(WORD.findall(text, *span)) for span in region.spans)
    return words >= _MIN_WORDS and not _is_title(text, region)


def _is_title(text: str, region: QuotedRegion) -> bool:
    """Whether a region is in title case, as names of books and laws are, in a line that is not."""
    inside = text[region.start : region.end]
    if inside.isupper() or not _in_title_case(inside):
        return False
    before = text[max(0, region.outer.start - _LINE) : region.outer.start].rpartition("\n")[2]
    after = text[region.outer.end : region.outer.end + _LINE].partition("\n")[0]
    return not (before + after).strip() or not _in_title_case(f"{before} {after}")


def _in_title_case(line: str) -> bool:
    found = WORD.findall(line)
    small = words("title_case", "small_words")
    return any(word[0].isupper() for word in found[1:]) and all(
        word in small for word in found if word[0].islower()
    )


class _Coverage:
    """The attributions so far, and which of them owns each character as content."""

    def __init__(self, document: Document, attributions: Sequence[Attribution]) -> None:
        self.found: list[Attribution] = []
        self._document = document
        self._owners = array("l", [_NO_OWNER]) * len(document.text)
        self._by_cue: dict[int, int] = {}
        for attribution in attributions:
            self._add(attribution)

    def owner(self, region: QuotedRegion) -> int:
        """Return the attribution that owns the last owned word of a region, if at least half of the words are owned.

        Attributions made within the region ("I said that ...") do not count.
        """
        starts = [m.start() for span in region.spans for m in WORD.finditer(self._document.text, *span)]
        owners = [self._owners[start] for start in starts if self._owners[start] != _NO_OWNER]
        inside = {owner for owner in set(owners) if self._is_within(owner, region)}
        owners = [owner for owner in owners if owner not in inside]
        return owners[-1] if owners and len(owners) * 2 >= len(starts) else _NO_OWNER

    def _is_within(self, owner: int, region: QuotedRegion) -> bool:
        """Whether an attribution is made within a region: its cue is part of the quoted words."""
        cue = self.found[owner].cue
        return bool(cue) and all(region.start <= span.start < region.end for span in cue)

    def complete(self, region: QuotedRegion) -> None:
        """Add the rest of a quotation, with all its paragraphs, to the attribution that owns it."""
        if (owner := self.owner(region)) == _NO_OWNER:
            return
        found = self.found[owner]
        attributing = {offset for span in (*found.source, *found.cue) for offset in range(*span)}
        free = [rest for span in region.spans for rest in self._free(span, attributing)]
        if free:
            self.found[owner] = replace(found, content=(*found.content, *free))
            self._own(owner, free)

    def _free(self, span: Span, attributing: Collection[int]) -> Iterator[Span]:
        """Yield the runs of words of a span that no attribution owns and that are not its source or cue."""
        found = [Span(*match.span()) for match in WORD.finditer(self._document.text, *span)]
        for free, run in groupby(
            found, key=lambda word: self._owners[word.start] == _NO_OWNER and word.start not in attributing
        ):
            if free:
                first, *rest = run
                yield Span(first.start, rest[-1].end if rest else first.end)

    def assign(self, region: QuotedRegion, clause: Attribution | None, before: QuotedRegion | None) -> None:
        """Add a quotation without an owner to an attribution: one there is already, or a new one."""
        spans = region.spans
        if clause is not None:  # the other part of a split quotation may have the same cue
            owner = self._by_cue.get(clause.cue[0].start, _NO_OWNER)
        else:
            owner, start = self._content_before(region)
            spans = (Span(start, spans[0].end), *spans[1:])
            if owner == _NO_OWNER and before is not None:
                owner = self._continued(before, region)
        attributing = () if owner == _NO_OWNER else (*self.found[owner].source, *self.found[owner].cue)
        if owner == _NO_OWNER or any(region.start <= span.start < region.end for span in attributing):
            self._add(clause or Attribution(region.spans, score=0.0))
        else:
            self.found[owner] = replace(self.found[owner], content=(*self.found[owner].content, *spans))
            self._own(owner, spans)

    def add_nested(self, attribution: Attribution) -> None:
        """Add an attribution within a quotation, unless there is one with the same cue."""
        (cue,) = attribution.cue
        if not any(span.start < cue.end and cue.start < span.end for one in self.found for span in one.cue):
            self.found.append(attribution)

    def _add(self, attribution: Attribution) -> None:
        self._own(len(self.found), attribution.content)
        if attribution.cue:
            self._by_cue[attribution.cue[0].start] = len(self.found)
        self.found.append(attribution)

    def _own(self, number: int, spans: Sequence[Span]) -> None:
        for start, end in spans:
            self._owners[start:end] = array("l", [number]) * (end - start)

    def _content_before(self, region: QuotedRegion) -> tuple[int, int]:
        """Return the owner of the content right before a region, and its end: `called the deal "a gift to ..."`."""
        document = self._document
        sentence = document.sentences[document.sentence_at(region.outer.start)]
        start = max(region.outer.start - _NEAR, sentence.start)
        found = [match.span() for match in WORD.finditer(document.text, start, region.outer.start)]
        for first, end in reversed(found[-_MAX_GAP - 1 :]):
            owner = self._owners[first]
            if owner != _NO_OWNER and self.found[owner].cue:
                return owner, end
        return _NO_OWNER, region.start

    def _continued(self, before: QuotedRegion, region: QuotedRegion) -> int:
        """Return the owner of the quotation that a region continues: only source and cue stand between the two."""
        text, owner = self._document.text, self.owner(before)
        if owner == _NO_OWNER or not self.found[owner].cue:
            return _NO_OWNER
        between = text[before.outer.end : region.outer.start]
        cue = self.found[owner].cue[0].start
        is_clause = (
            before.outer.end <= cue < region.outer.start
            and len(between) <= _MAX_CLAUSE
            and between.rstrip()[-1:] in _PUNCTUATION
        )
        if between.strip() and not is_clause:
            return _NO_OWNER
        last = self._document.sentences[self._document.sentence_at(region.outer.start - 1)].start
        if last > cue and WORD.search(text, max(last, before.outer.end), region.outer.start):
            return _NO_OWNER  # there is a sentence in between
        # In the next paragraph, the quotation must be all of the paragraph.
        rest = text[region.outer.end : region.outer.end + _NEAR].partition("\n")[0]
        return _NO_OWNER if "\n" in between and WORD.search(rest) else owner
