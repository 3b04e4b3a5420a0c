"""Lists of addresses: what Media Cloud, GDELT and others say of articles whose text they do not have."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.errors import ReadError
from analysis.ingest.columns import has_text, places
from analysis.ingest.encoding import decode, read_bytes
from analysis.ingest.feeds import feed_entries, is_feed
from analysis.ingest.limits import DAMAGE

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_GKG2_ID = re.compile(r"\d{14}-T?\d+$")  # GKGRECORDID
_GKG2 = 27  # columns; there is no header
_GKG1 = ("DATE", "NUMARTS", "COUNTS")  # the beginning of its header
_EVENTS = (58, 61)  # columns of the event tables of GDELT 1 (since 2013) and 2, without a header
_WEB = "1"  # SourceCollectionIdentifier of GKG 2: the document is on the open web
_DOC_API = {"domain": "outlet", "seendate": "published", "sourcecountry": "outlet_country"}
_JSON_LISTS = ("articles", "stories", "results")  # GDELT's DOC API, Media Cloud, others
_MAX_BYTES = 1_000_000_000
_HEAD = 65_536
_LOOKED_AT = 20  # records of the beginning
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Listed:
    """An address and what its list says of the article."""

    url: str
    outlet: str = ""
    title: str = ""
    published: str = ""
    author: str = ""


def read_listed(path: Path) -> list[Listed]:
    """Return the addresses of a list, each once, in the order of the list.

    Lists are text files with an address per line, tables (CSV, TSV, JSON, JSONL) with a column `url`, as Media Cloud
    and GDELT's DOC API write them, tables of GDELT (GKG 1 and 2, Events), and RSS or Atom feeds. They may be packed
    with gzip or zip.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of Listed

    Raises
    ------
    ReadError
        The file cannot be read, or holds no address.
    """
    data = _unzipped(path) if zipfile.is_zipfile(path) else read_bytes(path)
    if is_feed(data[:_HEAD].decode("utf-8", "replace")):
        found: Iterable[Listed] = listed_in_feed(data)
    else:
        text = decode(data)
        found = listed_in(text) if text is not None else ()
    once = unique(found)
    if not once:
        raise ReadError(
            "no address of a page in this file", path=path,
            remedy="give a text file with one address per line, or a table with a column 'url'",
        )  # fmt: skip
    return once


def unique(listed: Iterable[Listed]) -> list[Listed]:
    """Return addresses of pages, each once, without fragments."""
    once: dict[str, Listed] = {}
    for one in _until_damage(listed):
        url = one.url.strip().partition("#")[0]
        if _ADDRESS.fullmatch(url):
            once.setdefault(url, replace(one, url=url))
    return list(once.values())


def _until_damage(listed: Iterable[Listed]) -> Iterator[Listed]:
    with suppress(csv.Error, RecursionError):  # a cell of megabytes, or values nested in values
        yield from listed


def listed_in_feed(data: bytes) -> Iterator[Listed]:
    """Yield the addresses of the entries of a feed."""
    for entry in feed_entries(data):
        yield Listed(entry.url, entry.outlet, entry.title, entry.published, entry.author)


def listed_in(text: str) -> Iterator[Listed]:
    """Yield the addresses in the text of a list; see `read_listed` for the formats."""
    if text.lstrip()[:1] in {"{", "["}:
        yield from _in_json(text)
        return
    first = next(iter(text[:_HEAD].splitlines()), "")
    if (read_gdelt := _gdelt_table(first)) is not None:
        yield from read_gdelt(text)
    elif "url" in places(columns := tuple(_header(first))):
        yield from _in_rows(
            csv.DictReader(io.StringIO(text, newline=None), columns, delimiter=_separator(first))
        )
    else:
        yield from (Listed(line.split()[0]) for line in text.splitlines() if _ADDRESS.match(line.strip()))


def is_list(head: str) -> bool:
    """Whether a file lists addresses and holds no texts, judged by its beginning."""
    start = head.lstrip()
    if start[:1] in {"{", "["}:
        return _is_json_list(start)
    lines = [line for line in start[:_HEAD].splitlines()[:_LOOKED_AT] if line.strip()]
    if not lines:
        return False
    if _gdelt_table(lines[0]) is not None:
        return True
    columns = tuple(_header(lines[0]))
    if "url" in places(columns):
        return not has_text(columns)
    whole = lines if len(lines) < _LOOKED_AT else lines[:-1]  # the last may be cut
    return all(_ADDRESS.fullmatch(line.strip()) or line.startswith("#") for line in whole)


def _gdelt_table(first: str) -> Callable[[str], Iterator[Listed]] | None:
    """Return the function that reads a table of GDELT with this first line; None if it is no such table."""
    cells = first.split("\t")
    if tuple(cells[: len(_GKG1)]) == _GKG1:
        return _in_gkg1
    if len(cells) == _GKG2 and _GKG2_ID.match(cells[0]):
        return _in_gkg2
    return _in_events if len(cells) in _EVENTS and cells[0].isdecimal() else None


def _is_json_list(start: str) -> bool:
    """Whether the first records have addresses and no text. The beginning may be cut anywhere in the list."""
    at = re.match(rf'\{{\s*"(?:{"|".join(_JSON_LISTS)})"\s*:\s*\[\s*|\[\s*|', start)
    place, decoder = at.end() if at else 0, json.JSONDecoder(strict=False)
    found = 0
    while found < _LOOKED_AT:
        try:
            record, place = decoder.raw_decode(start, place)
        except (ValueError, RecursionError):
            break
        columns = tuple(map(str, record)) if isinstance(record, dict) else ()
        if "url" not in places(columns) or has_text(columns):
            return False
        found += 1
        place = _BETWEEN.match(start, place).end()  # type: ignore[union-attr]
    return found > 0


def _header(line: str) -> list[str]:
    try:
        return next(csv.reader([line.lstrip("\ufeff")], delimiter=_separator(line)), [])
    except csv.Error:  # no header, such as a text without line ends
        return []


def _separator(line: str) -> str:
    return max("\t;,", key=line.count)


def _in_json(text: str) -> Iterator[Listed]:
    try:
        found = json.loads(text, strict=False)
    except ValueError:
        found = list(_json_lines(text))
    if isinstance(found, dict):
        found = next((found[name] for name in _JSON_LISTS if isinstance(found.get(name), list)), [found])
    for record in found if isinstance(found, list) else ():
        if isinstance(record, str):
            yield Listed(record)
        elif isinstance(record, dict):
            yield from _in_rows([record])


def _json_lines(text: str) -> Iterator[Any]:
    for line in text.splitlines():
        try:
            yield json.loads(line, strict=False)
        except ValueError:
            continue


def _in_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[Listed]:
    for row in rows:
        names = tuple(str(name) for name in row)
        cells = list(row.values())
        fields = {field: cells[place] for field, place in places(names).items()}
        for name, cell in zip(names, cells, strict=True):
            fields.setdefault(_DOC_API.get(name.lower(), name), cell)
        yield Listed(
            *(_as_line(fields.get(name)) for name in ("url", "outlet", "title", "published", "author"))
        )


def _as_line(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _in_gkg2(text: str) -> Iterator[Listed]:
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 4 and cells[2] == _WEB:
            yield Listed(cells[4], outlet=cells[3], published=_day(cells[1]))


def _in_gkg1(text: str) -> Iterator[Listed]:
    columns, *lines = (line.rstrip("\r").split("\t") for line in text.split("\n"))
    sources, addresses = columns.index("SOURCES"), columns.index("SOURCEURLS")
    for cells in lines:
        if len(cells) <= max(sources, addresses):
            continue
        urls, outlets = cells[addresses].split("<UDIV>"), cells[sources].split(";")
        outlets = outlets if len(outlets) == len(urls) else [""] * len(urls)
        for url, outlet in zip(urls, outlets, strict=True):
            yield Listed(url, outlet=outlet, published=_day(cells[0]))


def _in_events(text: str) -> Iterator[Listed]:
    """Yield the address of the first report of each event. The day of an event is not that of the report."""
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("\t")
        if len(cells) in _EVENTS:
            yield Listed(cells[-1])


def _day(stamp: str) -> str:
    """Return a day such as 20220629 or 20220629101500 as 2022-06-29."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}" if stamp[:8].isdecimal() and len(stamp) >= 8 else ""


def _unzipped(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if not name.endswith("/")]
            if len(names) != 1 or package.getinfo(names[0]).file_size > _MAX_BYTES:
                raise ReadError(
                    f"a zip file with {len(names)} files, not with one list", path=path, remedy="unpack it"
                )
            with package.open(names[0]) as member:
                return member.read(_MAX_BYTES)
    except DAMAGE as error:
        raise ReadError(
            f"the zip file cannot be unpacked: {error}", path=path, remedy="download it again"
        ) from None
