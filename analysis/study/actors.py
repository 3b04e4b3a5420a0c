"""The actors of a study: names, sides, and offices with the periods in which they were held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from analysis.display.study import actors_html
from analysis.errors import StudyError
from analysis.study.schema import Name, Slug, StudyModel, validation_error
from analysis.study.yaml_files import load_yaml, place
from analysis.world.rows import BODIES
from analysis.world.states import regions, state_code, states

Kind = Literal[
    "person", "state", "institution", "company", "armed_group", "organisation", "think_tank", "media", "group"
]
Problem = tuple[str, tuple[str | int, ...]]
"""A message, and the keys that lead to the problem."""

VARIANTS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\xa0": " "})

# Sides with a fixed meaning in every study that declares them.
EXPERT = "expert"
MEDIA = "media"
OTHER = "other"
"""The side of every country that a study does not name."""


def normalise(name: str) -> str:
    """Replace curly apostrophes, dashes and non-breaking spaces by plain ones; the length stays the same."""
    return name.translate(VARIANTS)


class Side(StudyModel):
    """A group of actors that the study compares, with its label and its colour in figures (#RRGGBB).

    `in_text` is its name within a sentence ("the United States"); by default the label.
    """

    id: Slug
    label: Name
    in_text: Name | None = None
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Role(StudyModel):
    """An office and its period: `to` is the first day after it, None if the office is still held."""

    title: Name
    start: date = Field(alias="from")
    to: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was held on a day."""
        return self.start <= day and (self.to is None or day < self.to)

    def overlaps(self, other: Role) -> bool:
        """Whether two periods share a day."""
        return (other.to is None or self.start < other.to) and (self.to is None or other.start < self.to)


class Actor(StudyModel):
    """One actor.

    Parameters
    ----------
    id, name, kind, side : str
        The name counts as an alias.
    aliases : tuple of str
        Names that always refer to this actor, with their transliterations.
    short : tuple of str
        Surnames ("Bagheri") that refer to this person after a full name in the same article.
    metonyms : tuple of str
        Places that refer to this actor if they act ("Moscow said"), but not as a location.
    ambiguous : tuple of str
        Aliases that also have another meaning ("Georgia"). They count only if named-entity recognition and the
        context confirm them.
    demonyms : tuple of str
        Adjectives of a state ("Iranian"); the first one forms the names of its institutions and offices. A demonym
        alone is no mention, but "the Iranian side" is, and "an Iranian diplomat" speaks for its side.
    places : tuple of str
        Cities and regions of a state. They are no mentions, but "a trader in Rasht" speaks for its side.
    roles : tuple of Role
    pronoun : {"he", "she", "they"}, optional
        For persons.
    """

    id: Slug
    name: Name
    kind: Kind
    side: Slug
    aliases: tuple[Name, ...] = ()
    short: tuple[Name, ...] = ()
    metonyms: tuple[Name, ...] = ()
    ambiguous: tuple[Name, ...] = ()
    demonyms: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    roles: tuple[Role, ...] = ()
    pronoun: Literal["he", "she", "they"] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name and the aliases, without duplicates."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


class Actors(StudyModel):
    """The actors of a study.

    Parameters
    ----------
    sides : tuple of Side
    actors : tuple of Actor
    not_actors : tuple of str
        Phrases that contain the name of an actor but mean something else ("Persian Gulf", "Moscow Times").
    regions : tuple of str
        Adjectives of regions that several sides share ("Caspian"): "Caspian officials" speak for the side 'other'.
    countries : dict of str to tuple of str
        The countries of a side: codes (ISO 3166-1, two letters) or regions by name ("Europe"). A code counts before a
        region, and a region that lies within another ("Gulf" within "Middle East") before the wider one.
    """

    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    not_actors: tuple[Name, ...] = ()
    regions: tuple[Name, ...] = ()
    countries: dict[Slug, tuple[Name, ...]] = Field(default_factory=dict)

    def _repr_html_(self) -> str:
        return actors_html(self.sides, self.actors)

    @classmethod
    def load(cls, path: Path | str) -> Actors:
        """Read and check an actors.yml.

        Parameters
        ----------
        path : path

        Returns
        -------
        Actors

        Raises
        ------
        StudyError
            If the file cannot be read, a key is missing or unknown, or entries contradict each other: an alias of
            two actors, an undeclared side, two holders of one office at the same time.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Actors:
        """Check the contents of an actors.yml; see `load`."""
        if not isinstance(data, dict):
            raise StudyError("the keys 'sides' and 'actors' are missing", path=path)
        try:
            actors = cls.model_validate(data)
        except ValidationError as error:
            raise validation_error(error, data, path) from None
        for problem, keys in _contradictions(actors):
            raise StudyError(problem, path=path, where=place(path, keys, data))
        return actors

    def __getitem__(self, actor_id: str) -> Actor:
        """The actor with this id; KeyError if there is none."""
        return self._by_id[actor_id]

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._by_id

    def __repr__(self) -> str:
        return f"Actors({len(self.actors)} actors on {len(self.sides)} sides)"

    __str__ = __repr__

    def __hash__(self) -> int:
        return self._hash

    @property
    def side_ids(self) -> tuple[str, ...]:
        """Ids of the sides in the order of the file."""
        return tuple(side.id for side in self.sides)

    def side_of_country(self, code: str) -> str | None:
        """The side of a country.

        The study's `countries` decide, then the state among its actors, then the side 'other'.

        Parameters
        ----------
        code : str
            ISO 3166-1, two letters, or the code of an international body (`analysis.world.BODIES`).

        Returns
        -------
        str or None
            None where the study has no side 'other' and does not name the country.
        """
        if code in self._sides_of_countries:
            return self._sides_of_countries[code]
        return OTHER if OTHER in self.side_ids else None

    def holders(self, title: str, day: date | None) -> tuple[Actor, ...]:
        """Return the actors who held an office on a day, or at any time if no day is given.

        Parameters
        ----------
        title : str
            The title as in the file; case is ignored.
        day : date, optional
        """
        held = self._offices.get(title.casefold(), ())
        return tuple(dict.fromkeys(actor for actor, role in held if day is None or role.held_on(day)))

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _offices(self) -> dict[str, list[tuple[Actor, Role]]]:
        offices: dict[str, list[tuple[Actor, Role]]] = {}
        for actor in self.actors:
            for role in actor.roles:
                offices.setdefault(role.title.casefold(), []).append((actor, role))
        return offices

    @cached_property
    def _sides_of_countries(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, side in _wide_regions_first(self.countries):
            found |= dict.fromkeys(regions()[name], side)
        for actor in self.actors:
            if actor.kind == "state" and (code := state_code(actor.name)):
                found[code] = actor.side
        for side, names in self.countries.items():
            found |= dict.fromkeys(names, side)  # "EU" is a region and a body
        return found

    @cached_property
    def _hash(self) -> int:
        return hash((self.sides, self.actors, self.not_actors, self.regions, tuple(self.countries.items())))


def _contradictions(actors: Actors) -> Iterator[Problem]:
    """Problems between entries."""
    yield from _repeated("sides", [side.id for side in actors.sides])
    yield from _repeated("actors", [actor.id for actor in actors.actors])
    yield from _shared_names(actors)
    yield from _shared_offices(actors)
    yield from _wrong_countries(actors)
    for number, actor in enumerate(actors.actors):
        at = ("actors", number)
        if actor.side not in actors.side_ids:
            yield (
                f"unknown side '{actor.side}'; the sides of this study are {', '.join(actors.side_ids)}",
                (*at, "side"),
            )
        for name in actor.ambiguous:
            if name not in (*actor.names, *actor.short):
                yield f"'{name}' is not an alias of this actor; add it to aliases", (*at, "ambiguous")
        for role in actor.roles:
            if role.to is not None and role.to <= role.start:
                yield (
                    f"'{role.title}' ends on {role.to}, which is not after its start on {role.start}",
                    (*at, "roles"),
                )


def _repeated(key: str, ids: list[str]) -> Iterator[Problem]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield f"the id '{name}' is used twice; ids must be unique", (key, number, "id")


def _shared_names(actors: Actors) -> Iterator[Problem]:
    """Names of two actors. Surnames may be shared, since the article decides."""
    owners: dict[str, str] = {}
    for number, actor in enumerate(actors.actors):
        for key in ("names", "metonyms", "demonyms", "places"):
            for name in getattr(actor, key):
                where = ("actors", number, "aliases" if key == "names" else key)
                if not re.search(r"\w", name):
                    yield f"the name '{name}' has no letter or digit", where
                owner = owners.setdefault(normalise(name).casefold(), actor.id)
                if owner != actor.id:
                    yield (
                        f"'{name}' is already a name of the actor '{owner}'; remove it from one of them",
                        where,
                    )


def _wrong_countries(actors: Actors) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for side, names in actors.countries.items():
        where = ("countries", side)
        if side not in actors.side_ids:
            yield f"'{side}' is not a side; declared are {', '.join(actors.side_ids)}", where
        for name in names:
            if name not in regions() and name not in states() and name not in BODIES:
                listed = ", ".join(sorted(regions()))
                yield f"'{name}' is neither a code such as IR nor a region; regions are {listed}", where
            owner = owners.setdefault(name, side)
            if owner != side:
                yield f"'{name}' is also listed for '{owner}'", where
    yield from _overlapping_regions(actors)


def _wide_regions_first(countries: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Regions with their sides, so that a region within another one comes after it."""
    found = [(name, side) for side, names in countries.items() for name in names if name in regions()]
    return sorted(found, key=lambda region: -len(regions()[region[0]]))


def _overlapping_regions(actors: Actors) -> Iterator[Problem]:
    """Regions of two sides that share a country, where neither lies within the other and nothing else decides."""
    settled = {code for names in actors.countries.values() for code in names}
    settled.update(state_code(actor.name) or "" for actor in actors.actors if actor.kind == "state")
    for (wide, one), (narrow, other) in combinations(_wide_regions_first(actors.countries), 2):
        shared = set(regions()[wide]) & set(regions()[narrow]) - settled
        if one != other and shared and not set(regions()[narrow]) <= set(regions()[wide]):
            yield (
                f"'{wide}' is listed for '{one}' and '{narrow}' for '{other}', and both contain "
                f"{', '.join(sorted(shared))}; list these codes under one of the sides",
                ("countries", other),
            )


def _shared_offices(actors: Actors) -> Iterator[Problem]:
    held: dict[str, list[tuple[Actor, Role]]] = {}
    for number, actor in enumerate(actors.actors):
        for role in actor.roles:
            for other, earlier in held.setdefault(role.title.casefold(), []):
                if other.id != actor.id and role.overlaps(earlier):
                    yield (
                        f"'{role.title}' is also held by '{other.id}' from {earlier.start} to {earlier.to or 'now'}; "
                        "correct one of the periods",
                        ("actors", number, "roles"),
                    )
            held[role.title.casefold()].append((actor, role))
