"""The people of an article, listed in the study or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.annotators.actors.given_names import pronoun_of
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Mention, cached_on_document
from analysis.study.actors import Actors, normalise

_any_of = partial(alternation, "titles")
_HONORIFIC = re.compile(rf"(?:{_any_of('honorifics')}\b\.?\s+)+")
_FEMALE = re.compile(rf"\b{_any_of('female')}\b\.?\s+$|\b{_any_of('female_name_parts')}\b")
_MALE = re.compile(rf"\b{_any_of('male')}\b\.?\s+$")
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [\w.'-]+){0,5}")
_ADDRESSED = re.compile(rf"\b{_any_of('forms_of_address')}\.? (?P<name>[A-Z][\w'’-]+)")
_PERSON_NOUN = re.compile(
    rf"\w+{alternation('person_nouns', 'endings')}|{alternation('person_nouns', 'nouns')}"
)


@dataclass(frozen=True)
class Person:
    """One person of an article: an actor of the study, or somebody whom the article names."""

    actor_id: str | None
    name: str
    pronoun: str | None  # "he", "she"; None where nothing tells


@dataclass(frozen=True)
class PersonMention:
    """A place where a person is named."""

    start: int
    end: int
    person: Person


def is_human(noun: str) -> bool:
    """Whether a noun names a person by what they do or are: "dealer", "official"."""
    word = noun.casefold()
    return _PERSON_NOUN.fullmatch(word) is not None and word not in words("person_nouns", "things")


def find_people(document: Document, mentions: Sequence[Mention], actors: Actors) -> list[PersonMention]:
    """Where the people of an article are named or introduced ("a retired diplomat"), in order.

    Parameters
    ----------
    document : Document
        With entities: they tell the people who are not listed.
    mentions : sequence of Mention
        Of the listed ones.
    actors : Actors

    Returns
    -------
    list of PersonMention
    """
    people = [
        PersonMention(mention.start, mention.end, listed_person(actors, mention.actor_id))
        for mention in mentions
        if actors[mention.actor_id].kind == "person" and mention.how != "pronoun"
    ]
    taken = sorted((mention.start, mention.end) for mention in mentions if mention.how != "pronoun")
    people += _unlisted(document, taken, actors)
    people += _introduced(document)
    return sorted(people, key=lambda mention: mention.start)


def listed_person(actors: Actors, actor_id: str) -> Person:
    """An actor of the study as a person of the article."""
    actor = actors[actor_id]
    return Person(actor.id, actor.name, actor.pronoun)


@cached_on_document
def person_entities(document: Document) -> tuple[tuple[int, int, str], ...]:
    """Names of people as the entity recogniser sees them: start, end, and the name without titles.

    Parts that are no name (a possessive, a line break and what follows it) are cut off.
    """
    found = []
    for entity in document.entities:
        if entity.label != "PERSON":
            continue
        text = normalise(document.text[entity.start : entity.end])
        title = _HONORIFIC.match(text)
        offset = title.end() if title and title.end() < len(text) else 0
        name = _NAME.match(re.split(r"'s\b|\n", text[offset:])[0].rstrip(" .,'-"))
        if name and name[0][0].isupper():
            found.append((entity.start + offset, entity.start + offset + name.end(), name[0]))
    return tuple(found)


def surname(name: str) -> str:
    """The last part of a name, with its particle dropped: "al-Assad" gives "assad"."""
    last = name.split()[-1].casefold()
    if not last.isascii():
        last = normalise(last)
    head, _, rest = last.partition("-")
    return rest if rest and head in words("titles", "surname_particles") else last


def _unlisted(document: Document, taken: list[tuple[int, int]], actors: Actors) -> list[PersonMention]:
    places = {word.casefold() for actor in actors.actors for word in (*actor.metonyms, *actor.places)}
    places.update(phrase.casefold() for phrase in actors.not_actors)
    titled = [
        (found.start("name"), found.end("name"), found["name"])
        for found in _ADDRESSED.finditer(document.text)
    ]
    entities = _apart(
        [item for item in (*person_entities(document), *titled) if item[2].casefold() not in places], taken
    )
    full: dict[str, str] = {}
    for _, _, name in entities:
        if " " in name and len(name) > len(full.get(surname(name), "")):
            full[surname(name)] = name
    last = "|".join(sorted({re.escape(name.split()[-1]) for name in full.values()}))
    again = (
        [(found.start(), found.end(), found[0]) for found in re.finditer(rf"\b(?:{last})\b", document.text)]
        if last
        else []
    )
    entities = _apart([*entities, *again], taken)
    told: dict[str, str] = {}
    for start, _, name in entities:
        before = document.text[max(0, start - 20) : start]
        pronoun = "she" if _FEMALE.search(before) else "he" if _MALE.search(before) else None
        if pronoun:
            told.setdefault(_full_name(name, full), pronoun)
    return [
        PersonMention(start, end, Person(None, canonical, told.get(canonical) or pronoun_of(canonical)))
        for start, end, name in entities
        for canonical in [_full_name(name, full)]
    ]


def _apart(
    names: Iterable[tuple[int, int, str]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Gazetteer that neither overlap what is taken nor one another; the earlier in the list stays."""
    busy = {offset for start, end in taken for offset in range(start, end)}
    kept = []
    for start, end, name in names:
        if busy.isdisjoint(range(start, end)):
            busy.update(range(start, end))
            kept.append((start, end, name))
    return sorted(kept)


def _introduced(document: Document) -> list[PersonMention]:
    """People without a name who are the subject of a clause: "A currency dealer was hopeful"."""
    found = []
    for number, token in enumerate(document.tokens):
        if token.lemma.casefold() not in words("person_nouns", "indefinite") or token.dep not in (
            "det",
            "nummod",
        ):
            continue
        noun = document.tokens[token.head]
        if noun.dep in ("nsubj", "nsubjpass") and token.head - number < 6 and is_human(noun.lemma):
            name = document.text[token.start : noun.end]
            found.append(
                PersonMention(token.start, noun.end, Person(None, name[:1].lower() + name[1:], None))
            )
    return found


def _full_name(name: str, full: dict[str, str]) -> str:
    """The longest form of a name in the article; other given names make another person."""
    longest = full.get(surname(name), name)
    return longest if set(name.casefold().split()) <= set(longest.casefold().split()) else name
