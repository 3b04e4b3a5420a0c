"""The codebook of a study: themes with their definitions and patterns."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from analysis.display.study import codebook_html
from analysis.errors import StudyError
from analysis.study.patterns import Pattern, PatternError, parse_pattern
from analysis.study.schema import Name, Slug, StudyModel, validation_error
from analysis.study.yaml_files import load_yaml, place

Group = Literal["issue", "generic", "relationship"]
SHOWN_GROUP: Group = "issue"
"""Group in figures and findings. Word lists are too inaccurate for generic frames; frames of the relationship count
only in sentences about both sides (`analysis.compare.measures.frames`)."""

FEWEST_EXAMPLES = 8
"""Examples that a theme needs; with fewer, what they have in common is mostly chance."""

MAX_PATTERNS = 100_000  # more would take gigabytes of memory

FIX_PATTERN = "correct the pattern or remove it; the syntax is in the help of analysis.study.patterns"
EXPECTED = "a codebook has a title and a list of themes, each with id, label, definition and patterns"


class Rule(NamedTuple):
    """One pattern of one theme; an exception excludes what it covers."""

    theme: str
    pattern: Pattern
    exception: bool


class Theme(StudyModel):
    """One theme.

    Parameters
    ----------
    id : str
    label : str
        The name in figures and tables.
    group : {"issue", "generic", "relationship"}
        An issue of the study, a generic frame of the literature, or a portrayal of the relationship.
    parent : str, optional
        Id of the parent theme.
    definition, include, exclude : str
        What counts as the theme, and borderline cases that do and do not count.
    patterns : tuple of str
        In the syntax of `analysis.study.patterns`. May be empty if the theme has subthemes.
    exceptions : tuple of str
        Patterns in whose matches nothing counts for this theme ("tear gas" for the theme gas).
    examples : tuple of str
        Sentences with the theme. Sentences that are similar to them are hits, beside the matches of the patterns; see
        `analysis.annotators.themes.examples`. None, or at least `FEWEST_EXAMPLES`.
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
    examples: tuple[str, ...] = ()


class Codebook(StudyModel):
    """The themes of a study, in the order of the file.

    Parameters
    ----------
    title : str
    scope : {"theme", "codebook"}
        Where the longest match wins: among the patterns of one theme, so that different themes may share words, or
        among all patterns, so that a word counts for the theme of the longest match. Matches with the same span count
        for all their themes. These are "key" and "dictionary" for quanteda's `nested_scope`.
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
            If the file cannot be read, a key is missing or unknown, a pattern is invalid or would match every word,
            an id is used twice, a theme has too few examples, a theme is its own ancestor, or there are more than
            `MAX_PATTERNS` patterns.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Codebook:
        """Check the contents of a codebook.yml; see `load`."""
        if not isinstance(data, dict):
            raise StudyError(
                "the keys 'title' and 'themes' are missing", path=path, where="line 1", remedy=EXPECTED
            )
        try:
            codebook = cls.model_validate(data)
        except ValidationError as error:
            raise validation_error(error, data, path) from None
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
        """The theme with this id; KeyError if there is none."""
        return self._by_id[theme_id]

    @cached_property
    def _by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def ancestors(self, theme_id: str) -> tuple[str, ...]:
        """Ids of the ancestors of a theme, its parent first."""
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
    def by_examples(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Ids and examples of the themes that have examples."""
        return tuple((theme.id, theme.examples) for theme in self.themes if theme.examples)

    @cached_property
    def compiled(self) -> tuple[Rule, ...]:
        """All patterns with their themes, in the order of the file."""
        return tuple(
            Rule(theme.id, parse_pattern(source), exception)
            for theme in self.themes
            for sources, exception in ((theme.patterns, False), (theme.exceptions, True))
            for source in sources
        )


def _contradictions(codebook: Codebook) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Problems between entries: message, keys, and remedy."""
    n_patterns = sum(len(theme.patterns) + len(theme.exceptions) for theme in codebook.themes)
    if n_patterns > MAX_PATTERNS:
        problem = f"{n_patterns:,} patterns; the maximum is {MAX_PATTERNS:,}"
        yield problem, ("themes",), "split the codebook"
        return
    parents = {theme.id: theme.parent for theme in codebook.themes}
    holding = set(parents.values())
    first: dict[str, int] = {}
    for number, theme in enumerate(codebook.themes):
        at = ("themes", number)
        if first.setdefault(theme.id, number) != number:
            yield f"the id '{theme.id}' is used twice", (*at, "id"), "give each theme its own id"
        if theme.parent is not None and theme.parent not in parents:
            near = get_close_matches(theme.parent, parents, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else "parent must be the id of another theme"
            yield f"there is no theme '{theme.parent}'", (*at, "parent"), remedy
        if 0 < len(set(theme.examples)) < FEWEST_EXAMPLES:
            yield (
                f"{len(set(theme.examples))} different examples; a theme needs at least {FEWEST_EXAMPLES}",
                (*at, "examples"),
                "add sentences with the theme, of different articles, or remove the examples",
            )
        if not theme.patterns and not theme.examples and theme.id not in holding:
            yield (
                "this theme has neither patterns nor subthemes",
                (*at, "patterns"),
                "add patterns or remove the theme",
            )
        yield from _invalid_patterns(theme, at)
    yield from _cycles(parents, [theme.id for theme in codebook.themes])


def _invalid_patterns(
    theme: Theme, at: tuple[str | int, ...]
) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for key in ("patterns", "exceptions"):
        for number, source in enumerate(getattr(theme, key)):
            try:
                parse_pattern(source)
            except PatternError as error:
                yield str(error), (*at, key, number), FIX_PATTERN


def _cycles(
    parents: dict[str, str | None], ids: list[str]
) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for number, theme_id in enumerate(ids):
        seen = [theme_id]
        while (above := parents.get(seen[-1])) is not None:
            if above in seen:
                problem = f"circular parents: {' > '.join([*seen, above])}"
                yield problem, ("themes", number, "parent"), "remove one of these parents"
                break
            seen.append(above)
