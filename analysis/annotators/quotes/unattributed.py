"""What the quotation marks of a text prove beyond the attributions that were found."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import QuotedRegion
from analysis.annotators.quotes.reporting_clauses import nested_reporting_clause, reporting_clause
from analysis.annotators.quotes.span_cleanup import is_quote
from analysis.corpus import WORD

_NOBODY = -1
_NEAR = 60  # characters around a stretch in which a content may end, or its paragraph
_MAX_GAP = 1  # words between a content and the stretch that belongs to it
_STOPS = frozenset(".,;:!?…—–-")
_MAX_TAG = 200  # characters between two parts of one quote


def add_unattributed(
    document: Document, regions: Sequence[QuotedRegion], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions and what the quotation marks prove beyond them.

    Every quoted stretch of four or more words, other than a title, comes back whole. One that the
    attributions claim by half goes to the last of them; what a stretch attributes itself ("I said that ...")
    does not count. Any other one is added: with the source and cue next to it; else to the content that ends
    right before it in its sentence, or to the quotation that it carries on (`"...," she said. "..."`, also in
    the next paragraph); else without source. The paragraphs of one quotation go together. Quotes within
    quotes are added where the words around them name a speaker.

    Parameters
    ----------
    document : Document
    regions : sequence of QuotedRegion
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
    """
    claims = _Claims(document, attributions)
    before: QuotedRegion | None = None  # the outermost region before this one
    for region in regions:
        if (region.depth or claims.owner(region) == _NOBODY) and is_quote(document.text, region):
            tree = dependency_tree(document)
            if region.depth == 0:
                claims.settle(region, reporting_clause(tree, region), before)
            elif before is not None and (tag := nested_reporting_clause(tree, region, before)) is not None:
                claims.found.append(tag)
        if region.depth == 0:
            before = region
            claims.complete(region)
    return claims.found


class _Claims:
    """The attributions so far, and which of them claims each character."""

    def __init__(self, document: Document, attributions: Sequence[Attribution]) -> None:
        self.found: list[Attribution] = []
        self._document = document
        self._owners = array("l", [_NOBODY]) * len(document.text)
        self._by_cue: dict[int, int] = {}
        for attribution in attributions:
            self._add(attribution)

    def owner(self, region: QuotedRegion) -> int:
        """Who claims the last of a stretch's claimed words, if half of the words are claimed.

        What the stretch itself attributes ("I said that ...") does not claim it.
        """
        words = [m.start() for span in region.spans for m in WORD.finditer(self._document.text, *span)]
        owners = [self._owners[word] for word in words if self._owners[word] != _NOBODY]
        inside = {owner for owner in set(owners) if self._speaks_inside(owner, region)}
        owners = [owner for owner in owners if owner not in inside]
        return owners[-1] if owners and len(owners) * 2 >= len(words) else _NOBODY

    def _speaks_inside(self, owner: int, region: QuotedRegion) -> bool:
        """Whether the cue of an attribution stands within a stretch, which is then somebody else's words."""
        cue = self.found[owner].cue
        return bool(cue) and all(region.start <= span.start < region.end for span in cue)

    def complete(self, region: QuotedRegion) -> None:
        """Give all of a quotation, with all its paragraphs, to whoever claims most of it."""
        if (owner := self.owner(region)) == _NOBODY:
            return
        found = self.found[owner]
        told = {place for span in (*found.source, *found.cue) for place in range(*span)}
        free = [rest for span in region.spans for rest in self._unclaimed(span, told)]
        if free:
            self.found[owner] = replace(found, content=(*found.content, *free))
            self._claim(owner, free)

    def _unclaimed(self, span: Span, told: Collection[int]) -> Iterator[Span]:
        """The runs of words of a span that nobody claims and that tell nobody's name or cue."""
        words = [Span(*match.span()) for match in WORD.finditer(self._document.text, *span)]
        for free, run in groupby(
            words, key=lambda word: self._owners[word.start] == _NOBODY and word.start not in told
        ):
            if free:
                first, *rest = run
                yield Span(first.start, rest[-1].end if rest else first.end)

    def settle(self, region: QuotedRegion, tag: Attribution | None, before: QuotedRegion | None) -> None:
        """Give an unclaimed stretch to the attribution that it belongs to, or to one of its own."""
        spans = region.spans
        if tag is not None:  # the other part of a split quotation may hold the cue already
            owner = self._by_cue.get(tag.cue[0].start, _NOBODY)
        else:
            owner, start = self._content_before(region)
            spans = (Span(start, spans[0].end), *spans[1:])
            if owner == _NOBODY and before is not None:
                owner = self._carried_on(before, region)
        told = () if owner == _NOBODY else (*self.found[owner].source, *self.found[owner].cue)
        if owner == _NOBODY or any(region.start <= span.start < region.end for span in told):
            self._add(tag or Attribution(region.spans, score=0.0))
        else:
            self.found[owner] = replace(self.found[owner], content=(*self.found[owner].content, *spans))
            self._claim(owner, spans)

    def _add(self, attribution: Attribution) -> None:
        self._claim(len(self.found), attribution.content)
        if attribution.cue:
            self._by_cue[attribution.cue[0].start] = len(self.found)
        self.found.append(attribution)

    def _claim(self, number: int, spans: Sequence[Span]) -> None:
        for start, end in spans:
            self._owners[start:end] = array("l", [number]) * (end - start)

    def _content_before(self, region: QuotedRegion) -> tuple[int, int]:
        """Whose content ends right before a stretch, and where: `called the deal "a gift to ..."`."""
        document = self._document
        sentence = document.sentences[document.sentence_at(region.outer.start)]
        start = max(region.outer.start - _NEAR, sentence.start)
        words = [match.span() for match in WORD.finditer(document.text, start, region.outer.start)]
        for first, end in reversed(words[-_MAX_GAP - 1 :]):
            owner = self._owners[first]
            if owner != _NOBODY and self.found[owner].cue:
                return owner, end
        return _NOBODY, region.start

    def _carried_on(self, before: QuotedRegion, region: QuotedRegion) -> int:
        """Whose quotation goes on with a stretch: nothing but source and cue stand between the two."""
        text, owner = self._document.text, self.owner(before)
        if owner == _NOBODY or not self.found[owner].cue:
            return _NOBODY
        between = text[before.outer.end : region.outer.start]
        cue = self.found[owner].cue[0].start
        tagged = before.outer.end <= cue < region.outer.start
        if between.strip() and not (tagged and len(between) <= _MAX_TAG and between.rstrip()[-1] in _STOPS):
            return _NOBODY
        last = self._document.sentences[self._document.sentence_at(region.outer.start - 1)].start
        if last > cue and WORD.search(text, max(last, before.outer.end), region.outer.start):
            return _NOBODY  # a sentence stands in between
        # Beyond the paragraph only a quotation counts that is a paragraph of its own.
        rest = text[region.outer.end : region.outer.end + _NEAR].partition("\n")[0]
        return _NOBODY if "\n" in between and WORD.search(rest) else owner
