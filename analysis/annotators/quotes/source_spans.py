"""Sources that the tagger cut off before their noun ("a" for "a guide in Isfahan"), made whole by the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from analysis.annotators.parsing.dependency_tree import DependencyTree, dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span

# Relations of a word to the noun that must follow it; a possessive ("his") may be a source of its own.
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "quantmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_REACH = 6  # words between a cut and its noun


def complete_sources(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each source that ends in front of its noun extended by the rest of the noun phrase.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        In the same order. Content and cue of an attribution are never taken into its source.
    """
    whole = []
    for attribution in attributions:
        if len(attribution.source) == 1 and (noun := _missing_noun(document, attribution.source[0])):
            attribution = _extended(dependency_tree(document), attribution, noun)
        whole.append(attribution)
    return whole


def _missing_noun(document: Document, source: Span) -> int | None:
    """Number of the noun that the last word of a source belongs to, where it comes after the source."""
    number = bisect_left(document.tokens, source.end, key=lambda token: token.start) - 1
    if number < 0 or document.tokens[number].end != source.end:
        return None
    for _ in range(_REACH):  # "the", "long", "serving" hang on one another, or on "minister"
        token = document.tokens[number]
        if token.head <= number or token.dep not in _BEFORE_NOUN:
            break
        number = token.head
    token = document.tokens[number]
    return number if token.start >= source.end and token.pos in _NOUNS else None


def _extended(tree: DependencyTree, attribution: Attribution, noun: int) -> Attribution:
    (source,) = attribution.source
    ahead = (*attribution.content, *attribution.cue)
    edge = min((span.start for span in ahead if span.start >= source.end), default=len(tree.document.text))
    last = tree.noun_phrase(noun).end
    if last > edge:
        last = tree.tokens[noun].end
    between = tree.document.text[source.end : last]
    if last > edge or "\n" in between:
        return attribution
    return replace(attribution, source=(Span(source.start, last),))
