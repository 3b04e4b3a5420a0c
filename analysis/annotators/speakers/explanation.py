"""Whom a name stands for, in the study and among the world's actors, and why it is on its side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from analysis.annotators.actors.world_actors import deciding_roles, side_of_role
from analysis.study import Study
from analysis.study.actors import EXPERT, Actor, Actors, normalise
from analysis.world import BODIES, Candidate
from analysis.world.states import State, states

_SURNAMES = 10  # people with a surname who are listed


def explain_name(name: str, study: Study, day: date | None = None) -> list[str]:
    """Say whom the toolkit takes a name for.

    Parameters
    ----------
    name : str
    study : Study
    day : date, optional
        Day of the article. Without one, every role counts as held.

    Returns
    -------
    list of str
        Lines for a reader.
    """
    key = _key(name)
    if key in _keys(study.actors.not_actors):
        return [f"'{name}' is listed under not_actors in actors.yml. It is no actor."]
    if listed := [
        actor for actor in study.actors.actors if key in _keys((*actor.names, *actor.short, *actor.metonyms))
    ]:
        return [line for actor in listed for line in _study_actor(key, actor, day)]
    if found := study.world.candidates(name, day=day):
        return list(_world_actor(name, found, study.actors, day))
    if " " not in name.strip() and (found := study.world.by_surname(name, day=day)):
        return list(_surname(name, found, day))
    if named := [state for state in states().values() if key in _keys(state.words)]:
        return [line for state in named for line in _state(state, study.actors)]
    return [
        f"Neither the study nor the world's actors know '{name}'.",
        "Such a speaker has the side that the words of the article give, for example 'a Canadian official'.",
    ]


def _key(name: str) -> str:
    return normalise(name).casefold()


def _keys(names: Iterable[str]) -> set[str]:
    return set(map(_key, names))


def _state(state: State, actors: Actors) -> Iterator[str]:
    side = actors.side_of_country(state.code)
    yield f"{state.name} ({state.code}): a state that is not in actors.yml, {f'side {side!r}' if side else 'no side'}"
    yield f"  'a {state.demonyms[0]} official' speaks for this side"


def _study_actor(key: str, actor: Actor, day: date | None) -> Iterator[str]:
    yield f"{actor.name}: actor '{actor.id}' of the study ({actor.kind}), side '{actor.side}'"
    if key in _keys(actor.short):
        yield "  a surname: it counts after the full name or an office in the same article"
    if key in _keys(actor.metonyms):
        yield "  a place: it counts where it acts, as in 'Moscow said'"
    for role in actor.roles:
        held = "" if day is None else ", held" if role.held_on(day) else ", not held"
        yield f"  {role.title}, {role.start} to {role.to or 'now'}{held}"


def _world_actor(name: str, found: Sequence[Candidate], actors: Actors, day: date | None) -> Iterator[str]:
    """Roles of a full name. Roles that are held decide; if none is held, all do."""
    yield f"'{name}' is not in actors.yml. The world's actors have:"
    deciding = deciding_roles(found, day)
    sides = set()
    for one in found:
        side = side_of_role(actors, one, found, day)
        if one in deciding:
            sides.add(side)
        yield f"  {describe_role(one, day)}"
        yield f"    {_why(actors, one, side)}"
    if len(sides) > 1:
        yield "The roles are on several sides, so only those of a country that the article names count."
    yield "It counts if the article names the country, or if the outlet belongs to it."


def _surname(name: str, found: Sequence[Candidate], day: date | None) -> Iterator[str]:
    people = list(dict.fromkeys(one.name for one in found))
    yield f"'{name}' is the surname of {len(people):,} of the world's actors; give the full name:"
    for person in people[:_SURNAMES]:
        yield f"  {describe_role(next(one for one in found if one.name == person), day)}"
    if len(people) > _SURNAMES:
        yield f"  and {len(people) - _SURNAMES:,} more"


def describe_role(one: Candidate, day: date | None = None) -> str:
    """A role in one line: who, country, office, dates and source.

    Parameters
    ----------
    one : Candidate
    day : date, optional
        The day on which `one.when` says whether the role is held.

    Returns
    -------
    str
    """
    dates = f"{one.start or 'unknown'} to {one.end or 'open'}" if one.start or one.end else "no dates"
    on = f", {one.when} on {day}" if day else ""
    role = one.role or one.role_class
    return (
        f"{one.name}, {_country(one.country)}: {role} ({one.role_class}), {dates}{on}; source: {one.source}"
    )


def _why(actors: Actors, one: Candidate, side: str | None) -> str:
    if side is None:
        return "no side: the study has no side for this country, and no side 'other'"
    if side == actors.side_of_country(one.country):
        return f"side '{side}': the side of {_country(one.country)}"
    if side == EXPERT and one.when == "former":
        return f"side '{side}': former officials comment as experts"
    return f"side '{side}': the side of the class {one.role_class}"


def _country(code: str) -> str:
    return states()[code].name if code in states() else BODIES.get(code, code)
