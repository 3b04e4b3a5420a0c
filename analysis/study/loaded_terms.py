"""Words that take a side: for one thing, the terms of different sides, from the optional loaded_terms.yml."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from analysis.errors import StudyError
from analysis.study.actors import Name, Slug, _Model, _study_error
from analysis.study.codebook import Codebook
from analysis.study.patterns import PatternError, parse_pattern
from analysis.study.yaml_files import load_yaml


class Term(_Model):
    """One term.

    Parameters
    ----------
    id, label : str
    standpoint : str, optional
        The side whose language it is; none for the plain word.
    definition : str
        What using it says.
    patterns, exceptions : tuple of str
        In the language of `analysis.study.patterns`.
    """

    id: Slug
    label: Name
    standpoint: Slug | None = None
    definition: Name
    patterns: tuple[str, ...] = Field(min_length=1)
    exceptions: tuple[str, ...] = ()


class TermGroup(_Model):
    """Terms for one thing, at least two: one is loaded only beside another."""

    id: Slug
    label: Name
    terms: tuple[Term, ...] = Field(min_length=2)


class LoadedTerms(_Model):
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
            The sides of the study, which a standpoint must be one of.

        Raises
        ------
        StudyError
            The file cannot be read, lacks a key or has one too many, an id stands twice, a pattern cannot be read,
            or a standpoint is no side.
        """
        return cls.from_data(load_yaml(path), sides=sides, path=path)

    @classmethod
    def from_data(cls, data: Any, *, sides: Collection[str], path: Path | str | None = None) -> LoadedTerms:
        """Check what a loaded_terms.yml holds; see `load`."""
        if not isinstance(data, dict):
            raise StudyError("expected the keys 'title' and 'groups'", path=path)
        try:
            terms = cls.model_validate(data)
        except ValidationError as error:
            raise _study_error(error, data, path) from None
        terms._check(sides, path)
        return terms

    def _check(self, sides: Collection[str], path: Path | str | None) -> None:
        seen: set[str] = set()
        for group in self.groups:
            for term in group.terms:
                at = f"groups > {group.id} > {term.id}"
                if term.id in seen:
                    raise StudyError("this id stands twice; give each term its own", path=path, where=at)
                seen.add(term.id)
                if term.standpoint is not None and term.standpoint not in sides:
                    problem = f"'{term.standpoint}' is not a side; declared are {', '.join(sides)}"
                    raise StudyError(problem, path=path, where=f"{at} > standpoint")
                for key in ("patterns", "exceptions"):
                    for place, source in enumerate(getattr(term, key), start=1):
                        try:
                            parse_pattern(source)
                        except PatternError as error:
                            where = f"{at} > {key}, entry {place}"
                            raise StudyError(str(error), path=path, where=where) from None

    @cached_property
    def codebook(self) -> Codebook:
        """The terms as a codebook in which the longest match wins, so that one engine looks up themes and terms."""
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
