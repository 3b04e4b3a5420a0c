"""JSON: one object per line, or one array of objects; compressed (.gz) or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from analysis.ingest.columns import (
    check_given,
    no_text_column,
    other_columns,
    places,
    places_with,
    unused,
)
from analysis.ingest.encoding import TextFile, read_text
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile, refuse_nested

_JSON_TYPES = {list: "an array", str: "a string", bool: "true or false", int: "a number", float: "a number"}
_AROUND_A_LINE = "\ufeff \t\r"
_WHITE_SPACE = f"{_AROUND_A_LINE}\n"
_AFTER_AN_ELEMENT = f"{_WHITE_SPACE},]"
_CHUNK = 1_000_000  # characters that are read at once
_LONGEST = 100_000_000  # characters of an element, of which a copy is held in memory
_DECODER = json.JSONDecoder()


def read_json(path: Path, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Read the articles of a .jsonl, .ndjson or .json file. They are numbered by line, or by position in an array.

    A line that is not a JSON object is refused; the others are read. Keys with the value null count as missing.

    Raises
    ------
    UnreadableFile
        The file is empty, binary or a broken array, or none of its objects has a text or a key of a given name.
    """
    file, given = TextFile(path), given or {}
    check_count(path, file.count(",[{"), "values", each=VALUES_OF_A_RECORD)
    if _first_character(file) == "[":
        if _is_array(file):
            yield from _articles(_numbered(_elements(file), given), lambda: _elements(file), path, given)
            return
    elif not _has_lines(file):
        whole = _whole(read_text(path), given)
        if whole is not None:
            yield from _articles(_numbered(whole, given), lambda: whole, path, given)
            return
    yield from _articles(_lines(file, given), lambda: _values(file), path, given)


def _numbered(values: Iterable[Any], given: Mapping[str, str]) -> Iterator[Item]:
    """Yield the records of values, numbered by position."""
    return (record_of(str(number), value, given) for number, value in enumerate(values, start=1))


def _articles(
    found: Iterable[Item], values: Callable[[], Iterable[Any]], path: Path, given: Mapping[str, str]
) -> Iterator[Item]:
    """Yield what was found; raise the error for a file without a single article or without a key of a given name."""
    first: Refusal | None = None
    has_record = only_bad_json = False
    not_seen = set(given)  # fields whose key no record has
    for item in found:
        if isinstance(item, Refusal) and first is None:
            first, only_bad_json = item, True
        if isinstance(item, Record):
            has_record = True
            not_seen.difference_update(item.fields)
        only_bad_json &= not (isinstance(item, Refusal) and item.reason != "bad_json")
        yield item
    if has_record and not not_seen:
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
    check_given(given, list(keys), path)
    if not has_record and "text" not in places(tuple(keys)):
        raise no_text_column(list(keys), path)


def _first_character(file: TextFile) -> str:
    """Return the first character that is no white space; empty if there is none."""
    with file.open("\n") as stream:
        for chunk in iter(lambda: stream.read(_CHUNK), ""):
            if start := chunk.lstrip(_WHITE_SPACE)[:1]:
                return start
    return ""


def _has_lines(file: TextFile) -> bool:
    """Whether a file has a value per line, judged by its first two lines."""
    with file.open("\n") as lines:
        filled = (line for line in lines if line.strip(_AROUND_A_LINE))
        first, second = next(filled, ""), next(filled, "")
    return not first.lstrip().startswith("{") or (bool(second.strip()) and _is_object_or_array(first))


def _is_array(file: TextFile) -> bool:
    """Whether a file is one array. False for lines that are arrays: each will be refused with its number.

    Raises
    ------
    UnreadableFile
        It is a broken array.
    """
    try:
        for _ in _elements(file):
            pass
    except (ValueError, RecursionError) as error:
        with file.open("\n") as lines:
            first = next((line for line in lines if line.strip(_AROUND_A_LINE)), "")
            several = any(line.strip(_AROUND_A_LINE) for line in lines)
        if several and _is_object_or_array(first):
            return False
        raise UnreadableFile(
            f"the JSON array cannot be read: {error}",
            path=file.path,
            reason="bad_json",
            remedy="export it again, preferably as JSON lines",
        ) from None
    return True


