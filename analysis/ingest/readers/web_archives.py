"""Web archives: WARC and ARC files, compressed or not, and WACZ packages."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from analysis.ingest.encoding import decode_page
from analysis.ingest.limits import DAMAGE, most_records, streamed_limit
from analysis.ingest.readers.html_pages import page_article, too_many_tags
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile

_MAX_PAGE = 20_000_000  # bytes, unpacked
_MAX_PAGES_LIST = 50_000_000  # bytes of pages.jsonl in a WACZ
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_GZIP_HEADER = 31  # window bits of zlib
_PAGES = ("response", "resource")
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})  # some servers do not say
LISTED_FIELDS = {"Title": "title", "Outlet": "outlet", "Published": "published", "Author": "author"}
"""What a list says of a page, as `analysis.collect.archive` writes it: name in the archive to field."""
_OK = 200


@dataclass
class _Contents:
    """What is in an archive.

    Attributes
    ----------
    packed : int
        Size of the file.
    newest : dict
        Address to the date and the number of the record that holds its newest page.
    listed : dict
        Address to what the list says from which the page was collected; see `analysis.collect.archive`.
    left_out : Counter
        Why records are not read, and how many they are.
    damage : str
        What stopped the reading before the end; empty if nothing did.
    is_too_large : bool
        The archive unpacks to more than a file of its size may.
    n_bytes : int
        What was unpacked so far.
    """

    packed: int
    newest: dict[str, tuple[str, int]] = field(default_factory=dict)
    listed: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    n_records: int = 0
    damage: str = ""
    is_too_large: bool = False
    n_bytes: int = 0

    def add_bytes(self, number: int) -> None:
        """Count what was unpacked, and stop the reading if it is more than it may be."""
        self.n_bytes += number
        if self.n_bytes > (limit := streamed_limit(self.packed)):
            self.damage, self.is_too_large = (
                f"it unpacks to more than {limit:,} bytes, the maximum for its size",
                True,
            )

    def add_record(self) -> None:
        """Count a record, likewise."""
        self.n_records += 1
        if self.n_records > (limit := most_records(self.packed)):
            self.damage, self.is_too_large = (
                f"it holds more than {limit:,} records, the maximum for its size",
                True,
            )


def read_archive(path: Path) -> Iterator[Item]:
    """Read the pages of a web archive as articles: HTML that was sent with status 200, once per address, the newest.

    If a WACZ package lists its pages, the frames in them are left out. The article is extracted as from a saved page
    (see `analysis.ingest.readers.html_pages.page_article`); its row is the address.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or is not a web archive.
    """
    contents = _contents(path)
    if not contents.n_records:
        raise UnreadableFile(
            f"no record of a web archive in this file: {contents.damage or 'it is empty'}",
            path=path,
            reason="too_large" if contents.is_too_large else "unreadable",
            remedy="check that it is a complete .warc, .arc or .wacz file",
        )
    pages = _pages_of_package(path) & set(contents.newest)
    if pages and (frames := len(contents.newest) - len(pages)):
        contents.left_out["frames within pages"] += frames
    chosen = {
        number: address for address, (_, number) in contents.newest.items() if not pages or address in pages
    }
    again = _Contents(contents.packed)
    for number, record in _records(path, again):
        if number in chosen:
            listed = contents.listed.get(chosen[number], {})
            yield _article(record, chosen.pop(number), listed, again)
    if not contents.newest:
        yield Note("the archive holds no page (HTML with status 200)")
    if contents.left_out:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(contents.left_out.items()))
        yield Note(f"not read as articles: {kinds}")
    yield from _damage(again if again.is_too_large else contents, len(chosen))


def _damage(contents: _Contents, unread: int) -> Iterator[Refusal]:
    """Yield the refusal of what follows the place at which the reading was stopped."""
    if contents.is_too_large:
        yield Refusal(
            None,
            "too_large",
            f"the archive was read up to record {contents.n_records:,}: {contents.damage}; "
            f"what follows is not read, {unread:,} known pages among it; check where it comes from, or split it",
        )
    elif contents.damage:
        yield Refusal(
            None,
            "unreadable",
            f"the archive is damaged after record {contents.n_records:,} ({contents.damage}); "
            "what follows is lost; get a complete copy",
        )


def _contents(path: Path) -> _Contents:
    found = _Contents(path.stat().st_size)
    for number, record in _records(path, found):
        address = page_address(record)
        if record.rec_type == "metadata" and record.content_type == "application/warc-fields":
            found.listed[address] = _warc_fields(record.content_stream().read(_MAX_PAGE))
        why_not = why_not_a_page(record)
        if why_not is None:
            date = record.rec_headers.get_header("WARC-Date") or ""
            if address in found.newest:
                found.left_out["older copies of a page"] += 1
            found.newest[address] = max(found.newest.get(address, ("", -1)), (date, number))
        elif why_not:
            found.left_out[why_not] += 1
    return found


def _records(path: Path, found: _Contents) -> Iterator[tuple[int, Any]]:
    """Yield the records of a file with their numbers; note in `found` how many they are, and what is damaged."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        with _opened(path, found) as streams:
            for stream in streams:
                for record in ArchiveIterator(stream, arc2warc=True):
                    found.add_record()
                    if found.is_too_large:
                        return
                    yield found.n_records, record
    except Exception as error:  # whatever damage does to warcio, the records before it are read
        found.damage = found.damage or _in_words(error)


