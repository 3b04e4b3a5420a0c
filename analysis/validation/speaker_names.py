"""Whether two names or descriptions stand for the same speaker, for answers that coders write as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.letters import without_accents

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.actors import Actors

_SMALL = frozenset(["a", "an", "the", "of", "for", "in", "at", "mr", "mrs", "ms", "dr", "sir"])


def same_speaker(one: str, other: str, actors: Actors) -> bool:
    """Whether two names stand for the same speaker.

    If the study lists both, they must be names of the same actor. Otherwise all words of one must occur in the other,
    without regard to case, accents, articles and prepositions: "Kerry" and "John Kerry", "an official" and "a senior
    official".

    Parameters
    ----------
    one, other : str
    actors : Actors

    Returns
    -------
    bool

    Examples
    --------
    >>> from analysis.validation.speaker_names import same_speaker
    >>> actors = analysis.load_study("data").actors
    >>> same_speaker("Putin", "President Vladimir Putin", actors), same_speaker("Putin", "Lavrov", actors)
    (True, False)
    """
    owners, others = _owners(one, actors), _owners(other, actors)
    if owners and others:
        return bool(owners & others)
    words, more = _words(one), _words(other)
    return bool(words and more) and (words <= more or more <= words)


def with_one_name_each(answers: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Give the names that stand for the same speaker of a unit the same spelling: the first one.

    Parameters
    ----------
    answers : pandas.DataFrame
        One row per unit; empty cells stay empty.
    actors : Actors

    Returns
    -------
    pandas.DataFrame
        Same shape and labels.
    """
    import pandas as pd

    rows = [_first_names(row, actors) for row in answers.itertuples(index=False)]
    return pd.DataFrame(rows, index=answers.index, columns=answers.columns, dtype="str")


def _first_names(row: Sequence[object], actors: Actors) -> list[str | None]:
    names: list[str] = []
    made: list[str | None] = []
    for name in row:
        if not isinstance(name, str):
            made.append(None)
            continue
        known = next((before for before in names if same_speaker(before, name, actors)), name)
        names.append(known)
        made.append(known)
    return made


def _owners(name: str, actors: Actors) -> set[str]:
    from analysis.annotators.actors.gazetteer import compile_gazetteer

    return {owner for found in compile_gazetteer(actors).lookup(name) for owner in found.owners}


def _words(name: str) -> set[str]:
    from analysis.study.actors import normalise

    letters = without_accents(normalise(name)).casefold()
    return set(re.findall(r"\w+", re.sub(r"['’]s\b|\.", "", letters))) - _SMALL
