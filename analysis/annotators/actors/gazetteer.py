"""The gazetteer of a study: every form of its actors' names, found in a text in one pass (Aho-Corasick)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from analysis.annotators.lexicon import alternation, lexicon, words
from analysis.annotators.parsing.document import Document, cached_on_document
from analysis.study.actors import VARIANTS, Actor, Actors, normalise

How = Literal["alias", "surname", "metonym", "role", "affiliation", "none"]

_GENDERED = re.compile(
    rf"({alternation('actor_names', 'gendered_stems')}){alternation('actor_names', 'gendered_endings')}\b"
)
_FOLDED = {**VARIANTS, **str.maketrans({"-": " ", "‐": " ", "‑": " ", "–": " ", "\n": " ", "\t": " "})}
_MAX_ACRONYM = 4  # letters of an acronym that is used like an adjective: "the US president"


@dataclass(frozen=True)
class Name:
    """One form of a name.

    Parameters
    ----------
    surface : str
        The form, with capitals as in the text.
    how : {"alias", "surname", "metonym", "role", "affiliation", "none"}
        "affiliation" is an adjective or a place: no mention of an actor, but it tells the side of a speaker. "none"
        is a phrase that only looks like an actor.
    owners : tuple of str
        Ids of the actors. Empty for a role, because its holder depends on the date.
    title : str, optional
        Of a role, as the study has it.
    ambiguous : bool
        Whether the form has other meanings.
    """

    surface: str
    how: How
    owners: tuple[str, ...] = ()
    title: str | None = None
    ambiguous: bool = False


class NameMatch(NamedTuple):
    """A name found in a text. The same words give several matches if they have several meanings."""

    start: int
    end: int
    name: Name


class Gazetteer:
    """Names, compiled for look-up.

    Parameters
    ----------
    names : iterable of Name
    """

    def __init__(self, names: Iterable[Name]) -> None:
        import ahocorasick

        self._by_key: dict[str, list[Name]] = {}
        for name in names:
            entries = self._by_key.setdefault(normalise_name(name.surface), [])
            if name not in entries:
                entries.append(name)
        self._automaton: Any = ahocorasick.Automaton()
        for key in self._by_key:
            self._automaton.add_word(key, key)
        if self._by_key:
            self._automaton.make_automaton()

    def matches(self, text: str) -> list[NameMatch]:
        """Find every name in a text, sorted by start, the longest first. Matches may overlap."""
        if not self._by_key:
            return []
        folded = normalise_name(text)
        found = [
            NameMatch(end + 1 - len(key), end + 1, name)
            for end, key in self._automaton.iter(folded)
            if _is_word(folded, end + 1 - len(key), end + 1)
            for name in self._by_key[key]
            if _case_fits(name.surface, text, end + 1 - len(key))
        ]
        return sorted(found, key=lambda match: (match.start, -match.end))

    def lookup(self, surface: str) -> list[Name]:
        """Return the names with this form, whatever its case."""
        return self._by_key.get(normalise_name(surface), [])


@lru_cache(maxsize=8)
def compile_gazetteer(actors: Actors) -> Gazetteer:
    """Compile the names of a study, once per process."""
    return Gazetteer(_names(actors))


@cached_on_document
def name_matches(document: Document, actors: Actors) -> tuple[NameMatch, ...]:
    """Find every name of a study in a document, once for all annotators; see `Gazetteer.matches`."""
    return tuple(compile_gazetteer(actors).matches(document.text))


def forms_of(actors: Actors, ids: Collection[str]) -> set[str]:
    """All forms of the names of some actors and of the offices that they hold or held."""
    titles = {role.title for actor in ids for role in actors[actor].roles}
    wanted = set(ids)
    return {
        name.surface for name in _names(actors) if wanted.intersection(name.owners) or name.title in titles
    }


def normalise_name(text: str) -> str:
    """Lower-case a text, with plain apostrophes and spaces for hyphens and line breaks; the length stays the same."""
    lowered = text.lower()
    if len(lowered) != len(text):  # 'İ' becomes two characters
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_FOLDED)


def _is_word(folded: str, start: int, end: int) -> bool:
    """Whether a stretch is a word of its own: no letter or digit beside it, no handle, no part of an address."""
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if before.isalnum() or before in "@_" or after.isalnum() or after == "_":
        return False
    beyond = folded[end + 1] if end + 1 < len(folded) else " "
    return not (after == "." and beyond.isalnum() and folded[end - 1] != ".")


def _case_fits(surface: str, text: str, start: int) -> bool:
    """Whether the case fits: capitals of the name are capitals in the text, or the whole line is in capitals."""
    fits = True
    for offset, (want, have) in enumerate(zip(surface, text[start : start + len(surface)], strict=True)):
        if want.isupper():
            fits = have == want
        elif want.islower():
            first = offset == 0 or not surface[offset - 1].isalnum()
            fits = have == want or (have.lower() == want and first)
        if not fits:
            break
    is_word = surface in words("actor_names", "acronyms_that_are_words")
    if fits and is_word and _is_shouted(text, start, start + len(surface)):
        line = text[text.rfind("\n", 0, start) + 1 : start].split()
        return not line or line[-1] in words("actor_names", "before_an_acronym")
    if fits or surface.isupper():
        return fits
    return text[start : start + len(surface)].isupper() and _is_shouted(text, start, start + len(surface))


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether a name stands in a line that is all capitals."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return line.isupper() and len(line.split()) > len(text[start:end].split())


def _names(actors: Actors) -> Iterator[Name]:
    """All forms of all names of a study."""
    states = {demonym: actor for actor in actors.actors for demonym in actor.demonyms}
    shorts: dict[str, list[str]] = {}
    for phrase in actors.not_actors:
        yield Name(normalise(phrase), "none")
    for actor in actors.actors:
        owner = (actor.id,)
        for alias in actor.names:
            for form in _forms(alias, states):
                yield Name(form, "alias", owner, ambiguous=alias in actor.ambiguous)
        for role in actor.roles:
            for form in _forms(role.title, states):
                yield Name(form, "role", title=role.title)
        for metonym in actor.metonyms:
            yield Name(normalise(metonym), "metonym", owner)
        for word in (*actor.demonyms, *actor.places):
            yield Name(normalise(word), "affiliation", owner)
        if actor.demonyms:
            for noun in lexicon("actor_names")["state_nouns"]:
                for form in _forms(f"{actor.demonyms[0]} {noun}", states):
                    yield Name(form, "alias", owner)
            for noun in lexicon("actor_names")["state_nouns_with_article"]:
                for adjective in _adjectives(actor, ()):
                    yield Name(f"the {adjective} {noun}", "alias", owner)
        for short in actor.short:
            shorts.setdefault(normalise(short), []).append(actor.id)
    for short, owners in shorts.items():
        yield Name(short, "surname", tuple(owners))


def _forms(name: str, states: dict[str, Actor]) -> Iterator[str]:
    """The forms of a name: spellings, gendered nouns, and "Iran's X" and "X of Iran" for "Iranian X"."""
    name = normalise(name)
    variants = {name}
    for one, other in lexicon("actor_names")["spellings"].items():
        variants |= {variant.replace(one, other) for variant in variants}
        variants |= {variant.replace(other, one) for variant in variants}
    for ending in words("actor_names", "gendered_endings", "neutral_endings"):
        variants |= {_GENDERED.sub(rf"\g<1>{ending}", variant) for variant in variants}
    for variant in sorted(variants):
        yield variant
        adjective, _, rest = variant.partition(" ")
        if rest and adjective in states:
            yield from _of_state(rest, states[adjective])


def _of_state(rest: str, state: Actor) -> Iterator[str]:
    """The forms of something that belongs to a state."""
    names = [normalise(name) for name in state.names if not name.startswith("the ")]
    for adjective in _adjectives(state, names):
        yield f"{adjective} {rest}"
    for name in (*names, *map(normalise, state.metonyms)):
        yield f"{name}'s {rest}"
        if name.endswith("s"):
            yield f"{name}' {rest}"
    for name in names:
        yield f"{rest} of {name}"
        yield f"{rest} of the {name}"


def _adjectives(state: Actor, names: Iterable[str]) -> Iterator[str]:
    """Words before a noun that make it the state's: "Iranian", "Iran" (in headlines), "US"; not "Iranians"."""
    yield from (word for word in state.demonyms if word == state.demonyms[0] or not word.endswith("s"))
    yield from (name for name in names if " " not in name or len(name.replace(".", "")) <= _MAX_ACRONYM)