def _elements(file: TextFile) -> Iterator[Any]:
    """Yield the elements of an array while it is read.

    Raises
    ------
    ValueError
        It is not a JSON array.
    """
    with file.open("\n") as stream:
        ahead = _Ahead(stream)
        ahead.skip("[")
        number, has_more = 0, ahead.next() != "]"
        while has_more:
            number += 1
            yield ahead.value(number)
            has_more = ahead.next() == ","
            if has_more:
                ahead.skip(",")
        ahead.skip("]")
        if ahead.next():
            raise ValueError("something follows the array")


class _Ahead:
    """The characters of a stream that were not looked at yet."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text, self._place = "", 0

    def next(self) -> str:
        """Return the next character that is no white space; empty at the end."""
        while True:
            while self._place < len(self._text):
                if self._text[self._place] not in _WHITE_SPACE:
                    return self._text[self._place]
                self._place += 1
            if not self._read_on():
                return ""

    def skip(self, character: str) -> None:
        """Go on behind the next character, which must be this one."""
        if self.next() != character:
            raise ValueError(f"'{character}' is missing" if self.next() else "its end is missing")
        self._place += 1

    def value(self, number: int) -> Any:
        """Return the element that begins here, and go on behind it."""
        self.next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if not self._read_on():
                    raise ValueError(f"element {number}: {error.msg}") from None
                continue
            n_characters = end - self._place
            after = self._text[end : end + 1]
            if (after and after in _AFTER_AN_ELEMENT) or not self._read_on():  # a number may go on
                self._place += n_characters
                return value

    def _read_on(self) -> bool:
        """Read as much as there is, at least a chunk. Return False at the end of the stream."""
        more = self._stream.read(max(_CHUNK, len(self._text) - self._place))
        self._text, self._place = self._text[self._place :] + more, 0
        if len(self._text) > _LONGEST:
            raise ValueError(f"an element is longer than {_LONGEST:,} characters, or is not closed")
        return bool(more)


def _whole(text: str, given: Mapping[str, str]) -> list[Any] | None:
    """Return the elements of a file that is a single JSON object, or None if every line is a value."""
    if "\n" not in text.strip() and '"' not in text:
        return None
    try:
        return _articles_in(json.loads(text), given)
    except (ValueError, RecursionError):
        return None


def _is_object_or_array(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict | list)
    except (ValueError, RecursionError):
        return False


def _articles_in(value: dict[str, Any], given: Mapping[str, str]) -> list[Any]:
    """Return the list of objects inside the answer of a web service, or the object itself."""
    lists = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
    has_text = "text" in places(tuple(value)) or given.get("text") in value
    return lists[0] if len(lists) == 1 and not has_text else [value]


def _lines(file: TextFile, given: Mapping[str, str]) -> Iterator[Item]:
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
                yield record_of(str(number), value, given)


def _values(file: TextFile) -> Iterator[Any]:
    """Yield the objects and arrays of a file with a value per line."""
    with file.open("\n") as lines:
        yield from (json.loads(line) for line in lines if line.strip() and _is_object_or_array(line))


def record_of(row: str, value: Any, given: Mapping[str, str] | None = None) -> Item:
    """Return the record of a JSON object, or its refusal.

    Parameters
    ----------
    row : str
    value : object
    given : mapping of str to str, optional
        Key by field, as the user names them.
    """
    if not isinstance(value, dict):
        return Refusal(
            row,
            "bad_json",
            f"expected a JSON object, found {_JSON_TYPES.get(type(value), 'null')}; remove it",
        )
    if (nested := refuse_nested(row, value.values())) is not None:
        return nested
    keys = tuple(key for key, cell in value.items() if cell is not None)
    mapped = places_with(keys, given) if given else places(keys)
    others = other_columns(keys, mapped) if given else unused(keys)
    if "text" not in mapped:
        found = ", ".join(keys)[:200] or "none"
        return Refusal(
            row, "no_text", f"no key holds the text; the keys are: {found}", **_known(mapped, keys, value)
        )
    return Record(
        row,
        {field: value[keys[place]] for field, place in mapped.items()},
        {name: value[name] for name in others},
    )


def _known(mapped: dict[str, int], keys: tuple[str, ...], value: dict[str, Any]) -> dict[str, str]:
    return {field: str(value[keys[mapped[field]]]) for field in ("article_id", "title") if field in mapped}


READER = Reader((".jsonl", ".ndjson", ".json"), read_json, has_columns=True)
