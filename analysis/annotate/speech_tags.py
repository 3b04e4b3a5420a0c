"""Who says a quoted stretch, where the words beside its marks tell: `"...," she said` or `She said: "..."`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from analysis.annotate.cues import cue_entries, listed_verb
from analysis.annotate.document import Attribution, Span
from analysis.annotate.quotation_marks import QuotedRegion
from analysis.annotate.syntax import Syntax

_REACH = 20  # tokens from the quotation mark to the cue
_GAP = 6  # characters of white space between a colon and the quotation
_NAMES = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
_STOPS = frozenset({".", "!", "?", ";", "..."})
_MARKS = frozenset('"“”„«»')
_FINITE = frozenset({"VBD", "VBZ", "VBP"})

CueTest = Callable[[Syntax, int], bool]


def speech_tag(syntax: Syntax, region: QuotedRegion) -> Attribution | None:
    """The attribution of a quoted stretch by the cue next to it.

    Parameters
    ----------
    syntax : Syntax
    region : QuotedRegion

    Returns
    -------
    Attribution or None
        None where no listed verb with a subject stands next to the stretch.
    """
    found = _after(syntax, region, _is_cue) or _before(syntax, region, _is_cue)
    if found is None and region.depth == 0:  # beside a comma or a colon any verb may be a cue
        found = _after(syntax, region, _is_finite)
        if found is None and _after_colon(syntax, region):
            found = _before(syntax, region, _is_finite)
    if found is None:
        return None
    source, cue = found
    return Attribution(region.spans, (source,), (cue,), score=0.9)


def _after(syntax: Syntax, region: QuotedRegion, is_cue: CueTest) -> tuple[Span, Span] | None:
    """`"...," she said`: the quotation ends in a comma, question or exclamation mark, or one follows it."""
    text = syntax.document.text
    if not (text[region.end - 1] in ",?!—–-…" or text[region.outer.end : region.outer.end + 1] == ","):
        return None
    first = syntax.first_from(region.outer.end)
    reach = _until_stop(syntax, range(first, min(first + _REACH, len(syntax.tokens))))
    for number in (n for n in reach if is_cue(syntax, n)):
        source = syntax.source(number)
        if source is None or source.start < region.outer.end:
            source = _neighbour(syntax, first, number)
        return (source, syntax.verb_group(number)) if source else None
    return None


def _before(syntax: Syntax, region: QuotedRegion, is_cue: CueTest) -> tuple[Span, Span] | None:
    """`She said: "..."`: the cue stands before the quotation, in the same sentence."""
    last = syntax.first_from(region.outer.start) - 1
    if _after_colon(syntax, region):  # the quotation may be the next paragraph
        while syntax.tokens[last].pos == "SPACE":
            last -= 1
    reach = _until_stop(syntax, range(last, max(last - _REACH, -1), -1))
    for number in (n for n in reach if is_cue(syntax, n)):
        source = syntax.source(number)
        if source is None or source.end > region.outer.start:
            source = _name_before(syntax, number)
        return (source, syntax.verb_group(number)) if source else None
    return None


def _after_colon(syntax: Syntax, region: QuotedRegion) -> bool:
    before = syntax.document.text[max(0, region.outer.start - _GAP) : region.outer.start]
    return before.rstrip().endswith(":")


def _until_stop(syntax: Syntax, numbers: Iterable[int]) -> Iterator[int]:
    """Tokens up to the end of the sentence or the next quotation mark."""
    for number in numbers:
        text = syntax.text(number)
        if text in _STOPS or "\n" in text or text[0] in _MARKS:
            return
        yield number


def _is_cue(syntax: Syntax, number: int) -> bool:
    token = syntax.tokens[number]
    lemma = listed_verb(syntax.document, token)
    return lemma is not None and cue_entries("verbs")[lemma].act != "intent" and token.tag != "VB"


def _is_finite(syntax: Syntax, number: int) -> bool:
    return syntax.tokens[number].tag in _FINITE


def _neighbour(syntax: Syntax, first: int, cue: int) -> Span | None:
    """The name between quotation and cue, or right after the cue ("said Anna Weber, ...")."""
    before = [n for n in range(first, cue) if syntax.tokens[n].pos in _NAMES]
    if before:
        return syntax.span(before[0], before[-1])
    last = cue
    while last + 1 < len(syntax.tokens) and syntax.tokens[last + 1].pos in _NAMES:
        last += 1
    return syntax.span(cue + 1, last) if last > cue else None


def _name_before(syntax: Syntax, cue: int) -> Span | None:
    """The noun phrase that ends right before the cue, where the parse gives the cue no subject."""
    first = cue
    while first > 0 and syntax.tokens[first - 1].pos in _NAMES | {"ADP", "PART"}:
        first -= 1
    named = any(syntax.tokens[n].pos in ("PROPN", "NOUN", "PRON") for n in range(first, cue))
    return syntax.span(first, cue - 1) if named else None
