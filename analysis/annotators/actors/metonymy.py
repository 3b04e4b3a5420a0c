"""Whether a capital's name stands for its government ("Moscow warned") or for the place ("in Moscow")."""

from __future__ import annotations

import re
from functools import partial

from analysis.annotators.actors.datelines import is_dateline
from analysis.annotators.lexicon import alternation, lexicon, words
from analysis.annotators.parsing.document import Document, Token
from analysis.annotators.parsing.token_index import TokenIndex, token_index

_any_of = partial(alternation, "metonymy")
_COMPOUND = re.compile(rf"-(?:{_any_of('compounds')}|[A-Z]\w+ {_any_of('between_capitals')})\b")
_MAX_CLIMB = 8  # steps up a parse before giving up


def stands_for_government(document: Document, start: int, end: int) -> bool:
    """Whether a capital's name acts, is acted on, or owns something as a government does.

    Cases that no rule decides count as the place, so that few governments are found wrongly.

    Parameters
    ----------
    document : Document
    start, end : int
        Offsets of the name.

    Returns
    -------
    bool
    """
    if _COMPOUND.match(document.text, end):
        return True
    index = token_index(document)
    number = index.last(start, end)
    if number is None or document.text[end : end + 1] == "-" or is_dateline(document.text, start, end):
        return False
    return _acts(index, document.tokens[number])


def _acts(index: TokenIndex, token: Token) -> bool:
    """Whether the token of a name has the grammatical role of somebody who acts, is acted on, or owns something."""
    for _ in range(_MAX_CLIMB):  # joined capitals have the role of the first
        if token.dep not in ("conj", "appos") or index.head(token) is token:
            break
        if token.dep == "appos":
            return False
        token = index.head(token)
    head = index.head(token)
    lemma = head.lemma.casefold()
    match token.dep:
        case "nsubj" | "csubj" | "dative":
            return True
        case "nsubjpass":
            return lemma not in words("metonymy", "verbs_with_places")
        case "dobj":
            return lemma not in words("metonymy", "verbs_with_places", "motion")
        case "poss":
            return lemma not in words("metonymy", "owned_by_places")
        case "compound":
            return lemma in words("metonymy", "after_government")
        case "pobj":
            return _with_preposition(index, head)
    return False


def _with_preposition(index: TokenIndex, preposition: Token) -> bool:
    """Whether the name after a preposition is the government."""
    word = preposition.lemma.casefold()
    owner = index.head(preposition)
    if owner.pos == "ADP" and owner is not preposition:  # "back to", "from ... to"
        owner = index.head(owner)
    lemma = owner.lemma.casefold()
    unless, only = (lexicon("metonymy")[rule] for rule in ("government_unless", "government_only"))
    if word in words("metonymy", "government_prepositions"):
        return True
    if word in unless:
        return lemma not in words("metonymy", unless[word])
    return word in only and lemma in words("metonymy", only[word])
