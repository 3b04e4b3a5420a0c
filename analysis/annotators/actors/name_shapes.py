"""Whether words can name a person, an institution or a speaker: no dates, treaties, sentences or web pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from analysis.annotators.lexicon import alternation, lexicon, words
from analysis.annotators.parsing.document import Document, Span, Token
from analysis.annotators.parsing.token_index import token_index
from analysis.schemas import CUE_CLASSES
from analysis.world.states import states

JUNIOR = re.compile(rf",? {alternation('titles', 'juniors')}\b")
MIDDLE_INITIAL = re.compile(r" [A-Z]\. ")
_SUBJECT = "name_shapes"
_GLUED = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bDi)(?<=[a-z])[A-Z]")
_SHOUTED = 7  # letters of a word in capitals that is no acronym
_PARTICLES = words(_SUBJECT, "particles")
_NUMBER = re.compile(r"[\W\d]*(?:%|per ?cent)?\W*", re.IGNORECASE)
_CONTRACTED = re.compile(r"\w['’](?:ll|re|ve|m)\b|^(?:it|that|there|here|what)['’]s\b", re.IGNORECASE)
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NO_HEADS = ("ADP", "AUX", "SCONJ", "VERB")
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_LONGEST_SOURCE = 16  # words
_WORD_REACH = 30  # characters in which the word before a name stands
_ATTITUDE = re.compile(rf"\b{alternation(_SUBJECT, 'attitudes')}[-‐– ]?\Z", re.IGNORECASE)


def is_person_name(name: str) -> bool:
    """Whether words can be the full name of a person.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
    """
    parts = name.split()
    if len(parts) < 2 or _is_no_name(name) or _ends_with(name.casefold(), "things", "institutions"):
        return False
    return all(part[0].isupper() or part.casefold().partition("-")[0] in _PARTICLES for part in parts)


def follows_an_attitude(text: str, start: int) -> bool:
    """Whether a name follows "anti-", "pro-" or "non-": who is anti-Chilean need not be Chilean.

    Parameters
    ----------
    text : str
    start : int
        Offset at which the name begins.

    Returns
    -------
    bool
    """
    return _ATTITUDE.search(text, max(0, start - _WORD_REACH), start) is not None


def is_institution_name(name: str) -> bool:
    """Whether words can be the name of an institution, as far as the name itself tells.

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
        False for what names none, such as a treaty, or none without a country, such as "Foreign Ministry".
    """
    folded = name.casefold()
    return not (_is_no_name(name) or folded in words(_SUBJECT, "generic") or _ends_with(folded, "things"))


def says_institution(name: str) -> bool:
    """Whether a word of a name says that it is an institution: "Amber Bank", "Union of Ferrymen".

    Parameters
    ----------
    name : str

    Returns
    -------
    bool
    """
    return _has(name, "institutions")


def ends_an_organisation(document: Document, start: int, end: int) -> bool:
    """Whether a name is the end of an organisation's name, as in the branch "Amber Relief Chile".

    Parameters
    ----------
    document : Document
    start, end : int
        Offsets of the name.

    Returns
    -------
    bool
    """
    before = document.text[max(0, start - _WORD_REACH) : start].rpartition("\n")[2].split(" ")
    if len(before) < 2 or before[-1] or not before[-2][:1].isupper() or not before[-2].isalpha():
        return False
    return any(
        entity.label == "ORG" and entity.start < start and entity.end == end for entity in document.entities
    )


def acts(document: Document, start: int, end: int) -> bool:
    """Whether a name is the subject of a verb of saying, or of what institutions do.

    Parameters
    ----------
    document : Document
    start, end : int
        Offsets of the name.

    Returns
    -------
    bool
    """
    return any(
        token.dep in _SUBJECTS and document.tokens[token.head].lemma.casefold() in _acting()
        for token in _within(document, start, end)
    )


def speaker_name(name: str | None, document: Document, source: Iterable[Span]) -> str | None:
    """The name of a speaker for lists of speakers; None if the words are no person, institution or group.

    Parameters
    ----------
    name : str or None
        Name or description of the speaker.
    document : Document
    source : iterable of Span
        The source of the quote. If a span is the name and a clause of its own ("Drivers like the road"), it is none.

    Returns
    -------
    str or None
    """
    if name is None or not _can_speak(name):
        return None
    clause = any(
        document.text[span.start : span.end] == name and _is_clause(document, span) for span in source
    )
    return None if clause else name


def _can_speak(name: str) -> bool:
    folded = name.casefold().strip(" .,'’")
    parts = folded.split()
    return not (
        not parts
        or len(parts) > _LONGEST_SOURCE
        or not name[0].isalnum()
        or _NUMBER.fullmatch(name)
        or _CONTRACTED.search(name)
        or parts[0] in words(_SUBJECT, "no_beginning")
        or folded in words(_SUBJECT, "no_speakers")
        or (name.isupper() and len(parts) > 1 and set(parts) & words("title_case", "small_words"))
    )


def _is_clause(document: Document, span: Span) -> bool:
    """Whether a span is no noun phrase: its head is no noun, or a finite verb of it has its subject in it."""
    inside = list(_within(document, span.start, span.end))
    heads = [token for token in inside if not _is_inside(document.tokens[token.head], span)]
    if heads and all(token.pos in _NO_HEADS for token in heads):
        return True
    verbs = [document.tokens[token.head] for token in inside if token.dep in _SUBJECTS]
    return any(
        verb.tag in _FINITE and verb.dep not in ("relcl", "acl", "ccomp") and _is_inside(verb, span)
        for verb in verbs
    )


def _is_inside(token: Token, span: Span) -> bool:
    return span.start <= token.start < span.end


def _within(document: Document, start: int, end: int) -> Iterable[Token]:
    return (document.tokens[number] for number in token_index(document).inside(start, end))


def _is_no_name(name: str) -> bool:
    """Whether words are garbled, shouted, a place, a date or part of a web page."""
    folded = name.casefold()
    return bool(
        _GLUED.search(name)
        or any(part.isupper() and len(part) >= _SHOUTED for part in name.split())
        or any(character.isdigit() for character in name)
        or folded in _places()
        or _has(name, "web")
    )


def _has(name: str, subject: str) -> bool:
    """Whether a name has a word of a list, or two words that are listed as one."""
    parts = [part.strip(".,'’") for part in name.casefold().split()]
    pairs = {" ".join(pair) for pair in pairwise(parts)}
    return not words(_SUBJECT, subject).isdisjoint({*parts, *pairs})


def _ends_with(folded: str, *subjects: str) -> bool:
    """Whether the last word of a name, or the last two, are in one of some lists."""
    parts = folded.split()
    return not words(_SUBJECT, *subjects).isdisjoint({parts[-1], " ".join(parts[-2:])})


@cache
def _places() -> frozenset[str]:
    named = {word.casefold() for state in states().values() for word in state.words}
    return words(_SUBJECT, "places") | named


@cache
def _acting() -> frozenset[str]:
    """Lemmas of verbs of saying and planning, and of what institutions do."""
    said = {
        verb
        for of_class in CUE_CLASSES
        for act in ("speech", "intent")
        for verb in lexicon("cues")[of_class].get(act, {}).get("verbs", ())
    }
    return words(_SUBJECT, "acts") | said
