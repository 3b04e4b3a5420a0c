"""Suggestions of actors: people and organisations that recur in articles but are not listed in the study."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from analysis.annotators.actors.affiliation import Affiliations, sides_of_people
from analysis.annotators.actors.gazetteer import compile_gazetteer
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.name_shapes import acts, is_institution_name, is_person_name, says_institution
from analysis.annotators.actors.people import find_people
from analysis.annotators.actors.world_actors import (
    Publication,
    WorldActors,
    deciding_roles,
    side_of_role,
)
from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Document, Mention
from analysis.letters import ascii_id
from analysis.study.actors import OTHER, Actors, normalise
from analysis.world import Candidate, World
from analysis.world.names import family_name
from analysis.world.rows import ORDER

Kind = Literal["person", "organisation"]

_MIN_SIMILARITY = 0.85  # of two spellings of a name, as `SequenceMatcher.ratio`
_MAX_CONTEXT = 200  # characters of a sentence
_PARTY = re.compile(rf"\b{alternation('national_politics', 'american')}\b")
_AGREEING = 2 / 3  # share of the descriptions that must give a side before it is guessed


@dataclass(frozen=True)
class Suggestion:
    """A person or organisation that may belong in actors.yml.

    Parameters
    ----------
    name : str
        The most frequent form.
    variants : tuple of str
        Other spellings.
    kind : {"person", "organisation"}
    roles : tuple of Candidate
        Roles that the world's actors have for the name, those held when the articles were published first. Only of
        countries that the articles name.
    side : str or None
        The side of these roles, else the one that most descriptions give; None if neither tells.
    why : str
        Where the side comes from, and what to check.
    n_articles, n_mentions : int
    contexts : tuple of (str, str)
        Article id and sentence, each from another article.
    stanza : str
        YAML for actors.yml. Check it before use.
    row : dict of str to str
        Columns of a line for world.tsv. Cells that the articles do not tell are empty.
    """

    name: str
    variants: tuple[str, ...]
    kind: Kind
    roles: tuple[Candidate, ...]
    side: str | None
    why: str
    n_articles: int
    n_mentions: int
    contexts: tuple[tuple[str, str], ...]
    stanza: str
    row: dict[str, str]


@dataclass
class _Found:
    """Occurrences of one name."""

    kind: Kind
    forms: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    roles: Counter[Candidate] = field(default_factory=Counter)
    role_sides: Counter[str] = field(default_factory=Counter)
    contexts: dict[str, str] = field(default_factory=dict)
    acts: bool = False

    def merge(self, other: _Found) -> None:
        """Add the occurrences of another spelling."""
        self.forms.update(other.forms)
        self.sides.update(other.sides)
        self.roles.update(other.roles)
        self.role_sides.update(other.role_sides)
        self.contexts = {**other.contexts, **self.contexts}
        self.acts = self.acts or other.acts

    def is_actor(self) -> bool:
        """Whether the name is known to the world, says that it is an institution, or acts."""
        return bool(
            self.kind == "person" or self.roles or self.acts or says_institution(_most_frequent(self.forms))
        )


def suggest_actors(
    articles: Iterable[tuple[str, Document]],
    actors: Actors,
    *,
    world: World | None = None,
    min_articles: int = 2,
    max_contexts: int = 3,
) -> list[Suggestion]:
    """Find people and organisations that recur in articles and are not actors of the study.

    Places, treaties, web pages and other things that neither speak nor act are left out, and so are institutions
    that need a country ("the Foreign Ministry").

    Parameters
    ----------
    articles : iterable of (str, Document)
        Article ids and parsed texts.
    actors : Actors
    world : World, optional
        The world's actors. What they know about a name comes before the descriptions in the articles.
    min_articles : int
        Number of articles that must name them.
    max_contexts : int
        Number of sentences per suggestion.

    Returns
    -------
    list of Suggestion
        Sorted by number of articles, descending.
    """
    found: dict[str, _Found] = {}
    for article_id, document in articles:
        about = WorldActors(document, actors, world, Publication()) if world is not None else None
        mentions = find_mentions(document, actors)
        for kind, name, side, start, end in _unlisted(document, mentions, actors):
            entry = found.setdefault(f"{kind} {name.casefold()}", _Found(kind))
            entry.forms[name] += 1
            entry.acts = entry.acts or acts(document, start, end)
            if article_id not in entry.contexts:
                entry.contexts[article_id] = _sentence(document, start)
                _add_roles(entry, name, about)
            if side is not None:
                entry.sides[side] += 1
    recurring = [
        entry for entry in _merged(found) if len(entry.contexts) >= min_articles and entry.is_actor()
    ]
    recurring.sort(key=lambda entry: (-len(entry.contexts), -entry.forms.total(), min(entry.forms)))
    taken = {actor.id for actor in actors.actors}
    return [_suggestion(entry, actors, taken, max_contexts) for entry in recurring]


def _add_roles(entry: _Found, name: str, about: WorldActors | None) -> None:
    """Add the roles that the world has for a name, in the countries that the article names."""
    if about is None:
        return
    kind = "person" if entry.kind == "person" else "institution"
    roles = [
        one
        for one in about.world.candidates(name, day=about.day)
        if one.kind == kind and about.is_named(one.country)
    ]
    deciding = deciding_roles(roles, about.day)
    entry.roles.update(deciding)
    sides = {side_of_role(about.actors, one, roles, about.day) for one in deciding}
    entry.role_sides.update(side for side in sides if side is not None)


def _unlisted(
    document: Document, mentions: Sequence[Mention], actors: Actors
) -> Iterator[tuple[Kind, str, str | None, int, int]]:
    """Kind, name, side and offsets of each person and organisation that is not listed."""
    affiliations = Affiliations(document, actors)
    people = find_people(document, mentions, actors)
    sides = sides_of_people(document, people, affiliations)
    for mention in people:
        name = mention.person.name
        if mention.person.actor_id is None and is_person_name(name) and not _is_turned_round(name, actors):
            yield "person", name, sides.get(name), mention.start, mention.end
    named = sorted((mention.start, mention.end) for mention in mentions)
    persons = sorted((mention.start, mention.end) for mention in people)
    for entity in document.entities:
        if entity.label != "ORG" or _overlaps(named, *entity[:2]) or _overlaps(persons, *entity[:2]):
            continue
        name = _organisation(document.text[entity.start : entity.end])
        if " " not in name and document.text[max(0, entity.start - 5) : entity.start].endswith(
            (" of ", " for ")
        ):
            continue  # "Secretary of State"
        if name and is_institution_name(name) and not compile_gazetteer(actors).lookup(name):
            owner = _owner(document, mentions, entity.start)
            side = actors[owner].side if owner else affiliations.side(*entity[:2])
            if not owner and _PARTY.search(name):
                side = None  # the Republican Guard of some state
            yield "organisation", name, side, *entity[:2]


def _owner(document: Document, mentions: Sequence[Mention], start: int) -> str | None:
    """The actor to whom a name belongs by a possessive before it: "Syria's Republican Guard"."""
    before = document.text[:start].rstrip()
    if not before.endswith(("'s", "’s")):
        return None
    ends = {mention.end: mention.actor_id for mention in mentions}
    return ends.get(len(before) - 2) or ends.get(len(before))


def _is_turned_round(name: str, actors: Actors) -> bool:
    """Whether a name is that of an actor of the study with the surname first: "Trump Donald"."""
    return bool(compile_gazetteer(actors).lookup(" ".join(reversed(name.split()))))


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(spans, (end, -1))
    return place > 0 and spans[place - 1][1] > start


def _organisation(text: str) -> str:
    """Name of an organisation without article and possessive; empty if the entity is not a name."""
    name = re.sub(r"^[Tt]he |'s?$", "", normalise(text.split("\n")[0])).strip(" .,")
    return name if re.fullmatch(r"[A-Z][\w&.' -]{2,59}", name) else ""


def _sentence(document: Document, offset: int) -> str:
    start, end = document.sentences[document.sentence_at(offset)]
    text = " ".join(document.text[start:end].split())
    return text if len(text) <= _MAX_CONTEXT else text[: _MAX_CONTEXT - 1].rstrip() + "…"


def _merged(found: dict[str, _Found]) -> list[_Found]:
    """Merge the spellings of a person's name that differ in few letters."""
    merged: list[_Found] = []
    by_initials: dict[tuple[str, ...], list[_Found]] = {}
    for _, entry in sorted(found.items(), key=lambda item: (-item[1].forms.total(), item[0])):
        name = _most_frequent(entry.forms)
        initials = (entry.kind, *(word[0] for word in name.casefold().split()))
        same = by_initials.setdefault(initials, [])
        twin = next((other for other in same if _is_spelling(name, _most_frequent(other.forms))), None)
        if twin is not None and entry.kind == "person":
            twin.merge(entry)
            continue
        same.append(entry)
        merged.append(entry)
    return merged


