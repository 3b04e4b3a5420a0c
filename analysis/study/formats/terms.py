"""Patterns as the plain terms that other programs understand, and what cannot be said in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from analysis.study.codebook import Codebook, Theme
from analysis.study.formats.dictionary import Notes

MAX_ALTERNATIVES = 500
_CHOICE = re.compile(r"\(([^()]*)\)")
_BEYOND_WORDS = re.compile(r"\{|\bNEAR/|(?:^|[\s(|])~")


@dataclass(frozen=True)
class Limits:
    """What a format cannot hold.

    Attributes
    ----------
    terms, names : re.Pattern
        What a term or the name of a category may not contain.
    definitions : bool
        It holds definitions.
    nesting : bool
        Categories may stand below one another.
    """

    terms: re.Pattern[str]
    names: re.Pattern[str]
    definitions: bool = False
    nesting: bool = True


@dataclass(frozen=True)
class Branch:
    """A theme as a category of another format: its name there, its own terms, and the categories below it."""

    theme: Theme
    name: str
    terms: tuple[str, ...]
    below: tuple[Branch, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """The branch and all below it with their depth."""
        yield depth, self
        for branch in self.below:
            yield from branch.walk(depth + 1)


def branches(codebook: Codebook, limits: Limits, notes: Notes) -> tuple[Branch, ...]:
    """A codebook as trees of categories with plain terms, for a format of words and wildcards.

    Parameters
    ----------
    codebook : Codebook
    limits : Limits
    notes : Notes
        Gets what is lost.

    Returns
    -------
    tuple of Branch
        Without themes that have nothing left. A term that stands in a theme and below it is kept below.
    """
    names = _names(codebook, limits, notes)
    below: dict[str | None, list[Theme]] = {}
    for theme in codebook.themes:
        below.setdefault(theme.parent, []).append(theme)
        _note_losses(theme, limits, notes)

    def grow(theme: Theme) -> Branch | None:
        children = tuple(branch for child in below.get(theme.id, ()) if (branch := grow(child)))
        inherited = {term.casefold() for child in children for _, b in child.walk() for term in b.terms}
        own = [t for pattern in theme.patterns for t in terms_of(pattern, limits.terms, notes)]
        first = {term.casefold(): term for term in reversed(own)}
        terms = [t for t in dict.fromkeys(own) if first[t.casefold()] == t and t.casefold() not in inherited]
        if not terms and not children:
            notes.add("themes with nothing left in this format left out", repr(theme.label))
            return None
        return Branch(theme, names[theme.id], tuple(terms), children)

    return tuple(branch for theme in below.get(None, ()) if (branch := grow(theme)))


def _names(codebook: Codebook, limits: Limits, notes: Notes) -> dict[str, str]:
    """A name for each theme: its label as one line, without what the format cannot hold, and no name twice."""
    names: dict[str, str] = {}
    for theme in codebook.themes:
        name = " ".join(limits.names.sub(" ", theme.label).split()) or theme.id
        taken = set(names.values())
        name = next(n for n in (name, f"{name} {theme.id}", theme.id) if n not in taken)
        if name != theme.label:
            notes.add("names of themes changed", f"{theme.label!r} to {name!r}")
        names[theme.id] = name
    return names


def terms_of(pattern: str, refused: re.Pattern[str], notes: Notes) -> list[str]:
    """The words and phrases that a pattern stands for; none, and a note, where it says more than that."""
    body = pattern.replace('"', " ").strip()
    if body.startswith("="):
        notes.add("patterns whose capitals count no longer", repr(pattern))
        body = body[1:].strip()
    if _BEYOND_WORDS.search(body):
        notes.add("patterns with gaps, NEAR or stems left out", repr(pattern))
        return []
    parts = [part.split("|") if number % 2 else [part] for number, part in enumerate(_CHOICE.split(body))]
    n_terms = 1
    for part in parts:
        n_terms *= len(part)
    if n_terms > MAX_ALTERNATIVES:
        notes.add(f"patterns with more than {MAX_ALTERNATIVES} alternatives left out", repr(pattern))
        return []
    found = (" ".join(" ".join(choice).split()) for choice in product(*parts))
    terms = [term for term in dict.fromkeys(found) if not refused.search(term)]
    if not terms:
        notes.add("patterns that this format cannot say left out", repr(pattern))
    return terms


def _note_losses(theme: Theme, limits: Limits, notes: Notes) -> None:
    if theme.exceptions:
        notes.say("this format holds no exceptions; what they kept out will count")
    if theme.include or theme.exclude or (theme.definition and not limits.definitions):
        kept = (
            "the definition, but not what to include and exclude" if limits.definitions else "no definitions"
        )
        notes.say(f"this format holds {kept}")
    if theme.group != "issue":
        notes.say("this format holds no groups of themes")
    if theme.parent is not None and not limits.nesting:
        notes.say("this format holds no themes within themes; all stand side by side")