def _in_words(error: Exception) -> str:
    """Return what an error says on one line, without the bytes of the file that warcio may add."""
    return " ".join(str(error).partition(", first line:")[0].split())[:200] or type(error).__name__


@contextmanager
def _opened(path: Path, found: _Contents) -> Iterator[Iterator[IO[bytes]]]:
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if not head.startswith(_ZIP):
            # unpacked here, since warcio refuses archives that were compressed as a whole
            yield iter([_plain(file, head, found)])
            return
        with zipfile.ZipFile(file) as package:
            found.add_bytes(sum(entry.file_size for entry in package.infolist()))
            yield _members(package, found) if not found.is_too_large else iter(())


def _members(package: zipfile.ZipFile, found: _Contents) -> Iterator[IO[bytes]]:
    for name in sorted(package.namelist()):
        if name.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz")):
            with package.open(name) as member:
                head = member.peek(4)[:4] if hasattr(member, "peek") else b""
                yield _plain(member, head, found)


def _plain(stream: IO[bytes], head: bytes, found: _Contents) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(stream, found)) if head.startswith(_GZIP) else stream


class _Unpacked(io.RawIOBase):
    """A gzip file as a stream that ends at damage, so that all before it is read; `gzip` would drop up to 128 kB."""

    def __init__(self, stream: IO[bytes], found: _Contents) -> None:
        self._stream, self._found = stream, found
        self._unpacker = zlib.decompressobj(_GZIP_HEADER)
        self._packed = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._found.damage:
            self._packed = self._packed or self._stream.read(io.DEFAULT_BUFFER_SIZE)
            if self._unpacker.eof:  # the next record is packed for itself
                self._packed = self._packed.lstrip(b"\0")
                if not self._packed:
                    return 0
                self._unpacker = zlib.decompressobj(_GZIP_HEADER)
            if not self._packed:
                self._found.damage = "it ends within a record"
                break
            try:
                data = self._unpacker.decompress(self._packed, len(buffer))
            except zlib.error as error:
                self._found.damage = str(error)
                break
            self._packed = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if data:
                self._found.add_bytes(len(data))
                buffer[: len(data)] = data
                return len(data)
        return 0


def why_not_a_page(record: Any) -> str | None:
    """Return why a record is not a page, or None if it is one; empty if it is part of the archive's own records."""
    if record.rec_type == "revisit":
        return "pages unchanged since an earlier visit"
    if record.rec_type not in _PAGES:
        return ""
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else ""
    if status and status != str(_OK):
        return f"answers with status {status}"
    kind = _content_type(record).partition(";")[0].strip().lower()
    return None if kind in HTML_TYPES else f"files of the type {kind}"


def _content_type(record: Any) -> str:
    headers = record.http_headers
    return (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""


def page_address(record: Any) -> str:
    """Return the address of a page, without its fragment."""
    return (record.rec_headers.get_header("WARC-Target-URI") or "").partition("#")[0].strip("<> ")


def _article(record: Any, address: str, listed: dict[str, str], found: _Contents) -> Record | Refusal:
    try:
        data = record.content_stream().read(_MAX_PAGE + 1)
        found.add_bytes(len(data))
    except Exception as error:  # a page packed wrongly; the others are still read
        return Refusal(address, "unreadable", f"the page cannot be unpacked ({error}); collect it again")
    if len(data) > _MAX_PAGE:
        return Refusal(
            address, "too_long", f"the page has more than {_MAX_PAGE:,} bytes; no article is so long"
        )
    if getattr(record.raw_stream, "limit", 0) > 0:
        return Refusal(address, "unreadable", "the page is cut off; get a complete copy of the archive")
    source = _decoded(data, _content_type(record))
    if source is None:
        return Refusal(address, "binary", "the page contains binary data, not HTML; collect it again")
    if why := too_many_tags(source):
        return Refusal(address, "too_long", f"{why}; save the article alone")
    article = page_article(source, row=address, url=address)
    if isinstance(article, Refusal):
        return article
    stated = {name: value for name, value in article.fields.items() if value}
    return Record(address, {**listed, **stated})


def _decoded(data: bytes, content_type: str) -> str | None:
    """Decode a page as UTF-8 if it is, else as the server says, else as the page says."""
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    for encoding in ("utf-8", charset):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return decode_page(data)


def _warc_fields(data: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in data.decode("utf-8", errors="replace").splitlines())
    return {LISTED_FIELDS[name]: value.strip() for name, _, value in lines if name in LISTED_FIELDS}


def _pages_of_package(path: Path) -> set[str]:
    """Return the addresses that a WACZ package lists as pages; none if its list cannot be read."""
    if not zipfile.is_zipfile(path):
        return set()
    try:
        with zipfile.ZipFile(path) as package:
            names = [name for name in package.namelist() if re.fullmatch(r"pages/.*\.jsonl", name)]
            lines = [line for name in names for line in package.open(name).read(_MAX_PAGES_LIST).splitlines()]
    except (*DAMAGE, ValueError):
        return set()
    return {address for line in lines if (address := _listed_address(line))}


def _listed_address(line: bytes) -> str:
    try:
        page = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    address = page.get("url") if isinstance(page, dict) else None
    return address.partition("#")[0] if isinstance(address, str) else ""


READER = Reader((".warc", ".arc", ".wacz"), read_archive, name="web archive")