def _is_spelling(name: str, other: str) -> bool:
    matcher = SequenceMatcher(None, name.casefold(), other.casefold(), autojunk=False)
    return matcher.quick_ratio() >= _MIN_SIMILARITY and matcher.ratio() >= _MIN_SIMILARITY


def _most_frequent(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _suggestion(entry: _Found, actors: Actors, taken: set[str], max_contexts: int) -> Suggestion:
    name = _most_frequent(entry.forms)
    variants = tuple(sorted(form for form in entry.forms if form != name))
    ranked = sorted(entry.roles, key=lambda one: (ORDER.index(one.when), -entry.roles[one], _key(one)))
    roles = tuple({_key(one): one for one in reversed(ranked)}.values())[::-1]  # each at its best date
    side, why = _side(entry)
    if namesake := _namesake(name, entry, actors):
        why = f"{why}; '{name.split()[-1]}' is a surname of {namesake}: is this somebody else?"
    return Suggestion(
        name=name,
        variants=variants,
        kind=entry.kind,
        roles=roles,
        side=side,
        why=why,
        n_articles=len(entry.contexts),
        n_mentions=entry.forms.total(),
        contexts=tuple(sorted(entry.contexts.items())[:max_contexts]),
        stanza=_stanza(
            name,
            variants,
            entry.kind,
            side or _any_side(actors),
            _new_id(name, taken),
            short=family_name(name, roles[0].country if roles else ""),
        ),
        row=_row(name, variants, entry.kind, roles),
    )


def _namesake(name: str, entry: _Found, actors: Actors) -> str:
    """The actor of the study who has the surname of a person unknown to the world; empty if there is none."""
    if entry.kind != "person" or entry.roles:
        return ""
    found = compile_gazetteer(actors).lookup(name.split()[-1])
    owners = [actors[owner] for one in found for owner in one.owners]
    return next((owner.name for owner in owners if owner.kind == "person"), "")


def _key(one: Candidate) -> tuple[str, ...]:
    return (one.country, one.name, one.role, one.start, one.end)


def _side(entry: _Found) -> tuple[str | None, str]:
    """The side, and why. The world's actors count before the words beside the name."""
    said, n = (entry.sides.most_common(1)[0][0], entry.sides.total()) if entry.sides else (None, 0)
    if len(entry.role_sides) == 1:
        (side,) = entry.role_sides
        differs = said is not None and said != side
        return side, f"side '{side}' by the world's actors" + (
            f", but '{said}' by the words beside the name: check it" if differs else ""
        )
    if entry.role_sides:
        several = ", ".join(f"'{side}'" for side in sorted(entry.role_sides))
        return None, f"the world's actors have roles on several sides ({several}): choose one below"
    if said is None:
        return None, "the words around it do not show its side: check the one below"
    agree = entry.sides[said]
    if agree < _AGREEING * n:
        listed = ", ".join(f"'{side}' {entry.sides[side]:,}" for side in sorted(entry.sides))
        return None, f"the words beside the name contradict each other ({listed}): check the side below"
    return (
        said,
        f"side '{said}' is a guess from the words beside the name in {agree:,} of {n:,} places: check it",
    )


def _row(name: str, variants: Sequence[str], kind: Kind, roles: Sequence[Candidate]) -> dict[str, str]:
    """The cells of a line of world.tsv; a role that the world has is there to be corrected."""
    row = {
        "name": name,
        "aliases": "|".join(variants),
        "kind": "person" if kind == "person" else "institution",
    }
    if not roles:
        return row | {"change": "add"}
    first = roles[0]
    return row | {
        "name": first.name,
        "country": first.country,
        "organisation": first.organisation,
        "role": first.role,
        "role_class": first.role_class,
        "from": first.start,
        "to": first.end,
        "change": "replace",
    }


def _any_side(actors: Actors) -> str:
    return OTHER if OTHER in actors.side_ids else actors.side_ids[-1]


def _new_id(name: str, taken: set[str]) -> str:
    """A new actor id: the name in ASCII small letters, with a number if the id is taken."""
    slug = ascii_id(name) or "actor"
    slug = slug if slug[0].isalpha() else f"actor_{slug}"
    number = 2
    fresh = slug
    while fresh in taken:
        fresh, number = f"{slug}_{number}", number + 1
    taken.add(fresh)
    return fresh


def _stanza(name: str, variants: Sequence[str], kind: str, side: str, actor_id: str, *, short: str) -> str:
    import yaml

    entry: dict[str, object] = {"id": actor_id, "name": name, "kind": kind, "side": side}
    if variants:
        entry["aliases"] = list(variants)
    if kind == "person":
        entry["short"] = [short]
    text = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())
