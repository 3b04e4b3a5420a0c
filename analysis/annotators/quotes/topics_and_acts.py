"""Attributions without quoted words that report no statement: topics, acts and silence.

"They spoke about trade", "the council approved the bridge", "the mayor made no mention of the bridge". The groups and
their limits were chosen by precision in coded articles: of what the tagger finds in each, readers coded a quarter or
less. Groups in which readers disagree are kept, such as "declined to comment" and "the claim that".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.dependency_tree import VERBAL
from analysis.annotators.parsing.document import Attribution, Document, Span, Token
from analysis.annotators.parsing.quotation_marks import DOUBLE_MARKS, quotations
from analysis.annotators.parsing.token_index import token_index
from analysis.annotators.quotes.cues import cue_entry, cue_lemma

# Scores below which a noun phrase is no statement:
_TOPIC = 0.8  # after "about" or another preposition of topics, "spoke about trade"
_UNLISTED = 0.7  # after a verb that is no cue, "charted a course"
_NEUTRAL = 0.5  # after a neutral cue, "identified his cousin"


def is_topic_or_act(document: Document, attribution: Attribution) -> bool:
    """Return whether an attribution names a topic, an act or silence, and neither a statement nor quoted words.

    Parameters
    ----------
    document : Document
    attribution : Attribution
        With a cue.
    """
    lemma = cue_lemma(document, attribution.cue)
    if lemma is None or _is_quoted(document, attribution.content):
        return False
    if lemma in words("not_reported", "verbs_of_topics_and_acts"):
        return True
    return _is_noun_phrase(document, attribution.content) and any(
        test(document, attribution, lemma) for test in _TESTS_OF_NOUN_PHRASES
    )


def _is_topic(document: Document, attribution: Attribution, lemma: str) -> bool:
    """Whether a noun phrase is what somebody speaks about or answers: "responded to a request for comment"."""
    if lemma in words("not_reported", "verbs_of_answers"):
        return True
    if not attribution.source and lemma in words("sources", "questions"):
        return True
    (*_, last) = _words_of(document, attribution.cue)
    return (
        attribution.score < _TOPIC
        and last in words("not_reported", "before_a_topic")
        and _takes_no_stance(lemma)
    )


def _is_silence(document: Document, attribution: Attribution, lemma: str) -> bool:
    """Whether a verb of telling is negated: "made no mention of the bridge"."""
    return lemma in words("not_reported", "verbs_of_telling") and not words(
        "negation", "of_a_verb"
    ).isdisjoint(_words_of(document, attribution.cue))


def _is_act(document: Document, attribution: Attribution, lemma: str) -> bool:
    """Whether a noun phrase is what somebody acts on, unless the tagger is certain that it is more."""
    if lemma in words("not_reported", "verbs_of_acts_on_things"):
        return True
    if cue_entry(lemma) is None:
        # An auxiliary or a noun alone is often what is left of a cue that was cut off.
        has_verb = any(token.pos == "VERB" for token in _tokens(document, attribution.cue))
        return has_verb and attribution.score < _UNLISTED
    is_label = lemma in words("not_reported", "labels")
    return attribution.score < _NEUTRAL and _takes_no_stance(lemma) and not is_label


def _is_shown(document: Document, attribution: Attribution, lemma: str) -> bool:
    """Whether a picture shows something: "a photo shows the bridge"."""
    return lemma in words("not_reported", "verbs_of_pictures") and any(
        token.lemma.casefold() in words("not_reported", "pictures")
        for token in _tokens(document, attribution.source)
    )


_TESTS_OF_NOUN_PHRASES: tuple[Callable[[Document, Attribution, str], bool], ...] = (
    _is_topic,
    _is_silence,
    _is_act,
    _is_shown,
)


def _takes_no_stance(lemma: str) -> bool:
    """Whether a cue is neutral or not listed: "spoke about trade", but not "complained about trade"."""
    entry = cue_entry(lemma)
    return entry is None or entry.cue_class == "neutral"


def _is_quoted(document: Document, content: Sequence[Span]) -> bool:
    """Whether any words of a content are in quotation marks."""
    return any(
        quotations(document).at(span.start) is not None
        or not DOUBLE_MARKS.isdisjoint(document.text[slice(*span)])
        for span in content
    )


def _is_noun_phrase(document: Document, content: Sequence[Span]) -> bool:
    """Whether the words of a content depend on no verb in it: "the bridge that fell", but not "it fell"."""
    numbers = {number for span in content for number in token_index(document).inside(*span)}
    return all(
        token.pos not in VERBAL
        for number in numbers
        if (token := document.tokens[number]).head not in numbers or token.head == number
    )


def _tokens(document: Document, spans: Sequence[Span]) -> list[Token]:
    index = token_index(document)
    return [document.tokens[number] for span in spans for number in index.inside(*span)]


def _words_of(document: Document, spans: Sequence[Span]) -> list[str]:
    text = document.text
    return [text[token.start : token.end].casefold() for token in _tokens(document, spans)] or [""]
