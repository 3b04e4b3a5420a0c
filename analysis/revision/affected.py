"""Which articles a change of the study can affect: those with a name of an actor that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.annotators.actors.gazetteer import forms_of, normalise_name
from analysis.study import WORLD, Study

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.actors import Actor, Actors


def affected_by_actors(old: Study, new: Study, before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Articles whose mentions, speakers, sides, voices or acts can change with the actors of a study.

    A change of a state, of the sides, of the world's actors or of another list can affect every article, because the
    sides of officials, members and places follow from it. A change of anybody else affects the articles that name
    them or their office.

    Parameters
    ----------
    old, new : Study
    before, after : pandas.DataFrame
        The table `articles` with the countries of the outlets in the old and in the new study.

    Returns
    -------
    set of str
        Ids of articles.
    """
    ids = after["article_id"]
    differs = before["outlet_country"].fillna("") != after["outlet_country"].fillna("")
    differs |= after["outlet"].isin(set(old.outlets.governments) ^ set(new.outlets.governments))
    if old.actors != new.actors or dict(old.sources).get(WORLD) != dict(new.sources).get(WORLD):
        names = _changed_names(old, new)
        if names is None:
            return set(ids)
        differs |= after["text"].map(_contains(names)).astype(bool)
    return set(ids[differs])


def _changed_names(old: Study, new: Study) -> set[str] | None:
    """All forms of the names and offices of the actors that changed; None if every article can be affected."""
    one, other = old.actors, new.actors
    rest = [actors.model_dump(exclude={"actors"}) for actors in (one, other)]
    if rest[0] != rest[1] or dict(old.sources).get(WORLD) != dict(new.sources).get(WORLD):
        return None
    was, now = ({actor.id: actor for actor in actors.actors} for actors in (one, other))
    kept = [[name for name in listed if name in was and name in now] for listed in (was, now)]
    changed = {name for name in was | now if was.get(name) != now.get(name)}
    if kept[0] != kept[1] or any(
        _is_wide(side[name]) for side in (was, now) for name in changed & side.keys()
    ):
        return None
    return {
        key
        for actors in (one, other)
        for key in _keys(actors, changed & {actor.id for actor in actors.actors})
    }


def _is_wide(actor: Actor) -> bool:
    """Whether the sides of others follow from an actor."""
    return actor.kind == "state" or bool(actor.demonyms or actor.places)


def _keys(actors: Actors, changed: set[str]) -> set[str]:
    """Forms of names and offices; also without the state's adjective, which its own press can leave out."""
    keys = {normalise_name(form) for form in forms_of(actors, changed)}
    states = [f"{normalise_name(actor.demonyms[0])} " for actor in actors.actors if actor.demonyms]
    return keys | {key.removeprefix(state) for key in keys for state in states}


def _contains(names: set[str]) -> Any:
    """Whether a text contains one of the names, in capitals or not, also as a part of a word."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda text: next(automaton.iter(normalise_name(text)), None) is not None
