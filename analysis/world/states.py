"""The states of the world: names, capitals, demonyms and regions."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("states.csv")


class State(NamedTuple):
    """A state or territory.

    Attributes
    ----------
    code : str
        ISO 3166-1, two letters.
    name : str
    aliases, capitals, demonyms : tuple of str
        The first demonym is the adjective ("Canadian").
    regions : tuple of str
        For example "Europe", "EU" and "Gulf".
    ambiguous : tuple of str
        Those of its names and capitals that are names of people or of other places as well.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    regions: tuple[str, ...]
    ambiguous: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def words(self) -> tuple[str, ...]:
        """All words that stand for the state: names, demonyms and capitals."""
        return (*self.names, *self.demonyms, *self.capitals)


@cache
def states() -> Mapping[str, State]:
    """All states by code, in the order of their names."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            State(row["code"], row["name"], *(_listed(row[key]) for key in State._fields[2:]))
            for row in csv.DictReader(file)
        ]
    return {state.code: state for state in rows}


@cache
def state_code(name: str) -> str | None:
    """The code of a state by one of its names, None if no state has it.

    Examples
    --------
    >>> state_code("Britain"), state_code("Ruritania")
    ('GB', None)
    """
    return next((state.code for state in states().values() if name in state.names), None)


@cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """The codes of the states of each region."""
    found: dict[str, list[str]] = {}
    for state in states().values():
        for region in state.regions:
            found.setdefault(region, []).append(state.code)
    return {region: tuple(codes) for region, codes in found.items()}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
