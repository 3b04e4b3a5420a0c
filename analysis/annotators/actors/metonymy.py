"""Whether a capital's name stands for its government ("Moscow warned") or for the place ("in Moscow")."""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

import re

from analysis.annotators.parsing.document import Token
from analysis.annotators.parsing.token_index import TokenIndex

_PLACE_PREPOSITIONS = frozenset(
    "in at near outside around into inside within through throughout across via above over beyond".split()
)
_ACTOR_PREPOSITIONS = frozenset(
    "with against between among by about behind without despite like than toward towards under unlike "
    "besides".split()
)
_MOTION = frozenset(
    "travel fly go come return arrive head visit trip journey flight move drive bring take route railway "
    "road rail train line highway bus bind depart march advance evacuate relocate relocation embassy flee escape "
    "deport extradite invite transfer visitor tour way back home airport corridor leave send dispatch fleet walk "
    "miss escort rush stop stopover pilgrimage delegation access".split()
)
_FROM_ACTOR = frozenset(
    "support pressure message statement reaction response demand request aid help assistance threat "
    "invitation signal backing weapon arm drone missile permission approval order instruction money word "
    "assurance guarantee hear receive get buy obtain secure distance win independence come concession "
    "protection interference benefit gain emanate stem condemnation criticism warning denial comment promise "
    "influence split wean purchase".split()
)
_OF_PLACE = frozenset(
    "street city capital university north south east west northeast northwest southeast southwest "
    "outskirt suburb mayor centre center district resident people bishop patriarch map battle siege looting fall "
    "airport museum part area metro kilometre kilometer mile km rest bombing shelling site heart sky "
    "encirclement".split()
)
_ON_PLACE = frozenset(
    "attack strike assault march advance raid bomb bombing shelling fire rain bombardment rocket missile "
    "drone".split()
)
_PLACE_OBJECT = frozenset(
    "visit leave reach enter bomb hit strike shell capture tour flee occupy besiege storm take retake "
    "overrun seize rock surround target abandon encircle pound".split()
)
_OF_GOVERNMENT = frozenset(
    "counterpart ally official leadership regime government policy policymaker diplomat".split()
)
_PLACE_OWNED = frozenset(
    "street airport university suburb mayor resident skyline metro square district outskirt centre center "
    "museum bazaar hotel cafe restaurant theatre theater station zoo cathedral mosque traffic air winter "
    "summer stock".split()
)
_COMPOUND_ACTOR = re.compile(
    r"-(?:backed|led|aligned|allied|supported|sponsored|installed|friendly|controlled|funded|linked|imposed|appointed|"
    r"dominated|brokered|supplied|made|run|approved|[A-Z]\w+ (?:axis|relations?|ties|alliance|partnership|links?))\b"
)
_DATELINE = re.compile(
    r"[A-Z][\w .,'’/-]{0,40}?(?: \([A-Z][\w/. ]+\)|,? (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December|[A-Z][a-z]{2}\.?) \d{1,2})?\s*(?:[-—–]|:)\s"
)


def stands_for_government(index: TokenIndex, start: int, end: int) -> bool:
    """Whether the capital at start..end acts, is acted on, or owns something as a state does.

    Undecided cases count as the place, so that what is found is right.

    Parameters
    ----------
    index : TokenIndex
    start, end : int

    Returns
    -------
    bool
    """
    text = index.document.text
    if _COMPOUND_ACTOR.match(text, end):
        return True
    number = index.last(start, end)
    if number is None or text[end : end + 1] == "-" or _is_dateline(text, start, end):
        return False
    return _acts(index, index.document.tokens[number])


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether the name opens a paragraph as the place of the report."""
    opening = max(text.rfind("\n", 0, start) + 1, start - 30)
    found = _DATELINE.match(text, opening)
    return (
        found is not None
        and found.end() >= end
        and (found[0].split(" ")[0].strip(",:").isupper() or "(" in found[0])
    )


def _acts(index: TokenIndex, token: Token) -> bool:
    for _ in range(8):  # a list of capitals does what its first does
        if token.dep not in ("conj", "appos") or index.head(token) is token:
            break
        if token.dep == "appos":
            return False
        token = index.head(token)
    head = index.head(token)
    if token.dep in ("nsubj", "csubj"):
        return True
    if token.dep == "nsubjpass":
        return head.lemma.casefold() not in _PLACE_OBJECT
    if token.dep == "poss":
        return head.lemma.casefold() not in _PLACE_OWNED
    if token.dep == "dative":
        return True
    if token.dep == "dobj":
        return head.lemma.casefold() not in _PLACE_OBJECT | _MOTION
    if token.dep == "compound":
        return head.lemma.casefold() in _OF_GOVERNMENT
    if token.dep == "pobj":
        return _with_preposition(index, head)
    return False


def _with_preposition(index: TokenIndex, preposition: Token) -> bool:
    word = preposition.lemma.casefold()
    owner = index.head(preposition)
    if owner.pos == "ADP" and owner is not preposition:  # "back to", "from ... to"
        owner = index.head(owner)
    lemma = owner.lemma.casefold()
    if word in _PLACE_PREPOSITIONS:
        return False
    if word in _ACTOR_PREPOSITIONS:
        return True
    if word == "to":
        return lemma not in _MOTION
    if word == "from":
        return lemma in _FROM_ACTOR
    if word == "of":
        return lemma not in _OF_PLACE
    if word in ("on", "upon"):
        return lemma not in _ON_PLACE
    return word == "for" and lemma not in _MOTION
