"""Loaded terms: words that express the standpoint of a side, from the optional loaded_terms.yml of a study."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from analysis.errors import StudyError
from analysis.study.codebook import FIX_PATTERN, Codebook
from analysis.study.patterns import PatternError, parse_pattern
from analysis.study.schema import Name, Slug, StudyModel, validation_error
from analysis.study.yaml_files import load_yaml


class Term(StudyModel):
    """One term.

    Parameters
    ----------
    id, label : str
    standpoint : str, optional
        The side that uses the term; None for a neutral term.
    definition : str
        What the use of the term implies.
    patterns, exceptions : tuple of str
        In the syntax of `analysis.study.patterns`.
    """

    id: Slug
    label: Name
    standpoint: Slug | None = None
    definition: Name
    patterns: tuple[str, ...] = Field(min_length=1)
    exceptions: tuple[str, ...] = ()


class TermGroup(StudyModel):
    """At least two terms for the same thing, to be compared with each other."""

    id: Slug
    label: Name
    terms: tuple[Term, ...] = Field(min_length=2)


class LoadedTerms(StudyModel):
    """The loaded terms of a study."""

    title: Name
    groups: tuple[TermGroup, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path | str, *, sides: Collection[str]) -> LoadedTerms:
        """Read and check a loaded_terms.yml.

        Parameters
        ----------
        path : path
        sides : collection of str
            Ids of the sides of the study; a standpoint must be one of them.

        Raises
        ------
        StudyError
            If the file cannot be read, a key is missing or unknown, an id is used twice, a pattern is invalid, or a
            standpoint is not a side.
        """
        return cls.from_data(load_yaml(path), sides=sides, path=path)

    @classmethod
    def from_data(cls, data: Any, *, sides: Collection[str], path: Path | str | None = None) -> LoadedTerms:
        """Check the contents of a loaded_terms.yml; see `load`."""
        if not isinstance(data, dict):
            raise StudyError("the keys 'title' and 'groups' are missing", path=path)
        try:
            terms = cls.model_validate(data)
        except ValidationError as error:
            raise validation_error(error, data, path) from None
        terms._check(sides, path)
        return terms

    def _check(self, sides: Collection[str], path: Path | str | None) -> None:
        seen: set[str] = set()
        for group in self.groups:
            for term in group.terms:
                at = f"groups > {group.id} > {term.id}"
                if term.id in seen:
                    raise StudyError(
                        "this id is used twice", path=path, where=at, remedy="give each term its own id"
                    )
                seen.add(term.id)
                if term.standpoint is not None and term.standpoint not in sides:
                    problem = (
                        f"unknown side '{term.standpoint}'; the sides of this study are {', '.join(sides)}"
                    )
                    raise StudyError(problem, path=path, where=f"{at} > standpoint")
                for key in ("patterns", "exceptions"):
                    for place, source in enumerate(getattr(term, key), start=1):
                        try:
                            parse_pattern(source)
                        except PatternError as error:
                            where = f"{at} > {key}, entry {place}"
                            raise StudyError(str(error), path=path, where=where, remedy=FIX_PATTERN) from None

    @cached_property
    def codebook(self) -> Codebook:
        """The terms as a codebook, so that they are found like themes; the longest match wins."""
        themes = [
            {
                "id": term.id,
                "label": term.label,
                "definition": term.definition,
                "patterns": list(term.patterns),
                "exceptions": list(term.exceptions),
            }
            for group in self.groups
            for term in group.terms
        ]
        return Codebook.from_data({"title": self.title, "scope": "codebook", "themes": themes})
