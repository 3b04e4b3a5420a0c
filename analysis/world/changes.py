"""A study's `world.tsv`: rows that are added to the world, take the place of others, or switch them off.

Tab-separated, the first line names the columns. `name` and `country` must be there; `change` says what the row does:

- `add` (where `change` is empty): one more role, or a new person or institution; needs `role_class`
- `replace`: takes the place of all roles that the world has for this name in this country; needs `role_class`
- `off`: the world forgets this name in this country, or only its role, where `role` is given

The other columns are those of the world: `aliases` (`|` between them), `kind` (person or institution),
`organisation`, `role`, `role_class`, `from`, `to` (2021, 2021-08 or 2021-08-03), `gender` (m or f), and `note`, which
is for the reader.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

from analysis.errors import StudyError
from analysis.world.names import fold
from analysis.world.rows import BODIES, COLUMNS, DATE, KINDS, ROLE_CLASSES

MAX_BYTES = 5_000_000  # a study changes some rows; a file of this size is another table
CHANGES = ("add", "replace", "off")
_REQUIRED = ("name", "country")
_ALLOWED = (*COLUMNS[:-1], "change", "note")
_FULL_NAMES = {"UK": "GB", "EN": "GB", "INT": "XX"}

Find = Callable[[str, str], list[tuple[int, str]]]


def read_changes(
    path: Path | str, *, countries: Collection[str], find: Find
) -> tuple[set[int], list[dict[str, str]]]:
    """Read a study's `world.tsv`.

    Parameters
    ----------
    path : path
    countries : collection of str
        Codes that the world knows.
    find : callable
        Number and role of the rows that the world has for a name and a country.

    Returns
    -------
    removed : set of int
        Numbers of the rows that go.
    added : list of dict
        Rows that come, with the columns of the world.

    Raises
    ------
    StudyError
        With file, line and remedy.
    """
    path = Path(path)
    removed: set[int] = set()
    added: list[dict[str, str]] = []
    seen: list[tuple[int, dict[str, str]]] = []
    for line, row in _rows(path):
        _check(row, path, line, countries)
        _contradicts(row, seen, path, line)
        seen.append((line, row))
        if row["change"] != "add":
            found = find(row["name"], row["country"])
            wanted = row["role"] if row["change"] == "off" else ""
            hit = {number for number, role in found if not wanted or fold(role) == fold(wanted)}
            if not hit:
                _nothing(row, found, path, line)
            removed |= hit
        if row["change"] != "off":
            added.append({**{name: row[name] for name in COLUMNS[:-1]}, "source": "study"})
    return removed, added


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with their lines; every column is there, empty where the file lacks it."""
    text = _text(path)
    reader = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    lines = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(reader, start=1)]
    filled = [(number, cells) for number, cells in lines if any(cells)]
    number, header = filled[0]
    where = f"line {number}"
    if unknown := [name for name in header if name not in _ALLOWED]:
        raise StudyError(
            f"unknown column {unknown[0]!r}",
            path=path,
            where=where,
            remedy=f"columns are {', '.join(_ALLOWED)}",
        )
    if twice := [name for name in header if header.count(name) > 1]:
        raise StudyError(f"column {twice[0]!r} twice", path=path, where=where, remedy="keep one of them")
    if missing := [name for name in _REQUIRED if name not in header]:
        tabs = "" if len(header) > 1 else ", with tabs between the columns"
        raise StudyError(
            f"no column {missing[0]!r}",
            path=path,
            where=where,
            remedy=f"name the columns in the first line{tabs}",
        )
    rows = []
    for number, cells in filled[1:]:
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise StudyError(
                f"{len(cells)} cells under {len(header)} columns",
                path=path,
                where=f"line {number}",
                remedy="put one tab between two cells",
            )
        row = dict.fromkeys(_ALLOWED, "") | dict(zip(header, cells, strict=False))
        rows.append((number, row | {"change": row["change"] or "add", "kind": row["kind"] or "person"}))
    return rows


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise StudyError("no such file", path=path) from None
    except OSError as error:
        raise StudyError(error.strerror or str(error), path=path) from None
    if len(data) > MAX_BYTES:
        raise StudyError(f"{len(data):,} bytes; at most {MAX_BYTES:,} are read", path=path)
    if b"\0" in data:
        raise StudyError(
            "not a text file", path=path, remedy="save the table as tab-separated text (.tsv), in UTF-8"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(
            f"byte {error.start} is not UTF-8", path=path, remedy="save the file as UTF-8"
        ) from None
    if not text.strip():
        raise StudyError(
            "the file is empty", path=path, remedy="write a line with the columns, or delete the file"
        )
    return text


def _check(row: Mapping[str, str], path: Path, line: int, countries: Collection[str]) -> None:
    """Refuse a row that is wrong in itself."""

    def refuse(message: str, remedy: str) -> NoReturn:
        raise StudyError(message, path=path, where=f"line {line}", remedy=remedy)

    if not fold(row["name"]):
        refuse("no name", "every row names a person or an institution")
    if row["change"] not in CHANGES:
        refuse(f"change {row['change']!r}", f"write one of {', '.join(CHANGES)}")
    code = row["country"]
    if code not in BODIES and code not in countries:
        meant = _FULL_NAMES.get(code) or (code.upper() if code.upper() in countries else None)
        bodies = ", ".join(BODIES)
        refuse(
            f"{code!r} is not a country code" if code else "no country",
            f"write {meant}"
            if meant
            else f"write the two letters of ISO 3166, such as IR, or one of {bodies}",
        )
    for alias in filter(None, row["aliases"].split("|")):
        if len(fold(alias)) < 2:
            refuse(
                f"alias {alias!r} of one letter", "it would be found everywhere; write a longer one, or none"
            )
    for column, allowed in (("kind", KINDS), ("role_class", (*ROLE_CLASSES, "")), ("gender", ("m", "f", ""))):
        if row[column] not in allowed:
            refuse(f"{column} {row[column]!r}", f"write one of {', '.join(filter(None, allowed))}")
    if row["change"] != "off" and not row["role_class"]:
        refuse("no role_class", f"write one of {', '.join(ROLE_CLASSES)}")
    for column in ("from", "to"):
        if row[column] and not _is_day(row[column]):
            refuse(f"{row[column]!r} in column {column!r} is not a date", "write 2021, 2021-08 or 2021-08-03")
    shared = min(len(row["from"]), len(row["to"]))
    if shared and row["from"][:shared] > row["to"][:shared]:
        refuse(f"from {row['from']} to {row['to']} ends before it begins", "exchange the two dates")


def _is_day(text: str) -> bool:
    """Whether a year, month or day is written as the world has them, and exists."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _contradicts(
    row: Mapping[str, str], seen: list[tuple[int, dict[str, str]]], path: Path, line: int
) -> None:
    """Refuse a row that says something else than one before it."""
    for other_line, other in seen:
        if (fold(other["name"]), other["country"]) != (fold(row["name"]), row["country"]):
            continue
        role = fold(row["role"]) == fold(other["role"])
        what = ""
        if row["change"] == "off" or other["change"] == "off":
            whole = not (row["role"] and other["role"])
            what = (
                "one switches off what the other has"
                if row["change"] != other["change"] and (role or whole)
                else ""
            )
        elif row["change"] != other["change"]:
            what = "one adds to the roles that the other replaces"
        elif row["gender"] and other["gender"] and row["gender"] != other["gender"]:
            what = f"gender {other['gender']} and {row['gender']}"
        elif row["kind"] != other["kind"]:
            what = f"{other['kind']} and {row['kind']}"
        elif role and _overlap(row, other):
            what = (
                f"role_class {other['role_class']} and {row['role_class']}"
                if row["role_class"] != other["role_class"]
                else "the same role twice, at the same time"
            )
        if what:
            raise StudyError(
                f"{row['name']} ({row['country']}) contradicts line {other_line}: {what}",
                path=path,
                where=f"line {line}",
                remedy="keep one of the two lines",
            )


def _overlap(row: Mapping[str, str], other: Mapping[str, str]) -> bool:
    def before(one: Mapping[str, str], two: Mapping[str, str]) -> bool:
        shared = min(len(one["to"]), len(two["from"]))
        return bool(shared) and one["to"][:shared] <= two["from"][:shared]

    return not before(row, other) and not before(other, row)


def _nothing(row: Mapping[str, str], found: list[tuple[int, str]], path: Path, line: int) -> NoReturn:
    """Nothing to replace or switch off: say what there is."""
    verb = "switch off" if row["change"] == "off" else "replace"
    roles = ", ".join(sorted({role for _, role in found if role}))
    raise StudyError(
        f"nothing to {verb}: the world has no {row['name']} ({row['country']})"
        + (f" with the role {row['role']!r}" if found else ""),
        path=path,
        where=f"line {line}",
        remedy=f"its roles are {roles}" if found else "look at name and country, or write add",
    )
