"""What to look for: themes with their definitions and patterns."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from analysis.display.study import codebook_html
from analysis.errors import StudyError
from analysis.study.actors import Name, Slug, _Model, _study_error
from analysis.study.patterns import Pattern, PatternError, parse_pattern
from analysis.study.yaml_files import load_yaml, place

Group = Literal["issue", "generic", "relationship"]
MAX_PATTERNS = 100_000  # a list of this size is no codebook; looking it up would take gigabytes

MEND = "mend the pattern or take it out; analysis.study.patterns has the language"
SHAPE = "a codebook has a title and a list of themes, each with id, label, definition and patterns"


class Rule(NamedTuple):
    """One pattern of one theme; an exception blocks what it covers."""

    theme: str
    pattern: Pattern
    exception: bool


class Theme(_Model):
    """One theme.

    Parameters
    ----------
    id : str
    label : str
        For figures and tables.
    group : {"issue", "generic", "relationship"}
        Subjects of the study, generic frames of the literature, and portrayals of the relationship.
    parent : str, optional
        Id of the theme it is a part of.
    definition, include, exclude : str
        What counts, with borderline cases on either side.
    patterns : tuple of str
        In the language of `analysis.study.patterns`; a theme that only holds others needs none.
    exceptions : tuple of str
        Patterns over which nothing of this theme counts ("Caspian tern").
    """

    id: Slug
    label: Name
    group: Group = "issue"
    parent: Slug | None = None
    definition: Name
    include: str = ""
    exclude: str = ""
    patterns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


class Codebook(_Model):
    """The themes of a study, in the order of the file.

    Parameters
    ----------
    title : str
    scope : {"theme", "codebook"}
        Where the longest match wins: among the patterns of one theme (different themes may share words), or among
        all patterns (a word counts for the theme of the longest match around it, for several only when they match
        the very same words). quanteda calls the two `nested_scope` "key" and "dictionary".
    themes : tuple of Theme
    """

    title: Name
    scope: Literal["theme", "codebook"] = "theme"
    themes: tuple[Theme, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path | str) -> Codebook:
        """Read and check a codebook.yml.

        Raises
        ------
        StudyError
            The file cannot be read, lacks a key or has one too many, a pattern cannot be read or would match
            every word, a theme id stands twice, themes are nested in a circle, or there are more than
            `MAX_PATTERNS` patterns.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Codebook:
        """Check what a codebook.yml holds; see `load`."""
        if not isinstance(data, dict):
            raise StudyError(
                "expected the keys 'title' and 'themes'", path=path, where="line 1", remedy=SHAPE
            )
        try:
            codebook = cls.model_validate(data)
        except ValidationError as error:
            raise _study_error(error, data, path) from None
        for problem, keys, remedy in _contradictions(codebook):
            raise StudyError(problem, path=path, where=place(path, keys, data), remedy=remedy)
        return codebook

    def _repr_html_(self) -> str:
        return codebook_html(self.title, self.themes)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.title, self.scope, self.themes))

    def __getitem__(self, theme_id: str) -> Theme:
        """The theme with this id; KeyError where there is none."""
        return self._by_id[theme_id]

    @cached_property
    def _by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def ancestors(self, theme_id: str) -> tuple[str, ...]:
        """Ids of the themes that a theme is a part of, nearest first."""
        return self._ancestors[theme_id]

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for theme in self.themes:
            above: list[str] = []
            while (parent := self[above[-1] if above else theme.id].parent) is not None:
                above.append(parent)
            found[theme.id] = tuple(above)
        return found

    @cached_property
    def top_themes(self) -> tuple[int, ...]:
        """The number of the top theme of each pattern in `compiled`; with the scope "codebook", 0 for all.

        Matches of patterns with different numbers never compete.
        """
        if self.scope == "codebook":
            return (0,) * len(self.compiled)
        tops = {theme.id: (theme.id, *self.ancestors(theme.id))[-1] for theme in self.themes}
        numbers = {top: number for number, top in enumerate(tops.values())}
        return tuple(numbers[tops[rule.theme]] for rule in self.compiled)

    @cached_property
    def compiled(self) -> tuple[Rule, ...]:
        """Every pattern with its theme, in the order of the file."""
        return tuple(
            Rule(theme.id, parse_pattern(source), exception)
            for theme in self.themes
            for sources, exception in ((theme.patterns, False), (theme.exceptions, True))
            for source in sources
        )


def _contradictions(codebook: Codebook) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Problems that the types of the keys do not show: what, where, and the remedy."""
    n_patterns = sum(len(theme.patterns) + len(theme.exceptions) for theme in codebook.themes)
    if n_patterns > MAX_PATTERNS:
        problem = f"{n_patterns:,} patterns; at most {MAX_PATTERNS:,} are looked up"
        yield problem, ("themes",), "split the codebook"
        return
    parents = {theme.id: theme.parent for theme in codebook.themes}
    holding = set(parents.values())
    first: dict[str, int] = {}
    for number, theme in enumerate(codebook.themes):
        at = ("themes", number)
        if first.setdefault(theme.id, number) != number:
            yield f"the theme '{theme.id}' stands twice", (*at, "id"), "give each theme its own id"
        if theme.parent is not None and theme.parent not in parents:
            near = get_close_matches(theme.parent, parents, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else "the parent is the id of another theme"
            yield f"there is no theme '{theme.parent}'", (*at, "parent"), remedy
        if not theme.patterns and theme.id not in holding:
            yield (
                "no patterns, and no theme is below this one",
                (*at, "patterns"),
                "list what to look for, or take the theme out",
            )
        yield from _unreadable(theme, at)
    yield from _circles(parents, [theme.id for theme in codebook.themes])


def _unreadable(theme: Theme, at: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for key in ("patterns", "exceptions"):
        for number, source in enumerate(getattr(theme, key)):
            try:
                parse_pattern(source)
            except PatternError as error:
                yield str(error), (*at, key, number), MEND


def _circles(
    parents: dict[str, str | None], ids: list[str]
) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for number, theme_id in enumerate(ids):
        seen = [theme_id]
        while (above := parents.get(seen[-1])) is not None:
            if above in seen:
                problem = f"nested in a circle: {' in '.join([*seen, above])}"
                yield problem, ("themes", number, "parent"), "take out one of these parents"
                break
            seen.append(above)
