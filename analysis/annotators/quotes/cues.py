"""Cues: the words by which a text attributes something to somebody, and how they present it.

The class of a cue tells how the outlet presents what it attributes:

==========  ==============================================================================  ==========
class       the outlet ...                                                                  example
==========  ==============================================================================  ==========
neutral     passes the words on                                                             said
asserting   presents them as a position taken with force, or as established                 insisted
doubting    keeps its distance from their truth                                             alleged
approving   presents them as praise or agreement                                            praised
directive   presents them as an attempt to make somebody act                                urged
belief      presents a state of mind: a thought, feeling, wish or plan                      thinks
==========  ==============================================================================  ==========

The grouping follows the classic accounts of reporting verbs; the lists are our own.

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

from analysis.annotators.lexicon import lexicon
from analysis.annotators.parsing.document import Document, Span, Token
from analysis.schemas import CUE_CLASSES

# Verbs that leave the meaning to the word after them: "gave a warning", "went on to insist".
_LIGHT = frozenset(
    {
        "appear",
        "be",
        "continue",
        "do",
        "get",
        "give",
        "go",
        "have",
        "issue",
        "make",
        "offer",
        "put",
        "release",
    }
    | {"seem", "send", "take"}
)
_HEADLINE_TAGS = frozenset({"NNP", "NNPS", "VBZ", "VBD", "VBN", "VBG"})
_ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


class CueEntry(NamedTuple):
    """What the list says of a cue."""

    cue_class: str
    act: str


@cache
def cue_entries(form: str) -> dict[str, CueEntry]:
    """The cues of one form by lemma.

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
    """Nouns that name a text or a set of figures: as a source they are documents, not people."""
    return frozenset(lexicon("cues")["document_sources"])


def cue_entry(lemma: str) -> CueEntry | None:
    """Class and act of a cue lemma as `cue_lemma` returns it; nothing for a cue that is not in the list."""
    for form in ("verbs", "phrases", "nouns"):
        if entry := cue_entries(form).get(lemma):
            return entry
    return None


def listed_verb(document: Document, token: Token) -> str | None:
    """The lemma of a verb that stands in the list; in headlines the tagger takes "Slams" for a name."""
    listed = cue_entries("verbs")
    lemma = token.lemma.casefold()
    if token.pos in ("VERB", "AUX"):
        return lemma if lemma in listed else None
    word = document.text[token.start : token.end].casefold()
    if token.tag not in _HEADLINE_TAGS or not word.endswith(("s", "ed", "ing")):
        return None
    stems = (word.removesuffix(cut) + add for cut, add in _ENDINGS if word.endswith(cut))
    return next((stem for stem in stems if stem in listed), None)


def attribution_act(document: Document, source: Sequence[Span], lemma: str | None) -> str:
    """What the source does: a text or figures document; people speak, believe or intend.

    Parameters
    ----------
    document : Document
    source : sequence of Span
    lemma : str or None
        The cue, as `cue_lemma` gives it.

    Returns
    -------
    {"speech", "belief", "intent", "document"}
    """
    if any(_is_document(document, span) for span in source):
        return "document"
    entry = cue_entry(lemma) if lemma else None
    if entry is None or (entry.act == "document" and source):
        return "speech"
    return entry.act


def _is_document(document: Document, span: Span) -> bool:
    """Whether the head of a noun phrase is a document; the tagger takes part of "the Post report" for a name."""
    tokens = document.tokens
    first, last = _token_range(document, span)
    heads = [n for n in range(first, last) if not first <= tokens[n].head < last or tokens[n].head == n]
    return any(
        tokens[head].lemma.casefold() in document_sources() for head in heads if tokens[head].pos != "VERB"
    )


def cue_lemma(document: Document, cue: Sequence[Span]) -> str | None:
    """The word or phrase that gives a cue its meaning, as a lemma.

    The first listed verb that is not a light one counts, with its particle ("point out"); then a listed phrase
    ("according to"), a light verb's noun ("gave a warning"), the light verb itself, and for a cue without any
    listed word its first verb, else its last word.

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
    heavy = next(((place, lemma) for place, lemma in verbs if lemma not in _LIGHT), None)
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
    """The listed phrase in the words or in their lemmas, the longest first."""
    words = " ".join(document.text[token.start : token.end].casefold() for token in tokens)
    lemmas = " ".join(token.lemma.casefold() for token in tokens)
    for phrase, pattern in _phrase_patterns():
        find = pattern.match if start_only else pattern.search
        if find(words) or find(lemmas):
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
