"""The people of an article, listed in the study or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.annotators.actors.given_names import pronoun_of
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Document, Entity, Mention, cached_on_document
from analysis.annotators.parsing.token_index import token_index
from analysis.study.actors import Actors, normalise

_any_of = partial(alternation, "titles")
_HONORIFIC = re.compile(rf"(?:{_any_of('honorifics')}\b\.?\s+)+")
_FEMALE = re.compile(rf"\b{_any_of('female')}\b\.?\s+$|\b{_any_of('female_name_parts')}\b")
_KNIGHT = re.compile(rf"\b{_any_of('before_a_given_name')}\s+$")
_MALE = re.compile(rf"\b{_any_of('male')}\b\.?\s+$")
_NAME = re.compile(r"[^\W\d_][\w.'-]*(?: [\w.'-]+){0,5}")
_ADDRESSED = re.compile(rf"\b{_any_of('forms_of_address')}\.? (?P<name>[A-Z][\w'’-]+)")
_PERSON_NOUN = re.compile(
    rf"\w+{alternation('person_nouns', 'endings')}|{alternation('person_nouns', 'nouns')}"
)
_SHOUTED = re.compile(r"(?:[A-Z]{4,} )+(?=[A-Z][a-z])")
_FAMILY_NAME_FIRST = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+")
_TITLE_REACH = 20  # characters before a name in which its title may stand
_PHRASE = 6  # tokens from an article to its noun


@dataclass(frozen=True)
class Person:
    """One person of an article: an actor of the study or somebody else.

    Parameters
    ----------
    actor_id : str or None
        None for somebody who is not listed.
    name : str
        The longest form in the article; for unnamed people the description ("a retired diplomat").
    pronoun : {"he", "she", "they"} or None
        None if nothing tells.
    """

    actor_id: str | None
    name: str
    pronoun: str | None

    @property
    def has_name(self) -> bool:
        """Whether the person is called by a name, as opposed to a description in small letters."""
        return self.name[:1].isupper()


@dataclass(frozen=True)
class PersonMention:
    """A place where a person is named or described."""

    start: int
    end: int
    person: Person


def is_human(noun: str) -> bool:
    """Whether a noun names a person by occupation or role: "dealer", "official"."""
    word = noun.casefold()
    return _PERSON_NOUN.fullmatch(word) is not None and word not in words("person_nouns", "things")


def find_people(document: Document, mentions: Sequence[Mention], actors: Actors) -> list[PersonMention]:
    """Find the places where people are named or introduced ("a retired diplomat").

    Parameters
    ----------
    document : Document
        Its entities tell the people who are not listed.
    mentions : sequence of Mention
        Mentions of listed people and other actors.
    actors : Actors

    Returns
    -------
    list of PersonMention
        In order.
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
    """Return an actor of the study as a person."""
    actor = actors[actor_id]
    return Person(actor.id, actor.name, actor.pronoun)


@cached_on_document
def person_entities(document: Document) -> tuple[tuple[int, int, str], ...]:
    """Return the PERSON entities as start, end and name, without titles, possessives and later lines."""
    found = []
    for entity in document.entities:
        if entity.label != "PERSON":
            continue
        text = normalise(document.text[entity.start : entity.end])
        title = _HONORIFIC.match(text)
        offset = (
            title.end() if title and title.end() < len(text) else _before_the_name(document, entity, text)
        )
        name = _NAME.match(re.split(r"'s\b|\n", text[offset:])[0].rstrip(" .,'-"))
        if name and name[0][0].isupper():
            found.append((entity.start + offset, entity.start + offset + name.end(), name[0]))
    return tuple(found)


def _before_the_name(document: Document, entity: Entity, text: str) -> int:
    """Length of the words before a name that are no part of it: "WATCH" of a link, "Talks" in "Talks Smith held"."""
    if shouted := _SHOUTED.match(text):
        return shouted.end()
    number = token_index(document).by_start.get(entity.start)
    if number is None or document.tokens[number].tag != "NNS":
        return 0
    first = document.tokens[number].end - entity.start
    return first + 1 if text[first : first + 1] == " " else 0


def surname(name: str) -> str:
    """Return the last part of a name in small letters and without particle: "assad" for "al-Assad"."""
    last = name.split()[-1].casefold()
    if not last.isascii():
        last = normalise(last)
    head, _, rest = last.partition("-")
    return rest if rest and head in words("titles", "surname_particles") else last


