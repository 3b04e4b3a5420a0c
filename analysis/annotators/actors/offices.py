"""Offices named without their state or holder: "the president", "the Foreign Ministry"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from analysis.annotators.actors.gazetteer import compile_gazetteer
from analysis.annotators.actors.people import PersonMention
from analysis.annotators.parsing.document import Document
from analysis.study.actors import Actor, Actors

_BEFORE = 30  # characters before a name in which its bearer's office may stand


def office_holder(
    document: Document, actors: Actors, office: str, people: Sequence[PersonMention]
) -> str | None:
    """Return the only listed person named so far who holds an office.

    Parameters
    ----------
    document : Document
    actors : Actors
    office : str
        Without article, for example "president".
    people : sequence of PersonMention
        People named so far.

    Returns
    -------
    str or None
        Id of the actor; None if nobody, or more than one, holds the office.
    """
    office = office.casefold()
    listed = [mention for mention in people if mention.person.actor_id is not None]
    holders = {mention.person.actor_id for mention in listed if _holds(document, actors, mention, office)}
    return holders.pop() if len(holders) == 1 else None


def _holds(document: Document, actors: Actors, mention: PersonMention, office: str) -> bool:
    """Whether a person holds an office according to the study or to the words before the name."""
    day = _day(document)
    titles = (
        role.title.casefold()
        for role in actors[mention.person.actor_id or ""].roles
        if day is None or role.held_on(day)
    )
    before = document.text[max(0, mention.start - _BEFORE) : mention.end].casefold()
    return any(title.endswith(f" {office}") for title in titles) or bool(
        re.search(rf"\b{re.escape(office)} (?:\w+ )?\S+$", before)
    )


def home_institution(document: Document, actors: Actors, name: str, home: Actor | None) -> str | None:
    """Return the institution, or the holder of an office, of the state from which an article is reported.

    Parameters
    ----------
    document : Document
    actors : Actors
    name : str
        Without article and state, for example "Foreign Ministry" or "president".
    home : Actor, optional
        The state of the dateline.

    Returns
    -------
    str or None
        Id of the institution, of the state (for "government"), or of the person who held the office on the day.
    """
    day = _day(document)
    if home is None or not home.demonyms:
        return None
    for found in compile_gazetteer(actors).lookup(f"{home.demonyms[0]} {name}"):
        if found.how == "alias":
            return found.owners[0]
        if found.title is not None and day is not None:
            held = actors.holders(found.title, day)
            return held[0].id if len(held) == 1 else None
    return None


def _day(document: Document) -> date | None:
    return document.published.date() if document.published else None
