"""What a collection has listed and fetched so far, kept so that a run that was stopped goes on where it was.

The journal is a file of JSON lines that is only appended to. A line that was being written when a run was stopped is
cut off.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import ReadError
from analysis.ingest.url_lists import Listed


@dataclass(frozen=True)
class Visit:
    """What became of an address.

    Attributes
    ----------
    url : str
    fate, detail : str
        As in `analysis.collect.FATES`, and in words.
    passing : bool
        The reason may pass, so the next run tries again.
    status : int, optional
        HTTP status of the answer.
    final_url : str
        The address that was read, after redirects.
    fetched : str
        Date and time (UTC).
    etag, last_modified : str
        What the server calls this version of the page.
    end : int
        Size of the WARC file after this page.
    """

    url: str
    fate: str
    detail: str = ""
    passing: bool = False
    status: int | None = None
    final_url: str = ""
    fetched: str = ""
    etag: str = ""
    last_modified: str = ""
    end: int = 0


@dataclass
class Journal:
    """The journal of a collection.

    Attributes
    ----------
    path : path
    listed : dict
        Address to what its list says, in the order in which they were listed.
    sources : dict
        Address to the source that listed it first.
    visits : dict
        Address to what became of it last.
    versions : dict
        Feed or sitemap to its ETag and Last-Modified.
    places : dict
        WARC file on the web to the place up to which it was read, in bytes, and whether that is its end.
    end : int
        Size of the WARC file with the pages of this journal.
    """

    path: Path
    listed: dict[str, Listed] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[int, bool]] = field(default_factory=dict)
    end: int = 0

    def add_listed(self, source: str, listed: list[Listed], version: tuple[str, str] = ("", "")) -> int:
        """Note the addresses of a source. Return how many are new."""
        new = [one for one in listed if one.url not in self.listed]
        self._write([{"source": source, **asdict(one)} for one in new])
        self._write([{"version_of": source, "etag": version[0], "last_modified": version[1]}])
        for one in new:
            self._take_listed(source, one)
        self.versions[source] = version
        return len(new)

    def add_visit(self, visit: Visit) -> None:
        """Note what became of an address."""
        self._write([{"visit": asdict(visit)}])
        self._take_visit(visit)

    def add_place(self, archive: str, place: int, *, is_read: bool = False) -> None:
        """Note how far a WARC file on the web was read."""
        self._write([{"archive": archive, "place": place, "is_read": is_read}])
        self.places[archive] = (place, is_read)

    def place(self, archive: str) -> int:
        """Return up to which byte a WARC file on the web was read."""
        return self.places.get(archive, (0, False))[0]

    def is_read(self, archive: str) -> bool:
        """Return whether a WARC file on the web was read to its end."""
        return self.places.get(archive, (0, False))[1]

    def pending(self, *, refresh: bool = False) -> list[Listed]:
        """Return the addresses that are still to be fetched, with `refresh` also those whose page is saved.

        Pages from WARC files on the web are not among them.
        """
        return [
            one
            for url, one in self.listed.items()
            if self.sources[url] not in self.places
            if (visit := self.visits.get(url)) is None or visit.passing or (refresh and visit.fate == "saved")
        ]

    def _take_listed(self, source: str, listed: Listed) -> None:
        self.listed.setdefault(listed.url, listed)
        self.sources.setdefault(listed.url, source)

    def _take_visit(self, visit: Visit) -> None:
        self.visits[visit.url] = visit
        self.end = max(self.end, visit.end)

    def _write(self, records: list[dict[str, Any]]) -> None:
        lines = "".join(json.dumps(record, ensure_ascii=True) + "\n" for record in records)
        with self.path.open("a", encoding="ascii", newline="\n") as stream:
            stream.write(lines)


def read_journal(path: Path) -> Journal:
    """Return the journal of a folder; an empty one if there is none.

    Raises
    ------
    ReadError
        The file is not a journal.
    """
    journal = Journal(path)
    if not path.exists():
        return journal
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("r+b") as stream:
            stream.truncate(len(whole))
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            _take(journal, json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise ReadError(
                f"not a line of a journal ({error})", path=path, where=f"line {number}",
                remedy="choose another --out, or delete this line",
            ) from None  # fmt: skip
    return journal


def _take(journal: Journal, record: dict[str, Any]) -> None:
    if "visit" in record:
        journal._take_visit(Visit(**record["visit"]))
    elif "version_of" in record:
        journal.versions[record["version_of"]] = (record["etag"], record["last_modified"])
    elif "archive" in record:
        journal.places[record["archive"]] = (int(record["place"]), bool(record["is_read"]))
    else:
        source = record.pop("source")
        journal._take_listed(source, Listed(**record))
