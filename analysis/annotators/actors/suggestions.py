"""Actors a study may have missed: people and organisations that recur unlisted, with contexts and a YAML stanza."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from analysis.annotators.actors.affiliation import OTHER, Affiliations, sides_of_people
from analysis.annotators.actors.gazetteer import compile_gazetteer
from analysis.annotators.actors.mentions import find_mentions
from analysis.annotators.actors.people import find_people
from analysis.annotators.parsing.document import Document, Mention
from analysis.study.actors import Actors, normalise

_ALIKE = 0.85  # share of letters that two spellings of a name have in common
_CONTEXT = 200  # characters of a sentence that are shown


@dataclass(frozen=True)
class Suggestion:
    """Somebody who may belong into actors.yml.

    Parameters
    ----------
    name : str
        The form used most.
    variants : tuple of str
        Other spellings of it.
    kind : {"person", "organisation"}
    side : str or None
        The side that most articles give away, None where none does.
    n_articles, n_mentions : int
    contexts : tuple of (str, str)
        Article id and sentence, of different articles.
    stanza : str
        YAML for actors.yml, to be checked by hand.
    """

    name: str
    variants: tuple[str, ...]
    kind: Literal["person", "organisation"]
    side: str | None
    n_articles: int
    n_mentions: int
    contexts: tuple[tuple[str, str], ...]
    stanza: str


@dataclass
class _Found:
    """What was seen of one name."""

    kind: Literal["person", "organisation"]
    forms: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    contexts: dict[str, str] = field(default_factory=dict)

    def merge(self, other: _Found) -> None:
        """Add what was seen under another spelling."""
        self.forms.update(other.forms)
        self.sides.update(other.sides)
        self.contexts = {**other.contexts, **self.contexts}


def suggest_actors(
    articles: Iterable[tuple[str, Document]], actors: Actors, *, min_articles: int = 2, max_contexts: int = 3
) -> list[Suggestion]:
    """People and organisations that recur in articles and are no actors of the study.

    Parameters
    ----------
    articles : iterable of (str, Document)
        Article ids and parsed texts.
    actors : Actors
    min_articles : int
        How many articles must name them.
    max_contexts : int
        How many sentences to show.

    Returns
    -------
    list of Suggestion
        Those in most articles first.
    """
    found: dict[str, _Found] = {}
    for article_id, document in articles:
        mentions = find_mentions(document, actors)
        for kind, name, side, offset in _unlisted(document, mentions, actors):
            entry = found.setdefault(f"{kind} {name.casefold()}", _Found(kind))
            entry.forms[name] += 1
            entry.contexts.setdefault(article_id, _sentence(document, offset))
            if side is not None:
                entry.sides[side] += 1
    recurring = [entry for entry in _merged(found) if len(entry.contexts) >= min_articles]
    recurring.sort(key=lambda entry: (-len(entry.contexts), -entry.forms.total(), min(entry.forms)))
    taken = {actor.id for actor in actors.actors}
    return [_suggestion(entry, actors, taken, max_contexts) for entry in recurring]


def _unlisted(
    document: Document, mentions: Sequence[Mention], actors: Actors
) -> Iterator[tuple[Literal["person", "organisation"], str, str | None, int]]:
    """Kind, name, side and place of everybody in a document who is not listed."""
    affiliations = Affiliations(document, actors)
    people = find_people(document, mentions, actors)
    sides = sides_of_people(document, people, affiliations)
    for mention in people:
        name = mention.person.name
        if mention.person.actor_id is None and " " in name and name[0].isupper():
            yield "person", name, sides.get(name), mention.start
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
        if name and not compile_gazetteer(actors).lookup(name):
            yield "organisation", name, affiliations.side(entity.start, entity.end), entity.start


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(spans, (end, -1))
    return place > 0 and spans[place - 1][1] > start


def _organisation(text: str) -> str:
    """An organisation's name without article and possessive; empty where the entity is no name."""
    name = re.sub(r"^[Tt]he |'s?$", "", normalise(text.split("\n")[0])).strip(" .,")
    return name if re.fullmatch(r"[A-Z][\w&.' -]{2,59}", name) else ""


def _sentence(document: Document, offset: int) -> str:
    start, end = document.sentences[document.sentence_at(offset)]
    text = " ".join(document.text[start:end].split())
    return text if len(text) <= _CONTEXT else text[: _CONTEXT - 1].rstrip() + "…"


def _merged(found: dict[str, _Found]) -> list[_Found]:
    """One entry per person: spellings of a name that differ in few letters are put together."""
    merged: list[_Found] = []
    by_initials: dict[tuple[str, ...], list[_Found]] = {}
    for _, entry in sorted(found.items(), key=lambda item: (-item[1].forms.total(), item[0])):
        name = _usual(entry.forms)
        initials = (entry.kind, *(word[0] for word in name.casefold().split()))
        same = by_initials.setdefault(initials, [])
        twin = next((other for other in same if _is_spelling(name, _usual(other.forms))), None)
        if twin is not None and entry.kind == "person":
            twin.merge(entry)
            continue
        same.append(entry)
        merged.append(entry)
    return merged


def _is_spelling(name: str, other: str) -> bool:
    matcher = SequenceMatcher(None, name.casefold(), other.casefold(), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _suggestion(entry: _Found, actors: Actors, taken: set[str], max_contexts: int) -> Suggestion:
    name = _usual(entry.forms)
    variants = tuple(sorted(form for form in entry.forms if form != name))
    side = min(entry.sides, key=lambda side: (-entry.sides[side], side)) if entry.sides else None
    return Suggestion(
        name=name,
        variants=variants,
        kind=entry.kind,
        side=side,
        n_articles=len(entry.contexts),
        n_mentions=entry.forms.total(),
        contexts=tuple(sorted(entry.contexts.items())[:max_contexts]),
        stanza=_stanza(name, variants, entry.kind, side or _any_side(actors), _new_id(name, taken)),
    )


def _any_side(actors: Actors) -> str:
    return OTHER if OTHER in actors.side_ids else actors.side_ids[-1]


def _new_id(name: str, taken: set[str]) -> str:
    """An id that no actor has: the name in plain small letters, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "actor"
    slug = slug if slug[0].isalpha() else f"actor_{slug}"
    number = 2
    fresh = slug
    while fresh in taken:
        fresh, number = f"{slug}_{number}", number + 1
    taken.add(fresh)
    return fresh


def _stanza(name: str, variants: Sequence[str], kind: str, side: str, actor_id: str) -> str:
    import yaml

    entry: dict[str, object] = {"id": actor_id, "name": name, "kind": kind, "side": side}
    if variants:
        entry["aliases"] = list(variants)
    if kind == "person":
        entry["short"] = [name.split()[-1]]
    text = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())
