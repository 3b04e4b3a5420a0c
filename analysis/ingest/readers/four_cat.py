"""4CAT: posts of platforms and forums, as the 4CAT Capture and Analysis Toolkit exports them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.ingest.readers.delimited import read_delimited
from analysis.ingest.readers.json_lines import read_json
from analysis.ingest.records import Item, Reader, Record, UnreadableFile

_COLUMNS = frozenset({"id", "thread_id", "timestamp", "body"})
_OUTLETS = ("chat", "subreddit", "board", "group", "channel", "collected_from_url")
_RAW = re.compile(r'"(?:__import_meta|source_platform)"\s*:')  # as the platform sent it, wrapped by 4CAT


def read_four_cat(path: Path) -> Iterator[Item]:
    """Read the posts of a 4CAT export, CSV or NDJSON (Peeters and Hagen 2022).

    The outlet is the chat, subreddit or board of a post. The columns that 4CAT writes besides id, body, subject,
    author and time stay as they are called there, such as `extra_thread_id`.

    Raises
    ------
    UnreadableFile
        The file cannot be read, or has the posts as the platform sent them, each in fields of its own.
    """
    with path.open("rb") as stream:
        is_json = stream.read(100).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}
    if not is_json:
        yield from map(_post, read_delimited(path))
        return
    try:
        yield from map(_post, read_json(path))
    except UnreadableFile as error:
        if error.reason != "no_text":
            raise
        raise UnreadableFile(
            "the file has the posts as the platform sent them, and no column with the text",
            path=path,
            reason="no_text",
            remedy="export the dataset from 4CAT as CSV",
        ) from None


def _post(item: Item) -> Item:
    if not isinstance(item, Record):
        return item
    fields, others = dict(item.fields), dict(item.others)
    if not fields.get("title"):
        fields["title"] = others.pop("subject", None)
    if not fields.get("outlet"):
        fields["outlet"] = next((others[name] for name in _OUTLETS if others.get(name)), None)
    if seconds := others.get("unix_timestamp"):  # in UTC, whereas `timestamp` is in the time of the server
        others["timestamp"], fields["published"] = fields.get("published"), seconds
    return replace(item, fields=fields, others=others)


def _is_four_cat(head: str) -> bool:
    """Whether a file is an export of 4CAT, judged by its beginning."""
    first = head.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    if first[:1] in {"{", "["}:
        return bool(_RAW.search(first)) or _keys(first) >= _COLUMNS
    try:
        return set(next(csv.reader([first]), [])) >= _COLUMNS
    except csv.Error:
        return False


def _keys(line: str) -> set[str]:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError):
        return set()
    return set(record) if isinstance(record, dict) else set()


READER = Reader((".csv", ".ndjson", ".jsonl", ".json"), read_four_cat, name="4CAT", recognises=_is_four_cat)
