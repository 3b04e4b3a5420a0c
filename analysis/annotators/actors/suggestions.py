"""Suggestions of actors: people and organisations that recur in articles but are not listed in the study."""

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

_MIN_SIMILARITY = 0.85  # of two spellings of a name, as `SequenceMatcher.ratio`
_MAX_CONTEXT = 200  # characters of a sentence


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
    side : str or None
        The side that most descriptions give, None if none does.
    n_articles, n_mentions : int
    contexts : tuple of (str, str)
        Article id and sentence, each from another article.
    stanza : str
        YAML for actors.yml. Check it before use.
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
    """Occurrences of one name."""

    kind: Literal["person", "organisation"]
    forms: Counter[str] = field(default_factory=Counter)
    sides: Counter[str] = field(default_factory=Counter)
    contexts: dict[str, str] = field(default_factory=dict)

    def merge(self, other: _Found) -> None:
        """Add the occurrences of another spelling."""
        self.forms.update(other.forms)
        self.sides.update(other.sides)
        self.contexts = {**other.contexts, **self.contexts}


def suggest_actors(
    articles: Iterable[tuple[str, Document]], actors: Actors, *, min_articles: int = 2, max_contexts: int = 3
) -> list[Suggestion]:
    """Find people and organisations that recur in articles and are not actors of the study.

    Parameters
    ----------
    articles : iterable of (str, Document)
        Article ids and parsed texts.
    actors : Actors
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
    """Kind, name, side and offset of each person and organisation that is not listed."""
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
    """A new actor id: the name in ASCII small letters, with a number if the id is taken."""
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
