"""Read WARC files of a crawl from the web as a stream, and keep the pages that are asked for.

A file of CC-NEWS has about a gigabyte; it is neither held in memory nor saved. A run that was stopped, or whose
connection broke, goes on at the record it had reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from analysis.collect.archive import Archive
from analysis.collect.fetching import Answer, Fetcher, NotFetched, Stream
from analysis.collect.journal import Journal, Visit
from analysis.collect.sources.common_crawl import PageFilter
from analysis.ingest.readers.web_archives import page_address, why_not_a_page
from analysis.ingest.url_lists import Listed

_NOTED_AFTER = 500  # records, after which the journal says how far the reading is
_PAGE = "response"
_SENT_PACKED = frozenset({"content-encoding", "transfer-encoding"})


@dataclass
class CrawlReader:
    """Keeps pages of WARC files on the web.

    Attributes
    ----------
    fetcher : Fetcher
    journal : Journal
    archive : Archive
        Where the pages are kept.
    limit : int, optional
        Keep at most this number of pages.
    progress : callable
        Is told the bytes that were read.
    kept : int
    """

    fetcher: Fetcher
    journal: Journal
    archive: Archive
    limit: int | None = None
    progress: Callable[[int], object] = lambda _: None
    kept: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self.limit is not None and self.kept >= self.limit

    def read(self, url: str, pages: PageFilter) -> str:
        """Read a WARC file from where an earlier run stopped, and return in words what was done.

        Raises
        ------
        NotFetched
            The file cannot be read, or breaks off again and again.
        """
        self._counts.clear()
        failures = 0
        while not self.journal.is_read(url) and not self.is_full:
            before = self.journal.place(url)
            try:
                self._read_on(url, pages)
            except NotFetched as error:
                failures = 0 if self.journal.place(url) > before else failures + 1
                if not error.passing or failures >= self.fetcher.limits.attempts:
                    raise
                self.fetcher.sleep(max(self.fetcher.pause, 1.0) * 2**failures)
        counts = ", ".join(f"{what} {number:,}" for what, number in sorted(self._counts.items()))
        stopped = "" if self.journal.is_read(url) else "; stopped at the limit, run again to go on"
        return f"{url}: {counts or 'read before'}{stopped}"

    def _read_on(self, url: str, pages: PageFilter) -> None:
        from warcio.archiveiterator import ArchiveIterator

        start = place = self.journal.place(url)
        try:
            with self.fetcher.stream(url, start=start) as stream:
                records = ArchiveIterator(_Body(stream, start, self.progress), arc2warc=True)
                for number, record in enumerate(_until_damage(records), start=1):
                    place = start + records.offset
                    if number % _NOTED_AFTER == 0:
                        self.journal.add_place(url, place)
                    self._keep(record, url, pages)
                    if self.is_full:
                        return
        finally:
            self.journal.add_place(url, place)
        self.journal.add_place(url, place, is_read=True)

    def _keep(self, record: Any, source: str, pages: PageFilter) -> None:
        """Keep the page of a record if it is asked for, and was not kept before the run was stopped."""
        if record.rec_type != _PAGE:
            return
        self._counts["pages"] += 1
        address, date = page_address(record), str(record.rec_headers.get_header("WARC-Date") or "")
        if why_not_a_page(record) is not None or not pages.keeps(address, date[:10]):
            return
        visit = self.journal.visits.get(address)
        if visit is not None and visit.fetched == date:
            return
        answer = _answer(record, address, date, self.fetcher.limits.n_bytes)
        if answer is None:
            self._counts["too large or damaged"] += 1
            return
        listed = Listed(address)
        end = self.archive.add(answer, listed)
        self.journal.add_listed(source, [listed])
        self.journal.add_visit(Visit(address, "saved", "", False, answer.status, address, date, end=end))
        self.kept += 1
        self._counts["kept"] += 1


class _Body:
    """The body of an answer as the file that `warcio` reads, from the place that was asked for."""

    def __init__(self, stream: Stream, start: int, progress: Callable[[int], object]) -> None:
        self._stream, self._progress = stream, progress
        skipped = stream.start
        while skipped < start:  # the server does not send parts of files
            data = stream.read(min(start - skipped, 65_536))
            if not data:
                break
            skipped += len(data)
        self._place = 0

    def read(self, size: int = 65_536) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        self._progress(len(data))
        return data

    def tell(self) -> int:
        return self._place


def _until_damage(records: Any) -> Iterator[Any]:
    """Yield the records of a file.

    Raises
    ------
    NotFetched
        The connection broke, or the file is damaged.
    """
    try:
        yield from records
    except NotFetched:
        raise
    except Exception as error:  # whatever damage does to warcio
        why = " ".join(str(error).partition(", first line:")[0].split())[:200] or type(error).__name__
        raise NotFetched("damaged", f"not a WARC file that can be read ({why})") from None


def _answer(record: Any, address: str, date: str, limit: int) -> Answer | None:
    """Return a record as the answer of a server, unpacked; None if it is too large or cannot be unpacked."""
    try:
        content = record.content_stream().read(limit + 1)
        fetched = datetime.strptime(date[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except NotFetched:
        raise
    except Exception:
        return None
    if len(content) > limit:
        return None
    http = record.http_headers
    headers = http.headers if http is not None else [("Content-Type", "text/html")]
    plain = tuple((name, value) for name, value in headers if name.lower() not in _SENT_PACKED)
    return Answer(address, 200, "OK", plain, content, content, fetched)
