"""Who says a quoted stretch, where the words beside its marks tell: `"...," she said` or `She said: "..."`."""

from __future__ import annotations

from analysis.annotate.cues import cue_entries, listed_verb
from analysis.annotate.document import Attribution, Span
from analysis.annotate.quotation_marks import QuotedRegion
from analysis.annotate.syntax import Syntax

_REACH = 14  # tokens from the quotation mark to the cue
_NAMES = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
_STOPS = frozenset(".!?;\n")


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
    found = _after(syntax, region) or _before(syntax, region)
    if found is None:
        return None
    source, cue = found
    return Attribution(region.spans, (source,), (cue,), score=0.9)


def _after(syntax: Syntax, region: QuotedRegion) -> tuple[Span, Span] | None:
    """`"...," she said`: the quotation ends in a comma, question or exclamation mark, or one follows it."""
    text = syntax.document.text
    if not (text[region.end - 1] in ",?!—–-…" or text[region.outer.end : region.outer.end + 1] == ","):
        return None
    first = syntax.first_from(region.outer.end)
    for number in range(first, min(first + _REACH, len(syntax.tokens))):
        token = syntax.tokens[number]
        if any(char in _STOPS for char in text[token.start : token.end]) or _is_quote_mark(text, token.start):
            return None
        if _is_cue(syntax, number):
            source = syntax.source(number) or _neighbour(syntax, first, number)
            if source is None or source.start < region.outer.end:
                source = _neighbour(syntax, first, number)
            return (source, syntax.verb_group(number)) if source else None
    return None


def _before(syntax: Syntax, region: QuotedRegion) -> tuple[Span, Span] | None:
    """`She said: "..."`: the cue stands before the quotation, with at most an object or "that" in between."""
    text = syntax.document.text
    last = syntax.first_from(region.outer.start) - 1
    colon = text[max(0, region.outer.start - 3) : region.outer.start].rstrip().endswith(":")
    for number in range(last, max(last - _REACH, -1), -1):
        token = syntax.tokens[number]
        if any(char in _STOPS for char in text[token.start : token.end]) or _is_quote_mark(text, token.start):
            return None
        if _is_cue(syntax, number) or (colon and token.pos == "VERB"):
            source = syntax.source(number)
            return (
                (source, syntax.verb_group(number)) if source and source.end <= region.outer.start else None
            )
    return None


def _is_cue(syntax: Syntax, number: int) -> bool:
    token = syntax.tokens[number]
    lemma = listed_verb(syntax.document, token)
    return lemma is not None and cue_entries("verbs")[lemma].act != "intent" and token.tag != "VB"


def _is_quote_mark(text: str, offset: int) -> bool:
    return text[offset] in '"“”„«»'


def _neighbour(syntax: Syntax, first: int, cue: int) -> Span | None:
    """The name between quotation and cue, or right after the cue ("said Anna Weber, ...")."""
    before = [n for n in range(first, cue) if syntax.tokens[n].pos in _NAMES]
    if before:
        return syntax.span(before[0], before[-1])
    last = cue
    while last + 1 < len(syntax.tokens) and syntax.tokens[last + 1].pos in _NAMES:
        last += 1
    return syntax.span(cue + 1, last) if last > cue else None
