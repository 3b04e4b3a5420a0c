"""Reporting clauses next to a quotation: `"...," she said`, `She said: "..."`, `"..." - Anna Weber`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.dependency_tree import DependencyTree
from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.parsing.quotation_marks import DOUBLE_MARKS, QuotedRegion
from analysis.annotators.quotes.cues import cue_entries, listed_verb

_SCORE = 0.9
_MAX_DISTANCE = 20  # tokens from the quotation mark to the cue
_MAX_BLANKS = 6  # characters of white space between a colon and the quotation
_NOUN_PHRASE = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
_SENTENCE_ENDS = frozenset({".", "!", "?", ";", "..."})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})

_SIGNATURE = re.compile(
    r"\s{0,4}([―—–-]{1,2})\s{0,2}((?:[A-Z][\w.’'-]*)(?: [\w.’'-]+){1,4})(?=[^\S\n]*(?:[.,(\n]|\Z))"
)
_LABEL = re.compile(
    rf"(?:{alternation('reporting_clauses', 'before_a_label')} )?"
    r"((?:[A-Z][\w.’'-]*)(?:,? [\w.’'-]+){0,5})(:)[^\S\n]*"
)

CueTest = Callable[[DependencyTree, int], bool]


def reporting_clause(tree: DependencyTree, region: QuotedRegion) -> Attribution | None:
    """Attribute a quotation by the words next to it.

    Parameters
    ----------
    tree : DependencyTree
    region : QuotedRegion
        An outermost one; see `nested_reporting_clause` for quotations within quotations.

    Returns
    -------
    Attribution or None
        None where there is neither a cue with a source, nor a signature (a dash and a name), nor a label (a name and
        a colon) next to the quotation.
    """
    found = _after(tree, region, _is_cue) or _before(tree, region, _is_cue)
    if found is None:  # next to a comma or colon any verb can be a cue
        found = _after(tree, region, _is_finite)
    if found is None and _after_colon(tree, region):
        found = _before(tree, region, _is_finite)
    text = tree.document.text
    return _attribution(region, found or _signed(text, region) or _labelled(text, region))


def nested_reporting_clause(
    tree: DependencyTree, region: QuotedRegion, around: QuotedRegion
) -> Attribution | None:
    """Attribute a quotation within a quotation by a cue in the outer one.

    Returns None where the source is nobody in particular ("you say ...", "people say ...").
    """
    found = _after(tree, region, _is_cue) or _before(tree, region, _is_cue)
    if found is None or not all(around.start <= span.start < span.end <= around.end for span in found):
        return None
    source, _ = found
    name = tree.document.text[source.start : source.end].casefold()
    return None if name in words("reporting_clauses", "nobody_in_particular") else _attribution(region, found)


def _attribution(region: QuotedRegion, found: tuple[Span, Span] | None) -> Attribution | None:
    return None if found is None else Attribution(region.spans, found[:1], found[1:], score=_SCORE)


def _signed(text: str, region: QuotedRegion) -> tuple[Span, Span] | None:
    """`"..." - Anna Weber`, on the same line or the next."""
    signature = _SIGNATURE.match(text, region.outer.end)
    return None if signature is None else (Span(*signature.span(2)), Span(*signature.span(1)))


def _labelled(text: str, region: QuotedRegion) -> tuple[Span, Span] | None:
    """`Anna Weber: "..."` or `From Anna Weber: "..."`, at the beginning of a line."""
    start = text.rfind("\n", 0, region.outer.start) + 1
    label = _LABEL.fullmatch(text, start, region.outer.start)
    return None if label is None else (Span(*label.span(1)), Span(*label.span(2)))


def _after(tree: DependencyTree, region: QuotedRegion, is_cue: CueTest) -> tuple[Span, Span] | None:
    """`"...," she said`: the quotation ends in a comma, dash, question or exclamation mark, or a comma follows."""
    text = tree.document.text
    if not (text[region.end - 1] in ",?!—–-…" or text[region.outer.end : region.outer.end + 1] == ","):
        return None
    first = tree.first_from(region.outer.end)
    if first < len(tree.tokens) and tree.tokens[first].pos == "CCONJ":
        return None  # `he shouted "...," and slammed the door`
    reach = _until_stop(tree, range(first, min(first + _MAX_DISTANCE, len(tree.tokens))))
    for number in (n for n in reach if is_cue(tree, n)):
        source = tree.source(number)
        if source is None or source.start < region.outer.end:
            source = _name_beside(tree, first, number)
        return (source, tree.verb_group(number)) if source else None
    return None


def _before(tree: DependencyTree, region: QuotedRegion, is_cue: CueTest) -> tuple[Span, Span] | None:
    """`She said: "..."`: the cue precedes the quotation in the same sentence."""
    last = tree.first_from(region.outer.start) - 1
    if _after_colon(tree, region):  # the quotation can be the next paragraph
        while tree.tokens[last].pos == "SPACE":
            last -= 1
    reach = _until_stop(tree, range(last, max(last - _MAX_DISTANCE, -1), -1))
    for number in (n for n in reach if is_cue(tree, n)):
        source = tree.source(number)
        if source is None or source.end > region.outer.start:
            source = _name_before(tree, number)
        return (source, tree.verb_group(number)) if source else None
    return None


def _after_colon(tree: DependencyTree, region: QuotedRegion) -> bool:
    before = tree.document.text[max(0, region.outer.start - _MAX_BLANKS) : region.outer.start]
    return before.rstrip().endswith(":")


def _until_stop(tree: DependencyTree, numbers: Iterable[int]) -> Iterator[int]:
    """Yield tokens up to the end of the sentence or the next quotation mark."""
    for number in numbers:
        text = tree.text(number)
        if text in _SENTENCE_ENDS or "\n" in text or text[0] in DOUBLE_MARKS:
            return
        yield number


def _is_cue(tree: DependencyTree, number: int) -> bool:
    token = tree.tokens[number]
    lemma = listed_verb(tree.document, token)
    return lemma is not None and cue_entries("verbs")[lemma].act != "intent" and token.tag != "VB"


def _is_finite(tree: DependencyTree, number: int) -> bool:
    return tree.tokens[number].tag in _FINITE_TAGS


def _name_beside(tree: DependencyTree, first: int, cue: int) -> Span | None:
    """Return the name between quotation and cue, or right after the cue ("said Anna Weber, ...")."""
    before = [n for n in range(first, cue) if tree.tokens[n].pos in _NOUN_PHRASE]
    if before:
        return tree.span(before[0], before[-1])
    last = cue
    while last + 1 < len(tree.tokens) and tree.tokens[last + 1].pos in _NOUN_PHRASE:
        last += 1
    return tree.span(cue + 1, last) if last > cue else None


def _name_before(tree: DependencyTree, cue: int) -> Span | None:
    """Return the noun phrase that ends right before the cue, for a cue without a subject in the parse."""
    first = cue
    while first > 0 and tree.tokens[first - 1].pos in _NOUN_PHRASE | {"ADP", "PART"}:
        first -= 1
    named = any(tree.tokens[n].pos in ("PROPN", "NOUN", "PRON") for n in range(first, cue))
    return tree.span(first, cue - 1) if named else None
