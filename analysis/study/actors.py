"""Who matters in a study: canonical actors, the names they go by, their sides, and the offices they hold when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analysis.display.study import actors_html
from analysis.errors import StudyError
from analysis.study.yaml_files import load_yaml, place

Kind = Literal[
    "person", "state", "institution", "company", "armed_group", "organisation", "think_tank", "media", "group"
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Problem = tuple[str, tuple[str | int, ...]]
"""What is wrong, and the keys that lead to it."""

VARIANTS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\xa0": " "})

_PATTERNS = {
    "id": "expected lower-case letters, digits and underscores, a letter first",
    "side": "expected the id of a side",
    "colour": "expected a colour as #RRGGBB",
}


def normalise(name: str) -> str:
    """A name with straight apostrophes, plain hyphens and spaces; as many characters as before."""
    return name.translate(VARIANTS)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Model):
    """One party of the study, with its label and its colour in figures (#RRGGBB)."""

    id: Slug
    label: Name
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Role(_Model):
    """An office and when it was held: `to` is the first day it was no longer held, None where it still is."""

    title: Name
    start: date = Field(alias="from")
    to: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was held on that day."""
        return self.start <= day and (self.to is None or day < self.to)

    def overlaps(self, other: Role) -> bool:
        """Whether two periods share a day."""
        return (other.to is None or self.start < other.to) and (self.to is None or other.start < self.to)


class Actor(_Model):
    """One actor.

    Parameters
    ----------
    id, name, kind, side : str
        The name is an alias too.
    aliases : tuple of str
        Names that mean this actor wherever they stand, with their transliterations.
    short : tuple of str
        Surnames that mean this person once a full name stood in the article ("Bagheri").
    metonyms : tuple of str
        Places that stand for this actor when they act ("Moscow said"), not when things happen there.
    ambiguous : tuple of str
        Those of the aliases that mean something else as well ("Georgia"): counted only where the entity
        recogniser and the words around them agree.
    demonyms : tuple of str
        Adjectives of a state, the first of which makes the names of its institutions and offices ("Iranian"):
        not a mention in themselves, but "the Iranian side" is one, and "an Iranian diplomat" speaks for its side.
    places : tuple of str
        Cities and regions of a state: no mention, but "a trader in Rasht" speaks for its side.
    roles : tuple of Role
    pronoun : {"he", "she", "they"}, optional
        Of a person.
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
        """The canonical name and the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


class Actors(_Model):
    """The actors of a study.

    Parameters
    ----------
    sides : tuple of Side
    actors : tuple of Actor
    not_actors : tuple of str
        Phrases that hold an actor's name and mean something else ("Persian Gulf", "Moscow Times").
    regions : tuple of str
        Adjectives of regions that several sides share ("Caspian"): "Caspian officials" speak for the side 'other'.
    """

    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    not_actors: tuple[Name, ...] = ()
    regions: tuple[Name, ...] = ()

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
            The file cannot be read, lacks a key or has one too many, or contradicts itself: an alias of two
            actors, a side that is not declared, two holders of one office at a time.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Actors:
        """Check what an actors.yml holds; see `load`."""
        if not isinstance(data, dict):
            raise StudyError("expected the keys 'sides' and 'actors'", path=path)
        try:
            actors = cls.model_validate(data)
        except ValidationError as error:
            raise _study_error(error, data, path) from None
        for problem, keys in _contradictions(actors):
            raise StudyError(problem, path=path, where=place(path, keys, data))
        return actors

    def __getitem__(self, actor_id: str) -> Actor:
        """The actor with this id; KeyError where there is none."""
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
        """Ids of the sides, in the order of the file."""
        return tuple(side.id for side in self.sides)

    def holders(self, title: str, day: date | None) -> tuple[Actor, ...]:
        """Who held an office on a day; with no day, everybody who ever did.

        Parameters
        ----------
        title : str
            As in the file, whatever its case.
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
    def _hash(self) -> int:
        return hash((self.sides, self.actors, self.not_actors, self.regions))


def _study_error(error: ValidationError, data: dict[str, Any], path: Path | str | None) -> StudyError:
    """The first complaint of pydantic, or that of a key written wrongly, with its place in the file."""
    found = error.errors()
    meant = [_meant(error.title, complaint["loc"]) if _is_extra(complaint) else None for complaint in found]
    first = next((number for number, key in enumerate(meant) if key), 0)
    complaint = found[first]
    n_more = len(found) - 1
    more = f"; {n_more} more such problem{'s' if n_more > 1 else ''}" if n_more else ""
    remedy = f"did you mean '{meant[first]}'?" if meant[first] else None
    if _is_extra(complaint) and remedy is None:
        remedy = f"the keys are {', '.join(_keys_at(error.title, complaint['loc'][:-1]))}"
    if complaint["type"] == "missing":
        remedy = f"write '{complaint['loc'][-1]}: ...' there"
    if complaint["type"] == "string_type" and not isinstance(complaint["input"], dict | list):
        remedy = (
            "put it in quotation marks; without them YAML takes no, on and 2015 for other things than text"
        )
    where = place(path, complaint["loc"], data)
    return StudyError(f"{_said(complaint)}{more}", path=path, where=where, remedy=remedy)


def _said(complaint: Any) -> str:
    """What pydantic complains of, in words for somebody who writes the file."""
    kind = complaint["type"]
    if kind.startswith("date"):
        return "expected a date such as 2024-03-31"
    return {
        "missing": "this key is required",
        "extra_forbidden": "there is no such key",
        "string_too_short": "it is empty",
        "too_short": "it is empty",
        "string_pattern_mismatch": _PATTERNS.get(str(complaint["loc"][-1]), complaint["msg"]),
        "string_type": f"expected text, found {complaint['input']!r:.40}",
        "tuple_type": "expected a list, as in [one, two]",
    }.get(kind, complaint["msg"].replace("Input should be", "expected", 1))


def _is_extra(complaint: Any) -> bool:
    return bool(complaint["type"] == "extra_forbidden")


def _meant(model: str, loc: Sequence[str | int]) -> str | None:
    """The key that one written wrongly comes nearest to."""
    near = get_close_matches(str(loc[-1]).lower(), _keys_at(model, loc[:-1]), n=1, cutoff=0.7)
    return near[0] if near else None


def _keys_at(model: str, loc: Sequence[str | int]) -> list[str]:
    """The keys that a mapping may have at a place of a study file, the name of whose model is given."""
    here: type[BaseModel] = next(c for c in _Model.__subclasses__() if c.__name__ == model)
    for key in loc:
        field = here.model_fields.get(str(key))
        inner = (a for a in get_args(field.annotation) if isinstance(a, type)) if field else ()
        here = next((a for a in inner if issubclass(a, BaseModel)), here)
    return [field.alias or name for name, field in here.model_fields.items()]


def _contradictions(actors: Actors) -> Iterator[Problem]:
    """Problems that show only when actors are held against one another."""
    yield from _repeated("sides", [side.id for side in actors.sides])
    yield from _repeated("actors", [actor.id for actor in actors.actors])
    yield from _shared_names(actors)
    yield from _shared_offices(actors)
    for number, actor in enumerate(actors.actors):
        at = ("actors", number)
        if actor.side not in actors.side_ids:
            yield f"'{actor.side}' is not a side; declared are {', '.join(actors.side_ids)}", (*at, "side")
        for name in actor.ambiguous:
            if name not in (*actor.names, *actor.short):
                yield f"'{name}' is not among the actor's aliases", (*at, "ambiguous")
        for role in actor.roles:
            if role.to is not None and role.to <= role.start:
                yield f"'{role.title}' ends on {role.to}, before it begins", (*at, "roles")


def _repeated(key: str, ids: list[str]) -> Iterator[Problem]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield f"the id '{name}' is used twice", (key, number, "id")


def _shared_names(actors: Actors) -> Iterator[Problem]:
    """Names that mean two actors wherever they stand; a surname may be shared, the article decides."""
    owners: dict[str, str] = {}
    for number, actor in enumerate(actors.actors):
        for key in ("names", "metonyms", "demonyms", "places"):
            for name in getattr(actor, key):
                where = ("actors", number, "aliases" if key == "names" else key)
                if not re.search(r"\w", name):
                    yield f"'{name}' holds no letter", where
                owner = owners.setdefault(normalise(name).casefold(), actor.id)
                if owner != actor.id:
                    yield f"'{name}' is also an alias of '{owner}'; a name can mean one actor only", where


def _shared_offices(actors: Actors) -> Iterator[Problem]:
    held: dict[str, list[tuple[Actor, Role]]] = {}
    for number, actor in enumerate(actors.actors):
        for role in actor.roles:
            for other, earlier in held.setdefault(role.title.casefold(), []):
                if other.id != actor.id and role.overlaps(earlier):
                    yield (
                        f"'{role.title}' is also held by '{other.id}' from {earlier.start} to {earlier.to or 'now'}",
                        ("actors", number, "roles"),
                    )
            held[role.title.casefold()].append((actor, role))
