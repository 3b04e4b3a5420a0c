"""Cues: the words that attribute something to a source, and how the outlet presents it with them.

The class of a cue says how the outlet presents what it attributes:

==========  ==============================================================================  ==========
class       the outlet ...                                                                  example
==========  ==============================================================================  ==========
neutral     reports words without comment                                                   said
asserting   presents a claim as forceful or as fact                                         insisted
doubting    distances itself from the truth of a claim                                      alleged
approving   presents praise or agreement                                                    praised
directive   presents an attempt to make others act                                          urged
belief      presents a state of mind: a thought, feeling, wish or plan                      thinks
==========  ==============================================================================  ==========

The classes follow the literature on reporting verbs [1]_ to [6]_; the lists are our own.

References
----------
.. [1] Thompson, G., Ye, Y. (1991). Evaluation in the reporting verbs used in academic papers.
   Applied Linguistics 12(4), 365-382.
.. [2] Caldas-Coulthard, C. R. (1994). On reporting reporting: the representation of speech in factual and
   factional narratives. In: Coulthard (ed.), Advances in Written Text Analysis, 295-308.
.. [3] Bergler, S. (1992). Evidential Analysis of Reported Speech. PhD thesis, Brandeis University.
.. [4] Hyland, K. (2002). Activity and evaluation: reporting practices in academic writing. In: Flowerdew (ed.),
   Academic Discourse, 115-130.
.. [5] Searle, J. R. (1976). A classification of illocutionary acts. Language in Society 5(1), 1-23.
.. [6] Pareti, S. (2015). Attribution: a computational approach. PhD thesis, University of Edinburgh.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analysis.annotators.lexicon import lexicon, words
from analysis.annotators.parsing.document import Document, Span, Token
from analysis.schemas import CUE_CLASSES

_HEADLINE_TAGS = frozenset({"NNP", "NNPS", "VBZ", "VBD", "VBN", "VBG"})


class CueEntry(NamedTuple):
    """Class and act of a listed cue."""

    cue_class: str
    act: str


@cache
def cue_entries(form: str) -> dict[str, CueEntry]:
    """Return the listed cues of one form by lemma.

    Parameters
    ----------
    form : {"verbs", "nouns", "phrases"}

    Returns
    -------
    dict of str to CueEntry
    """
    return {
        lemma: CueEntry(cue_class, act)
        for cue_class in CUE_CLASSES
        for act, forms in lexicon("cues")[cue_class].items()
        for lemma in forms.get(form, ())
    }


@cache
def document_sources() -> frozenset[str]:
    """Return the nouns that, as a source, are a document and not a person: "report", "survey"."""
    return words("cues", "document_sources")


def cue_entry(lemma: str) -> CueEntry | None:
    """Return class and act of a cue lemma, as `cue_lemma` returns it; None for a cue that is not listed."""
    for form in ("verbs", "phrases", "nouns"):
        if entry := cue_entries(form).get(lemma):
            return entry
    return None


def listed_verb(document: Document, token: Token) -> str | None:
    """Return the lemma of a listed verb. In headlines, verbs that are tagged as names ("Slams") count too."""
    listed = cue_entries("verbs")
    lemma = token.lemma.casefold()
    if token.pos in ("VERB", "AUX"):
        return lemma if lemma in listed else None
    word = document.text[token.start : token.end].casefold()
    if token.tag not in _HEADLINE_TAGS:
        return None
    endings = lexicon("cues")["verb_endings"].items()
    if not any(ending and word.endswith(ending) for ending, _ in endings):
        return None
    stems = (
        word.removesuffix(ending) + stem_end
        for ending, stem_ends in endings
        if word.endswith(ending)
        for stem_end in stem_ends
    )
    return next((stem for stem in stems if stem in listed), None)


def attribution_act(document: Document, source: Sequence[Span], lemma: str | None) -> str:
    """Return what kind of act is attributed.

    Parameters
    ----------
    document : Document
    source : sequence of Span
    lemma : str or None
        Of the cue, as `cue_lemma` returns it.

    Returns
    -------
    {"speech", "belief", "intent", "document"}
        "document" where the source is a text or a set of figures. A cue that is not listed is speech.
    """
    if is_document(document, source):
        return "document"
    entry = cue_entry(lemma) if lemma else None
    if entry is None or (entry.act == "document" and source):
        return "speech"
    return entry.act


def is_document(document: Document, source: Sequence[Span]) -> bool:
    """Return whether a source is a text or a set of figures: "the report", "a survey"."""
    return any(_is_headed_by_document(document, span) for span in source)


def _is_headed_by_document(document: Document, span: Span) -> bool:
    """Whether a head of a noun phrase is a document; a partly misparsed phrase can have several heads."""
    tokens = document.tokens
    first, last = _token_range(document, span)
    heads = [n for n in range(first, last) if not first <= tokens[n].head < last or tokens[n].head == n]
    return any(
        tokens[head].lemma.casefold() in document_sources() for head in heads if tokens[head].pos != "VERB"
    )


def cue_lemma(document: Document, cue: Sequence[Span]) -> str | None:
    """Return the lemma of the word or phrase that carries the meaning of a cue.

    In this order: the first listed verb that is not a light verb, with its particle ("point out"); a listed phrase
    ("according to"); a listed noun ("gave a warning"); a light verb; the first verb; the last word.

    Parameters
    ----------
    document : Document
    cue : sequence of Span

    Returns
    -------
    str or None
        Lower case; None for an attribution without cue.
    """
    tokens = [token for span in cue for token in _tokens(document, span)]
    if not tokens:
        return " ".join(document.text[span.start : span.end] for span in cue).strip().casefold() or None
    verbs = [(place, lemma) for place, token in enumerate(tokens) if (lemma := listed_verb(document, token))]
    heavy = next(
        ((place, lemma) for place, lemma in verbs if lemma not in words("cues", "light_verbs")), None
    )
    if heavy is not None:
        return _phrase(document, tokens[heavy[0] :], start_only=True) or heavy[1]
    if phrase := _phrase(document, tokens, start_only=False):
        return phrase
    nouns = [token.lemma.casefold() for token in tokens if token.lemma.casefold() in cue_entries("nouns")]
    unlisted = [token.lemma.casefold() for token in tokens if token.pos == "VERB"]
    candidates = [*nouns, *(lemma for _, lemma in verbs), *unlisted, tokens[-1].lemma.casefold()]
    return candidates[0].strip() or None


def _tokens(document: Document, span: Span) -> Sequence[Token]:
    first, last = _token_range(document, span)
    return [token for token in document.tokens[first:last] if token.pos != "SPACE"]


def _token_range(document: Document, span: Span) -> tuple[int, int]:
    first = bisect_left(document.tokens, span.start, key=lambda token: token.end - 1)
    return first, bisect_left(document.tokens, span.end, key=lambda token: token.start)


def _phrase(document: Document, tokens: Sequence[Token], *, start_only: bool) -> str | None:
    """Return the longest listed phrase in the words or in their lemmas."""
    forms = " ".join(document.text[token.start : token.end].casefold() for token in tokens)
    lemmas = " ".join(token.lemma.casefold() for token in tokens)
    for phrase, pattern in _phrase_patterns():
        find = pattern.match if start_only else pattern.search
        if find(forms) or find(lemmas):
            return phrase
    return None


@cache
def _phrase_patterns() -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for phrase in sorted(cue_entries("phrases"), key=lambda item: (-len(item), item)):
        body = re.escape(phrase).replace(r"\ \.\.\.\ ", r" (?:\S+ ){1,4}")
        if phrase.startswith("be "):
            body = body.replace(r"be\ ", r"be (?:\S+ ){0,2}", 1)
        edge = r"\b" if phrase[0].isalnum() else ""
        patterns.append((phrase, re.compile(f"{edge}{body}{edge}")))
    return patterns
