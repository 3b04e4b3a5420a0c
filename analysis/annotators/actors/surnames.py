"""Whose surname stands there: the people named in full in an article, listed in the study or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher

from analysis.annotators.actors.gazetteer import NameMatch, compile_gazetteer, name_matches
from analysis.annotators.actors.people import person_entities, surname
from analysis.annotators.lexicon import words
from analysis.annotators.parsing.document import Document
from analysis.annotators.parsing.token_index import token_index
from analysis.study.actors import Actors

_RECENT = 50  # bearers of one surname that are looked at
_ALIKE = 0.8  # share of letters that two spellings of a given name have in common


class Surnames:
    """The bearers of each surname in one document.

    Parameters
    ----------
    document : Document
    actors : Actors
    """

    def __init__(self, document: Document, actors: Actors) -> None:
        self.document = document
        self.actors = actors
        self.matches = name_matches(document, actors)
        self.people = person_entities(document)
        self._starts = [start for start, _, _ in self.people]
        self._bearers = self._find_bearers()

    def person_at(self, offset: int) -> tuple[int, int, str] | None:
        """The name of a person, as the entity recogniser sees it, that covers an offset."""
        place = bisect_right(self._starts, offset) - 1
        return self.people[place] if place >= 0 and offset < self.people[place][1] else None

    def owner(self, match: NameMatch) -> str | None:
        """The listed person whom a surname means: the last named in full, and nobody else since."""
        if self.is_somebody_else(match):
            return None
        owners = self._owners(match)
        return owners[-1] if owners and owners[-1] in match.name.owners else None

    def is_unknown(self, match: NameMatch) -> bool:
        """Whether nobody of that surname has been named in full."""
        return not self._owners(match)

    def is_somebody_else(self, match: NameMatch) -> bool:
        """Whether a single name belongs to another bearer: given names before it, or only others are named."""
        if self.follows_a_given_name(match):
            return True
        owners = self._owners(match)
        return bool(owners) and not set(owners) & set(match.name.owners)

    def follows_a_given_name(self, match: NameMatch) -> bool:
        """Whether a given name that is not the actor's stands before a name."""
        person = self.person_at(match.start)
        if (
            person
            and person[0] < match.start
            and person[2].split()[0].casefold() not in words("titles", "offices")
        ):
            return (
                not self._is_listed(person[0], match.start)
                and self._misspelt(person[2]) not in match.name.owners
            )
        number = token_index(self.document).by_start.get(match.start)
        if not number or self.document.text[match.start - 1] != " ":
            return False
        before = self.document.tokens[number - 1]
        joined = before.pos == "PROPN" and before.dep == "compound" and before.head == number
        is_office = before.lemma.casefold() in words("titles", "offices")
        is_name = joined and before.end - before.start > 2 and not is_office
        return (
            is_name
            and self.person_at(before.start) is not None
            and not self._is_listed(before.start, before.end)
        )

    def _is_listed(self, start: int, end: int) -> bool:
        """Whether a listed name or adjective covers the stretch: "Russia's Putin", "Iranian Zarif"."""
        place = bisect_left(self.matches, (start,))
        around = self.matches[max(0, place - 4) : place + 4]
        return any(match.start <= start and end <= match.end + 3 for match in around)

    def _owners(self, match: NameMatch) -> list[str | None]:
        """The bearers named so far, the last at the end; in the headline, the first one named after it.

        A relative who is not listed is passed over in later paragraphs: "Pence" after a word on Karen Pence.
        """
        bearers = self._bearers.get(surname(match.name.surface), [])
        before = bisect_right(bearers, match.start, key=lambda bearer: bearer[0])
        if not before and match.start <= self.document.sentences[0].end:
            return [owner for _, owner in bearers[:1]]
        here = [
            owner
            for place, owner in bearers[max(0, before - _RECENT) : before]
            if owner is not None or "\n" not in self.document.text[place : match.start]
        ]
        return here or [owner for _, owner in bearers[max(0, before - _RECENT) : before]]

    def _find_bearers(self) -> dict[str, list[tuple[int, str | None]]]:
        """By surname, who bears it: where the full name stands and whose it is (None: nobody listed)."""
        found: dict[str, list[tuple[int, str | None]]] = {}
        covered: set[int] = set()
        for match in self.matches:
            if match.name.how == "alias" and self._is_full(match):
                actor = self.actors[match.name.owners[0]]
                covered.update(range(match.start, match.end))
                last = self.document.text[match.start : match.end]
                for name in sorted({surname(last), *map(surname, actor.short)}):
                    found.setdefault(name, []).append((match.start, actor.id))
        for start, end, name in self.people:
            if " " in name and covered.isdisjoint(range(start, end)):
                found.setdefault(surname(name), []).append((start, self._misspelt(name)))
        return {name: sorted(bearers, key=lambda bearer: bearer[0]) for name, bearers in found.items()}

    def _is_full(self, match: NameMatch) -> bool:
        actor = self.actors[match.name.owners[0]]
        return " " in match.name.surface or (actor.kind != "person" and bool(actor.short))

    def _misspelt(self, name: str) -> str | None:
        """The listed person whose name is nearly the same: "Volodymr Zelensky"."""
        for entry in compile_gazetteer(self.actors).lookup(name.split()[-1]):
            for owner in entry.owners if entry.how in ("alias", "surname") else ():
                actor = self.actors[owner]
                if actor.kind == "person" and any(_alike(name, alias) for alias in actor.names):
                    return owner
        return None


def _alike(name: str, other: str) -> bool:
    """Whether two full names with the same surname have given names in nearly the same letters."""
    given, others = name.casefold().split()[:-1], other.casefold().split()[:-1]
    return len(given) == len(others) > 0 and all(
        SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
        for one, two in zip(given, others, strict=True)
    )
