"""The outlets of a study: canonical names, countries and kinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from analysis.errors import StudyError
from analysis.study.schema import Name, StudyModel, validation_error
from analysis.study.yaml_files import load_yaml

Kind = Literal[
    "newspaper",
    "broadcaster",
    "agency",
    "magazine",
    "online",
    "think_tank",
    "government",
    "collection",
    "other",
]
_COLLECTION = "collection"
NOT_NEWS = ("think_tank", "government", _COLLECTION)
"""Kinds that are no news outlets."""


class Outlet(StudyModel):
    """One outlet.

    Parameters
    ----------
    name : str
        Canonical name.
    aliases : tuple of str
        Other spellings in source files; case and white space are ignored.
    country : str, optional
        Name of the country where the outlet is based. Only a collection may have none.
    kind : str
        'government' is a ministry or another body of a state; 'collection' is a name under which an archive keeps
        documents of several publishers.
    invented : bool
        The outlet was invented for this project. The page and the notebooks label its articles.
    note : str
    """

    name: Name
    aliases: tuple[Name, ...] = ()
    country: Name | None = None
    kind: Kind
    invented: bool = False
    note: str = ""


class Outlets(StudyModel):
    """The outlets of a study. Articles of other outlets keep the name in their source file."""

    outlets: tuple[Outlet, ...]

    @classmethod
    def load(cls, path: Path | str) -> Outlets:
        """Read and check an outlets.yml.

        Raises
        ------
        StudyError
            If the file cannot be read, a key is missing or unknown, or two outlets share a name.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Outlets:
        """Check the contents of an outlets.yml; see `load`."""
        if not isinstance(data, dict):
            raise StudyError(
                "the key 'outlets' is missing", path=path, remedy="write 'outlets:' and a list of outlets"
            )
        try:
            outlets = cls.model_validate(data)
        except ValidationError as error:
            raise validation_error(error, data, path) from None
        owners: dict[str, str] = {}
        for outlet in outlets.outlets:
            if outlet.country is None and outlet.kind != _COLLECTION:
                raise StudyError(
                    "the key 'country' is required unless kind is 'collection'",
                    path=path,
                    where=f"outlets > {outlet.name}",
                    remedy="add 'country: ...'",
                )
            for name in (outlet.name, *outlet.aliases):
                owner = owners.setdefault(_key(name), outlet.name)
                if owner != outlet.name:
                    raise StudyError(
                        f"'{name}' is already a name of '{owner}'",
                        path=path,
                        where=f"outlets > {outlet.name}",
                        remedy="remove it from one of the two outlets",
                    )
        return outlets

    def find(self, name: str) -> Outlet | None:
        """Return the outlet with a name or alias; None if it is not listed. Case and white space are ignored."""
        return self._by_name.get(_key(name))

    @cached_property
    def invented(self) -> frozenset[str]:
        """Names of the invented outlets."""
        return frozenset(outlet.name for outlet in self.outlets if outlet.invented)

    @cached_property
    def governments(self) -> frozenset[str]:
        """Names of the outlets that are ministries or other agencies of a state."""
        return frozenset(outlet.name for outlet in self.outlets if outlet.kind == "government")

    @cached_property
    def kinds_in_words(self) -> dict[str, str]:
        """Kind of each outlet by name, as 'think tank'."""
        return {outlet.name: outlet.kind.replace("_", " ") for outlet in self.outlets}

    @cached_property
    def not_news(self) -> dict[str, str]:
        """Kind of each outlet that is no news outlet, by name; see `NOT_NEWS`."""
        return {outlet.name: outlet.kind for outlet in self.outlets if outlet.kind in NOT_NEWS}

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {_key(name): outlet for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}


def named_by_kind(kinds: Mapping[str, str]) -> str:
    """Names of outlets with their kind in brackets, for a sentence.

    Parameters
    ----------
    kinds : mapping of str to str
        Kind by name.

    Returns
    -------
    str
        'Ministry of Fish, Parliament (government); Sea Institute (think tank)'.
    """
    names: dict[str, list[str]] = {}
    for name, kind in sorted(kinds.items()):
        names.setdefault(kind.replace("_", " "), []).append(name)
    return "; ".join(f"{', '.join(listed)} ({kind})" for kind, listed in sorted(names.items()))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
