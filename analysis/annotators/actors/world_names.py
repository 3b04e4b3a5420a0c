"""States and institutions of the world that an article names, listed in the study or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.annotators.actors.gazetteer import Gazetteer, Name
from analysis.annotators.parsing.document import Document, cached_on_document
from analysis.study.actors import normalise
from analysis.world import World
from analysis.world.states import states

STATE = "state"
_PLACES = ("GPE", "NORP", "LOC")


class WorldMatch(NamedTuple):
    """A state or institution named in a text.

    `owners` are pairs of country and role class; an institution's name may stand for several.
    """

    start: int
    end: int
    owners: tuple[tuple[str, str], ...]

    @property
    def is_state(self) -> bool:
        """Whether a state is named, by its name, demonym or capital."""
        return self.owners[0][1] == STATE


@cached_on_document
def world_matches(document: Document, world: World) -> tuple[WorldMatch, ...]:
    """Find the states and institutions that a document names, by start, without overlap.

    Names that are words of other kinds as well ("Georgia", "Jordan") count only where the entity recogniser takes
    them for places.
    """
    gazetteer, owners = _compile(world)
    ambiguous = _ambiguous()
    places = {entity.start for entity in document.entities if entity.label in _PLACES}
    organisations = {entity.start: entity.end for entity in document.entities if entity.label == "ORG"}
    found = []
    done = 0
    for match in gazetteer.matches(document.text):
        name = WorldMatch(match.start, match.end, owners[match.name.surface])
        usable = match.name.surface not in ambiguous or match.start in places
        if match.start >= done and usable and (name.is_state or not _goes_on(document, name, organisations)):
            found.append(name)
            done = match.end
    return tuple(found)


def _goes_on(document: Document, name: WorldMatch, organisations: dict[int, int]) -> bool:
    """Whether an institution's name is the beginning of a longer name: the "Daily Mail" in "Daily Mail Trust"."""
    ends = (organisations.get(name.start, 0), organisations.get(name.start - len("the "), 0))
    longest = max(ends)
    return longest > name.end and document.text[name.end : name.end + 2].lstrip(" ")[:1].isupper()


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(name for state in states().values() for name in state.ambiguous)


@lru_cache(maxsize=4)
def _compile(world: World) -> tuple[Gazetteer, dict[str, tuple[tuple[str, str], ...]]]:
    owners: dict[str, dict[tuple[str, str], None]] = {}
    for surface, country, role_class in _names(world):
        owners.setdefault(normalise(surface), {})[country, role_class] = None
    names = (Name(surface, "affiliation") for surface in owners)
    return Gazetteer(names), {surface: tuple(found) for surface, found in owners.items()}


def _names(world: World) -> Iterator[tuple[str, str, str]]:
    """Surface, country and role class of every name."""
    for state in states().values():
        for surface in state.words:
            yield surface, state.code, STATE
    for names, institution in world.institutions():
        for surface in names:
            if len(surface) > 1 and any(letter.isupper() for letter in surface):
                yield surface, institution.country, institution.role_class
