"""Sentences that a reporting clause interrupts: "The bridge, she said, is safe" is one content in two parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import GLYPHS

_MAX_CLAUSE = 80  # characters of source and cue together
_COMMA_BEFORE = re.compile(r",\s+\Z")
_COMMA_AFTER = re.compile(r"\s*,\s+")
_QUOTATION_MARK = re.compile(f"[{GLYPHS}]")
_WORD = re.compile(r"\w+")


def complete_sentences(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Add the other part of a sentence to contents that end or begin at a reporting clause between two commas.

    Only sentences without quotation marks are completed, and only with words that belong to no other attribution.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        In the same order.
    """
    return [_completed(document, attribution, attributions) for attribution in attributions]


def _completed(document: Document, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    parts = _parts(document, attribution)
    if parts is None:
        return attribution
    covered = [any(a < part.end and part.start < b for a, b in attribution.content) for part in parts]
    if all(covered) or not any(covered):
        return attribution
    missing = parts[covered.index(False)]
    if _is_aside(document, missing, is_first=not covered[0]) or any(
        a < missing.end and missing.start < b
        for other in others
        if other is not attribution
        for a, b in (*other.content, *other.source, *other.cue)
    ):
        return attribution
    return replace(attribution, content=tuple(sorted((*attribution.content, missing))))


def _parts(document: Document, attribution: Attribution) -> tuple[Span, Span] | None:
    """Return what stands before and after a reporting clause in its sentence."""
    if len(attribution.source) != 1 or len(attribution.cue) != 1:
        return None
    edges = (*attribution.source[0], *attribution.cue[0])
    start, end = min(edges), max(edges)
    sentence = document.sentences[document.sentence_at(start)]
    text = document.text
    before = _COMMA_BEFORE.search(text, sentence.start, start)
    after = _COMMA_AFTER.match(text, end, sentence.end)
    if (
        before is None
        or after is None
        or end - start > _MAX_CLAUSE
        or "," in text[start:end]
        or _QUOTATION_MARK.search(text, *sentence)
        or "\n" in text[slice(*sentence)].strip()
    ):
        return None
    last = sentence.start + len(text[slice(*sentence)].rstrip(" .!?\n"))
    return (Span(sentence.start, before.start()), Span(after.end(), last)) if after.end() < last else None


def _is_aside(document: Document, part: Span, *, is_first: bool) -> bool:
    """Whether a part is not what was said.

    A first part is one word ("Instead, ...") or ends with a relative pronoun ("the bridge, which, ..."). A second
    part describes the reporting ("..., adding that it rained").
    """
    if is_first:
        found = _WORD.findall(document.text, *part)
        return len(found) < 2 or found[-1].casefold() in words("clauses", "relative_pronouns")
    tree = dependency_tree(document)
    first = tree.first_from(part.start)
    return (
        first >= len(tree.tokens)
        or tree.tokens[first].tag == "VBG"
        or tree.text(first) in words("reporting_clauses", "describes_the_reporting")
    )
