"""JSON: one object per line, or one array of objects; compressed (.gz) or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.columns import no_text_column, places, unused
from analysis.ingest.encoding import TextFile, read_text
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile, refuse_nested

_JSON_TYPES = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}
_AROUND_A_LINE = "\ufeff \t\r"


def read_json(path: Path) -> Iterator[Item]:
    """Read the articles of a .jsonl, .ndjson or .json file. They are numbered by line, or by position in an array.

    A line that is not a JSON object is refused; the others are read. Keys with the value null count as missing.

    Raises
    ------
    UnreadableFile
        The file is empty, binary or a broken array, or none of its objects has a text.
    """
    file = TextFile(path)
    check_count(path, file.count(",[{"), "values", each=VALUES_OF_A_RECORD)
    if _has_lines(file):
        yield from _articles(_lines(file), lambda: _values(file), path)
        return
    text = read_text(path)
    whole = _whole(text, path)
    if whole is None:
        yield from _articles(_lines(file), lambda: _values(file), path)
    else:
        found = (record_of(str(number), value) for number, value in enumerate(whole, start=1))
        yield from _articles(found, lambda: whole, path)


def _articles(found: Iterable[Item], values: Callable[[], Iterable[Any]], path: Path) -> Iterator[Item]:
    """Yield what was found; raise the error for a file without a single article."""
    first: Refusal | None = None
    has_record = only_bad_json = False
    for item in found:
        if isinstance(item, Refusal) and first is None:
            first, only_bad_json = item, True
        has_record |= isinstance(item, Record)
        only_bad_json &= not (isinstance(item, Refusal) and item.reason != "bad_json")
        yield item
    if has_record:
        return
    if first is not None and only_bad_json:
        raise UnreadableFile(
            f"the file contains no JSON object: {first.detail}",
            path=path,
            where=f"line {first.row}",
            reason="bad_json",
            remedy="write one object per line, or one array of objects",
        )
    keys = dict.fromkeys(key for value in values() if isinstance(value, dict) for key in value)
    if "text" not in places(tuple(keys)):
        raise no_text_column(list(keys), path)


def _has_lines(file: TextFile) -> bool:
    """Whether a file has a value per line, judged by its first two lines. Other files are read as a whole."""
    with file.open("\n") as lines:
        filled = (line for line in lines if line.strip(_AROUND_A_LINE))
        first, second = next(filled, ""), next(filled, "")
    start = first.lstrip()[:1]
    return start not in ("[", "{") or (start == "{" and bool(second.strip()) and _is_object_or_array(first))


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


def _lines(file: TextFile) -> Iterator[Item]:
    with file.open("\n") as lines:
        for number, whole in enumerate(lines, start=1):
            line = whole.rstrip("\n").strip(_AROUND_A_LINE)
            if not line:
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Refusal(
                    str(number), "bad_json", f"not valid JSON: {error}; correct the line or remove it"
                )
            else:
                yield record_of(str(number), value)


def _values(file: TextFile) -> Iterator[Any]:
    """Yield the objects and arrays of a file with a value per line."""
    with file.open("\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip() and _is_object_or_array(line))


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


READER = Reader((".jsonl", ".ndjson", ".json"), read_json)
