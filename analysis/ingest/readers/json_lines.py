"""JSON: one object per line, or one array of objects; compressed (.gz) or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.columns import no_text_column, places, unused
from analysis.ingest.encoding import read_text
from analysis.ingest.limits import VALUES_OF_A_RECORD, at_most, check_count
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile, refuse_nested

_JSON_TYPES = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}


def read_json(path: Path) -> Iterator[Item]:
    """Read the articles of a .jsonl, .ndjson or .json file. They are numbered by line, or by position in an array.

    A line that is not a JSON object is refused; the others are read. Keys with the value null count as missing.

    Raises
    ------
    UnreadableFile
        The file is empty, binary or a broken array, or none of its objects has a text.
    """
    text = read_text(path)
    check_count(path, sum(map(text.count, ",[{")), "values", each=VALUES_OF_A_RECORD)
    whole = _whole(text, path)
    found = (record_of(row, value) for row, value in _numbered(whole)) if whole is not None else _lines(text)
    items = list(at_most(path, found))
    if not any(isinstance(item, Record) for item in items):
        _complain(text if whole is None else whole, items, path)
    yield from items


def _whole(text: str, path: Path) -> list[Any] | None:
    """Return the elements of a file that is a single JSON value, or None if every line is a value."""
    start = text.lstrip()[:1]
    several = "\n" in text.strip()
    if start != "[" and not (start == "{" and (several or '"' in text)):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if start == "{":
            return None
        if several and _is_object_or_array(text.strip().split("\n", 1)[0]):
            return None  # lines that are arrays: each will be refused with its number
        raise UnreadableFile(
            f"the JSON array cannot be read: {error}",
            path=path,
            reason="bad_json",
            remedy="export it again, preferably as JSON lines",
        ) from None
    return value if isinstance(value, list) else _articles_in(value)


def _is_object_or_array(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict | list)
    except (ValueError, RecursionError):
        return False


def _articles_in(value: dict[str, Any]) -> list[Any]:
    """Return the list of objects inside the answer of a web service, or the object itself."""
    lists = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
    return lists[0] if len(lists) == 1 and "text" not in places(tuple(value)) else [value]


def _numbered(values: list[Any]) -> Iterator[tuple[str, Any]]:
    return ((str(number), value) for number, value in enumerate(values, start=1))


def _lines(text: str) -> Iterator[Item]:
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        line = text[start:end].strip("\ufeff \t\r")
        start = end + 1
        if not line:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Refusal(str(number), "bad_json", f"not valid JSON: {error}; correct the line or remove it")
        else:
            yield record_of(str(number), value)


def record_of(row: str, value: Any) -> Item:
    """Return the record of a JSON object, or its refusal."""
    if not isinstance(value, dict):
        return Refusal(
            row,
            "bad_json",
            f"expected a JSON object, found {_JSON_TYPES.get(type(value), 'null')}; remove it",
        )
    if (nested := refuse_nested(row, value.values())) is not None:
        return nested
    keys = tuple(key for key, cell in value.items() if cell is not None)
    mapped = places(keys)
    if "text" not in mapped:
        found = ", ".join(keys)[:200] or "none"
        return Refusal(
            row, "no_text", f"no key holds the text; the keys are: {found}", **_known(mapped, keys, value)
        )
    return Record(
        row,
        {field: value[keys[place]] for field, place in mapped.items()},
        {name: value[name] for name in unused(keys)},
    )


def _known(mapped: dict[str, int], keys: tuple[str, ...], value: dict[str, Any]) -> dict[str, str]:
    return {field: str(value[keys[mapped[field]]]) for field in ("article_id", "title") if field in mapped}


def _complain(source: str | list[Any], items: list[Item], path: Path) -> None:
    """Raise the error for a file without a single article."""
    refusals = [item for item in items if isinstance(item, Refusal)]
    if refusals and all(refusal.reason == "bad_json" for refusal in refusals):
        raise UnreadableFile(
            f"the file contains no JSON object: {refusals[0].detail}",
            path=path,
            where=f"line {refusals[0].row}",
            reason="bad_json",
            remedy="write one object per line, or one array of objects",
        )
    values = source if isinstance(source, list) else [json.loads(line) for line in _parsable(source)]
    keys = dict.fromkeys(key for value in values if isinstance(value, dict) for key in value)
    if "text" not in places(tuple(keys)):
        raise no_text_column(list(keys), path)


def _parsable(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip() and _is_object_or_array(line))


READER = Reader((".jsonl", ".ndjson", ".json"), read_json)
