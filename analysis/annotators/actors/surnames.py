"""Surnames: which of the people named in full in an article a surname means, listed in the study or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher

from analysis.annotators.actors.gazetteer import NameMatch, compile_gazetteer, name_matches
from analysis.annotators.actors.people import person_entities, surname
from analysis.annotators.lexicon import words
from analysis.annotators.parsing.document import Document
from analysis.annotators.parsing.token_index import token_index
from analysis.study.actors import Actors

_RECENT = 50  # bearers of a surname that are considered
_MIN_SIMILARITY = 0.8  # of two spellings of a given name, as `SequenceMatcher.ratio`


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
        """Return the person entity that covers an offset; see `person_entities`."""
        place = bisect_right(self._starts, offset) - 1
        return self.people[place] if place >= 0 and offset < self.people[place][1] else None

    def owner(self, match: NameMatch) -> str | None:
        """Return the id of the person a surname means: the last bearer named in full, if listed in the study."""
        if self.is_somebody_else(match):
            return None
        owners = self._owners(match)
        return owners[-1] if owners and owners[-1] in match.name.owners else None

    def is_unknown(self, match: NameMatch) -> bool:
        """Whether nobody with this surname has been named in full."""
        return not self._owners(match)

    def is_somebody_else(self, match: NameMatch) -> bool:
        """Whether a surname follows another given name, or only other bearers have been named in full."""
        if self.follows_a_given_name(match):
            return True
        owners = self._owners(match)
        return bool(owners) and not set(owners) & set(match.name.owners)

    def follows_a_given_name(self, match: NameMatch) -> bool:
        """Whether a surname follows a given name that is not the actor's."""
        person = self.person_at(match.start)
        if (
            person
            and person[0] < match.start
            and person[2].split()[0].casefold() not in words("titles", "offices")
        ):
            return (
                not self._is_listed(person[0], match.start)
                and self._misspelt_actor(person[2]) not in match.name.owners
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
        """Whether a name of the study covers a stretch: "Russia's" in "Russia's Putin"."""
        place = bisect_left(self.matches, (start,))
        around = self.matches[max(0, place - 4) : place + 4]
        return any(match.start <= start and end <= match.end + 3 for match in around)

    def _owners(self, match: NameMatch) -> list[str | None]:
        """Bearers named so far, the last at the end; for a surname in the headline, the first bearer after it.

        In later paragraphs, bearers who are not listed do not count: "Pence" is Mike Pence, although the paragraph
        before was about Karen Pence.
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
        """Bearers by surname: the offset of the full name and the id of the actor, None for others."""
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
                found.setdefault(surname(name), []).append((start, self._misspelt_actor(name)))
        return {name: sorted(bearers, key=lambda bearer: bearer[0]) for name, bearers in found.items()}

    def _is_full(self, match: NameMatch) -> bool:
        actor = self.actors[match.name.owners[0]]
        return " " in match.name.surface or (actor.kind != "person" and bool(actor.short))

    def _misspelt_actor(self, name: str) -> str | None:
        """Id of the listed person whose name has nearly the same letters: "Volodymr Zelensky"."""
        for entry in compile_gazetteer(self.actors).lookup(name.split()[-1]):
            for owner in entry.owners if entry.how in ("alias", "surname") else ():
                actor = self.actors[owner]
                if actor.kind == "person" and any(_alike(name, alias) for alias in actor.names):
                    return owner
        return None


def _alike(name: str, other: str) -> bool:
    """Whether the given names of two full names have nearly the same letters."""
    given, others = name.casefold().split()[:-1], other.casefold().split()[:-1]
    return len(given) == len(others) > 0 and all(
        SequenceMatcher(None, one, two, autojunk=False).ratio() >= _MIN_SIMILARITY
        for one, two in zip(given, others, strict=True)
    )
