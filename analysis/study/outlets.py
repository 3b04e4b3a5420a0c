"""Who publishes: outlets under one canonical name, with their country and kind."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from analysis.errors import StudyError
from analysis.study.actors import Name, _Model, _study_error
from analysis.study.yaml_files import load_yaml

Kind = Literal[
    "newspaper", "broadcaster", "agency", "magazine", "online", "think_tank", "government", "other"
]


class Outlet(_Model):
    """One outlet.

    Parameters
    ----------
    name : str
        Canonical name.
    aliases : tuple of str
        Other spellings in sources; case and space do not matter.
    country : str
        Where it is based, as a name.
    kind : str
    invented : bool
        Made up for this project; the page and the notebooks say so of its articles.
    note : str
    """

    name: Name
    aliases: tuple[Name, ...] = ()
    country: Name
    kind: Kind
    invented: bool = False
    note: str = ""


class Outlets(_Model):
    """The outlets of a study; articles of others are kept under the name their source gives."""

    outlets: tuple[Outlet, ...]

    @classmethod
    def load(cls, path: Path | str) -> Outlets:
        """Read and check an outlets.yml.

        Raises
        ------
        StudyError
            The file cannot be read, lacks a key or has one too many, or gives one name to two outlets.
        """
        return cls.from_data(load_yaml(path), path=path)

    @classmethod
    def from_data(cls, data: Any, *, path: Path | str | None = None) -> Outlets:
        """Check what an outlets.yml holds; see `load`."""
        if not isinstance(data, dict):
            raise StudyError("expected the key 'outlets'", path=path)
        try:
            outlets = cls.model_validate(data)
        except ValidationError as error:
            raise _study_error(error, data, path) from None
        owners: dict[str, str] = {}
        for outlet in outlets.outlets:
            for name in (outlet.name, *outlet.aliases):
                owner = owners.setdefault(_key(name), outlet.name)
                if owner != outlet.name:
                    raise StudyError(
                        f"'{name}' is already a name of '{owner}'",
                        path=path,
                        where=f"outlets > {outlet.name}",
                    )
        return outlets

    def find(self, name: str) -> Outlet | None:
        """The outlet of that name or alias, whatever its case and spacing; None where it is not listed."""
        return self._by_name.get(_key(name))

    @cached_property
    def invented(self) -> frozenset[str]:
        """Names of the outlets that were made up."""
        return frozenset(outlet.name for outlet in self.outlets if outlet.invented)

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {_key(name): outlet for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