def _unlisted(
    document: Document, taken: Sequence[tuple[int, int]], actors: Actors
) -> Iterator[PersonMention]:
    """People who are not listed: entities, "Mr Smith", and surnames of people named in full."""
    text = document.text
    no_names = {word.casefold() for actor in actors.actors for word in (*actor.metonyms, *actor.places)}
    no_names.update(phrase.casefold() for phrase in actors.not_actors)
    addressed = ((*found.span("name"), found["name"]) for found in _ADDRESSED.finditer(text))
    candidates = (
        item
        for item in (*person_entities(document), *addressed)
        if item[2].casefold() not in no_names and not _is_common_noun(text, item[2])
    )
    names = _without_overlap(candidates, taken)
    longest: dict[str, str] = {}
    for _, _, name in names:
        if " " in name and len(name) > len(longest.get(surname(name), "")):
            longest[surname(name)] = name
    if longest:
        surnames = "|".join(sorted({re.escape(name.split()[-1]) for name in longest.values()}))
        again = ((*found.span(), found[0]) for found in re.finditer(rf"\b(?:{surnames})\b", text))
        names = _without_overlap((*names, *again), taken)
    called = _first_names(name for name in longest.values() if _is_given_name_first(name))
    knights = _first_names(longest.values())
    in_full = []
    for start, end, name in names:
        is_knight = _KNIGHT.search(text, max(0, start - _TITLE_REACH), start)
        full = (knights if is_knight else called).get(name)
        in_full.append((start, end, full or _full_name(name, longest)))
    by_title: dict[str, str] = {}
    for start, _, name in in_full:
        if pronoun := _pronoun_of_title(text[max(0, start - _TITLE_REACH) : start]):
            by_title.setdefault(name, pronoun)
    for start, end, name in in_full:
        yield PersonMention(start, end, Person(None, name, by_title.get(name) or pronoun_of(name)))


def _is_common_noun(text: str, name: str) -> bool:
    """Whether a name of one word is an ordinary plural of the text: "Newsletters", also "newsletters"."""
    return name.endswith("s") and " " not in name and f" {name.casefold()}" in text


def _pronoun_of_title(before: str) -> str | None:
    """The pronoun that the words before a name tell."""
    return "she" if _FEMALE.search(before) else "he" if _MALE.search(before) else None


def _without_overlap(
    names: Iterable[tuple[int, int, str]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Drop names that overlap taken spans or a name before them in the list."""
    busy = {offset for start, end in taken for offset in range(start, end)}
    kept = []
    for start, end, name in names:
        if busy.isdisjoint(range(start, end)):
            busy.update(range(start, end))
            kept.append((start, end, name))
    return sorted(kept)


def _introduced(document: Document) -> Iterator[PersonMention]:
    """Unnamed people who are the subject of a clause: "A currency dealer was hopeful"."""
    indefinite = words("person_nouns", "indefinite")
    for number, token in enumerate(document.tokens):
        if token.dep not in ("det", "nummod") or token.lemma.casefold() not in indefinite:
            continue
        noun = document.tokens[token.head]
        if noun.dep in ("nsubj", "nsubjpass") and token.head - number < _PHRASE and is_human(noun.lemma):
            phrase = document.text[token.start : noun.end]
            yield PersonMention(token.start, noun.end, Person(None, phrase[:1].lower() + phrase[1:], None))


def _first_names(full: Iterable[str]) -> dict[str, str]:
    """The full names by their first word, where it calls only one person: "Peter", "Ban" for "Ban Ki-moon"."""
    names = sorted(set(full))
    first = Counter(name.split()[0] for name in names)
    return {word: name for name in names if first[word := name.split()[0]] == 1}


def _is_given_name_first(name: str) -> bool:
    """Whether the first word of a full name can call its bearer: a given name, or a family name that comes first."""
    return pronoun_of(name) is not None or _FAMILY_NAME_FIRST.fullmatch(name) is not None


def _full_name(name: str, full: dict[str, str]) -> str:
    """The longest form of a name in the article, unless its given names are another person's."""
    longest = full.get(surname(name), name)
    return longest if set(name.casefold().split()) <= set(longest.casefold().split()) else name
