"""The world's actors, by name, by surname and by office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from analysis.world.changes import read_changes
from analysis.world.names import family_name, fold, initials, spelling, spellings, without_titles
from analysis.world.offices import office
from analysis.world.rows import COLUMNS, ORDER, ROLE_CLASSES, Candidate, when

TABLE = Path(__file__).parent / "world.parquet"


@lru_cache(maxsize=1)
def load_world() -> World:
    """The table that the toolkit ships, read once.

    Returns
    -------
    World
    """
    return read_world(TABLE)


def read_world(path: Path | str) -> World:
    """Read a table that `training.world.build` wrote.

    Parameters
    ----------
    path : path

    Returns
    -------
    World
    """
    import pyarrow.parquet as pq

    table = pq.read_table(path, read_dictionary=[*COLUMNS, "keys"], use_threads=False)
    columns = {}
    for name in table.column_names:
        chunk = table.column(name).combine_chunks()
        values = chunk.dictionary.to_numpy(zero_copy_only=False).tolist()
        columns[name] = list(map(values.__getitem__, chunk.indices.to_numpy().tolist()))
    return World(columns)


class World:
    """People and institutions with their countries and offices.

    Parameters
    ----------
    columns : mapping of str to list of str
        The columns `COLUMNS`, and `keys`: the folded names of the row with `|` between them. All as long.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._columns = columns
        self._by_key: dict[str, Sequence[int]] = {}
        start = 0
        for keys, rows in groupby(columns["keys"]):
            stop = start + sum(1 for _ in rows)
            for key in keys.split("|"):
                known = self._by_key.get(key)
                self._by_key[key] = range(start, stop) if known is None else [*known, *range(start, stop)]
            start = stop
        self._spellings: dict[str, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._columns["name"])

    @property
    def countries(self) -> frozenset[str]:
        """The codes of countries and bodies that have a row."""
        return frozenset(self._columns["country"])

    def candidates(self, name: str, *, day: date | None = None) -> list[Candidate]:
        """Whom a full name or an alias may stand for.

        Accents, case, apostrophes, hyphens and middle initials do not matter. Titles in front are dropped where the
        name with them is not known, and other transliterations are tried where the name as spelt is not.

        Parameters
        ----------
        name : str
        day : date, optional
            Roles held on it come first.

        Returns
        -------
        list of Candidate
            One for each role; empty where nobody has this name.
        """
        key = fold(name)
        bare = without_titles(key)
        rows = self._by_key.get(key) or self._by_key.get(bare)
        if not rows and " " in bare:
            rows = self._spelt_alike(bare)
        return self._candidates(rows or (), day)

    def by_surname(self, surname: str, *, day: date | None = None) -> list[Candidate]:
        """People by the part of their name that stands alone in a text: "Kerry", "Bagheri Kani", "Hua" (China).

        Parameters
        ----------
        surname : str
            One word or several.
        day : date, optional

        Returns
        -------
        list of Candidate
            Of every person with this surname: often several, so ask what they have in common.
        """
        words = without_titles(fold(surname)).casefold()
        if not words:
            return []
        end = f" {words}"
        rows = self._by_surname.get(words.split()[-1]) or ()
        keys = self._columns["keys"]
        if " " in words:
            rows = [row for row in rows if any(key.endswith(end) for key in keys[row].split("|"))]
        return self._candidates(rows, day)

    def holders(self, country: str, title: str, *, day: date | None = None) -> list[Candidate]:
        """Who held an office of a country: `holders("IR", "president", day=date(2022, 6, 29))`.

        Parameters
        ----------
        country : str
        title : str
            A title as a text has it ("foreign minister", "head of MI5", "State Department spokesman"), or a role
            class.
        day : date, optional
            Without one, everybody who ever held it.

        Returns
        -------
        list of Candidate
            Where nobody is known to hold it on the day, those who perhaps do ("open").
        """
        role_class = title.replace(" ", "_")
        if role_class in ROLE_CLASSES:
            rows = self._by_class.get((country, role_class), [])
        else:
            rows = self._by_office.get((country, office(title, country)), [])
        found = self._candidates(rows, day)
        if day is None:
            return found
        return [one for one in found if one.when == "held"] or [one for one in found if one.when == "open"]

    def country(self, name: str, *, day: date | None = None) -> str | None:
        """The one country that a full name stands for on a day, None where it stands for several or none.

        Roles held on the day decide; where there are none, all roles do.
        """
        return _agreed(self.candidates(name, day=day), lambda one: one.country)

    def institutions(self) -> Iterator[tuple[tuple[str, ...], Candidate]]:
        """Every institution with its name and aliases as they are written."""
        for row, kind in enumerate(self._columns["kind"]):
            if kind == "institution":
                aliases = self._columns["aliases"][row]
                names = (self._columns["name"][row], *(aliases.split("|") if aliases else ()))
                yield names, self._candidates([row], None)[0]

    def gender(self, name: str) -> str | None:
        """The gender, "m" or "f", where everybody with this full name is known to have it, else None."""
        found = {one.gender for one in self.candidates(name) if one.kind == "person"}
        return found.pop() if len(found) == 1 else None

    def with_changes(self, path: Path | str) -> World:
        """The world with the rows of a study's `world.tsv` added, put in place of others, or switched off.

        Parameters
        ----------
        path : path
            Tab-separated; the columns are told in `analysis.world.changes`.

        Returns
        -------
        World
            A new one.

        Raises
        ------
        StudyError
            The file cannot be read, or a row of it is wrong, contradicts another, or changes what is not there.
        """
        removed, added = read_changes(path, countries=self.countries, find=self._find)
        columns = {
            name: [value for row, value in enumerate(values) if row not in removed]
            for name, values in self._columns.items()
        }
        for new in added:
            for name in COLUMNS:
                columns[name].append(new[name])
            columns["keys"].append(keys_of(new["name"], new["aliases"]))
        return World(columns)

    def _find(self, name: str, country: str) -> list[tuple[int, str]]:
        """Rows of a name in a country, with their roles."""
        columns = self._columns
        rows = self._by_key.get(fold(name), ())
        return [(row, columns["role"][row]) for row in rows if columns["country"][row] == country]

    def _candidates(self, rows: Iterable[int], day: date | None) -> list[Candidate]:
        get = self._columns
        found = [
            Candidate(
                get["name"][row],
                get["country"][row],
                get["kind"][row],
                get["organisation"][row],
                get["role"][row],
                get["role_class"][row],
                get["from"][row],
                get["to"][row],
                get["gender"][row] or None,
                get["source"][row],
                when(get["from"][row], get["to"][row], get["source"][row], day),
            )
            for row in rows
        ]
        found.sort(key=lambda one: one.start, reverse=True)
        return sorted(found, key=lambda one: ORDER.index(one.when))

    def _spelt_alike(self, key: str) -> list[int] | None:
        """Rows with another transliteration of a name; spellings are worked out for names that begin like it."""
        start = initials(key)
        if start not in self._spellings:
            found: dict[str, list[int]] = {}
            names = self._by_initials.get(start, [])
            for name, other in zip(spellings(names), names, strict=True):
                found.setdefault(name, []).extend(self._by_key[other])
            self._spellings[start] = found
        rows = self._spellings[start].get(spelling(key))
        return list(dict.fromkeys(rows)) if rows else None

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._by_key:
            if " " in key:
                found.setdefault(initials(key), []).append(key)
        return found

    @cached_property
    def _by_surname(self) -> dict[str, list[int]]:
        found: dict[str, dict[int, None]] = {}
        for row, (keys, kind, country) in enumerate(
            zip(self._columns["keys"], self._columns["kind"], self._columns["country"], strict=True)
        ):
            if kind == "person":
                for key in keys.split("|"):
                    found.setdefault(family_name(key, country), {})[row] = None
        return {name: list(rows) for name, rows in found.items()}

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for row, (country, role, kind) in enumerate(
            zip(self._columns["country"], self._columns["role"], self._columns["kind"], strict=True)
        ):
            if kind == "person":
                found.setdefault((country, office(role, country)), []).append(row)
        return found

    @cached_property
    def _by_class(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for row, (country, role_class, kind) in enumerate(
            zip(self._columns["country"], self._columns["role_class"], self._columns["kind"], strict=True)
        ):
            if kind == "person":
                found.setdefault((country, role_class), []).append(row)
        return found


def keys_of(name: str, aliases: str) -> str:
    """The folded forms of a name and its aliases, as the table keeps them."""
    return "|".join(dict.fromkeys(key for key in map(fold, (name, *aliases.split("|"))) if key))


def _agreed(found: Sequence[Candidate], what: Callable[[Candidate], str]) -> str | None:
    held = [one for one in found if one.when == "held"]
    values = {what(one) for one in held or found}
    return values.pop() if len(values) == 1 else None
