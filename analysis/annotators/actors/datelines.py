"""Datelines: the place at the head of a report ("PARIS, June 29 (TW) -") and the state it lies in."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.annotators.actors.gazetteer import normalise_name
from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Document
from analysis.study.actors import Actor, Actors

_REPORTED_FROM = re.compile(
    r"(?P<city>[A-Z][A-Z.'’ -]{2,30}?)(?P<second>\s?/\s?[A-Z]|\s–\s[A-Z]{3})?(?:, [A-Z]?[\w. ]{2,20})?"
    r"(?: \([\w /]{1,30}\))?(?:\s?[-—–:]\s|\.\s)"
)
_DATELINE = re.compile(
    rf"[A-Z][\w .,'’/-]{{0,40}}?(?: \([A-Z][\w/. ]+\)|,? (?:{alternation('datelines', 'months')}|[A-Z][a-z]{{2}}\.?)"
    r" \d{1,2})?\s*(?:[-—–]|:)\s"
)
_MAX_START = 1500  # characters within which a dateline begins
_MIN_LINE = 40  # characters of a line that is a report, not a heading


def home_state(document: Document, actors: Actors) -> Actor | None:
    """Return the state from which an article is reported, according to its dateline.

    Parameters
    ----------
    document : Document
    actors : Actors

    Returns
    -------
    Actor or None
        None if there is no dateline, if it names two places, or if the place belongs to no state of the study.
    """
    start = 0
    for line in document.text[:_MAX_START].split("\n"):
        found = _REPORTED_FROM.match(document.text, start)
        if found and len(line) > _MIN_LINE:
            return None if found["second"] else _places(actors).get(normalise_name(found["city"]))
        start += len(line) + 1
    return None


@lru_cache(maxsize=8)
def _places(actors: Actors) -> dict[str, Actor]:
    """The states of a study by their names and places, in small letters."""
    return {
        normalise_name(place): actor
        for actor in actors.actors
        if actor.kind == "state"
        for place in (*actor.metonyms, *actor.places, *actor.names)
    }


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether the name at start..end is the dateline of a paragraph: in capitals, or with an agency in brackets."""
    opening = max(text.rfind("\n", 0, start) + 1, start - 30)
    found = _DATELINE.match(text, opening)
    if found is None or found.end() < end:
        return False
    return found[0].split(" ")[0].strip(",:").isupper() or "(" in found[0]
