"""Collect articles from lists of addresses: fetch, keep, extract, and say of every address what became of it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from analysis.collect.archive import Archive
from analysis.collect.crawls import CrawlReader
from analysis.collect.fetching import Answer, Fetcher, NotFetched
from analysis.collect.journal import Journal, Visit, read_journal
from analysis.collect.sources.common_crawl import Crawl
from analysis.corpus import ReadResult
from analysis.errors import FramingError
from analysis.files import make_folder, parquet_bytes, write_file
from analysis.ingest import FindsOutlets, read
from analysis.ingest.readers.web_archives import HTML_TYPES
from analysis.ingest.url_lists import Listed

if TYPE_CHECKING:
    import pandas as pd

PAGES, ARTICLES, URLS, JOURNAL = "pages.warc.gz", "articles.parquet", "urls.csv", "journal.jsonl"
FATES: Mapping[str, str] = {
    "article": "the page was fetched and its article extracted",
    "duplicate": "the same article was collected from another address; it is measured once",
    "no_text": "the page was fetched and is kept, but no article was found in it",
    "refused": "the page was fetched and is kept, but its article was refused; the detail says why",
    "not_html": "the address leads to something else than a page, such as a PDF",
    "robots": "robots.txt of the site does not allow it, or cannot be read",
    "not_found": "the server says that there is no such page (404, 410)",
    "http_error": "the server answered with another error",
    "busy": "the server asks to wait longer than a run waits",
    "unreachable": "no connection, or it broke",
    "too_slow": "no complete answer in the time for one request",
    "too_large": "the answer is larger than an article can be",
    "damaged": "the answer cannot be unpacked",
    "redirects": "too many redirects",
    "private_address": "the host has an address that is not public",
    "bad_url": "not the address of a page",
    "pending": "not fetched yet; run the command again",
}
"""What can become of an address, as the column `fate` of urls.csv says it."""

_EXTRACTION = {"duplicate": "duplicate", "no_text": "no_text", "": "no_text"}  # reason of a reject to fate
_HOSTS_AT_ONCE = 8


class Source(Protocol):
    """Something that lists addresses."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses; `version` is what the server called the state read last (ETag, Last-Modified)."""


@dataclass(frozen=True)
class Listing:
    """The addresses of a source, and what the server calls this state of it (ETag, Last-Modified)."""

    listed: list[Listed]
    version: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Collected:
    """What was collected.

    Attributes
    ----------
    articles : pandas.DataFrame
        The `articles` table.
    urls : pandas.DataFrame
        A row for each address: url, fate, detail, status, final_url, fetched, article_id, title, outlet, published,
        source.
    failures : tuple of str
        Sources that could not be read, and why.
    notes : tuple of str
        What is doubtful about the articles, such as dates that cannot be read.
    """

    articles: pd.DataFrame
    urls: pd.DataFrame
    failures: tuple[str, ...]
    notes: tuple[str, ...]


def collect(
    sources: Sequence[Source],
    out: str | Path,
    *,
    crawls: Sequence[Crawl] = (),
    fetcher: Fetcher | None = None,
    outlets: FindsOutlets | None = None,
    refresh: bool = False,
    limit: int | None = None,
    progress: bool = False,
) -> Collected:
    """Fetch the pages that sources list, keep them in a WARC file, and extract their articles.

    A run that was stopped goes on where it was when the function is called again with the same folder. What could
    not be fetched for a reason that may pass is tried again.

    Parameters
    ----------
    sources : sequence of Source
        See `analysis.collect.sources`.
    out : str or path
        Folder for pages.warc.gz, articles.parquet, urls.csv and journal.jsonl. It may hold an earlier collection, to
        which new pages are added.
    crawls : sequence of Crawl
        WARC files of Common Crawl, whose pages are kept if they are asked for; see
        `analysis.collect.sources.common_crawl`. The files themselves are not saved.
    fetcher : Fetcher, optional
    outlets : Outlets, optional
        Gives outlets their canonical name and country.
    refresh : bool
        Ask again for pages that are saved, and keep those that have changed. The newest is used.
    limit : int, optional
        Fetch at most this number of pages now, and keep at most this number of pages of crawls.
    progress : bool
        Show a progress bar with the remaining time.

    Returns
    -------
    Collected

    Raises
    ------
    FramingError
        The folder cannot be written to.
    """
    folder = make_folder(out)
    fetcher = fetcher or Fetcher()
    journal = read_journal(folder / JOURNAL)
    failures = tuple(why for source in sources if (why := _list(source, journal, fetcher)))
    pending = journal.pending(refresh=refresh)[:limit]
    _fetch_all(pending, folder / PAGES, journal, fetcher, progress=progress)
    crawled, broken = _read_crawls(crawls, folder / PAGES, journal, fetcher, limit, progress=progress)
    any_saved = any(visit.fate == "saved" for visit in journal.visits.values())
    reading = read(folder / PAGES, outlets=outlets) if any_saved else None
    urls = _log(journal, reading)
    articles = _articles(reading)
    write_file(folder / ARTICLES, parquet_bytes(articles))
    write_file(folder / URLS, _csv(urls))
    notes = (*crawled, *(reading.notes if reading is not None else ()))
    return Collected(articles, urls, (*failures, *broken), notes)


def _list(source: Source, journal: Journal, fetcher: Fetcher) -> str:
    """Note the addresses of a source in the journal; return why that was not possible, or an empty text."""
    try:
        listing = source.addresses(fetcher, journal.versions.get(source.name, ("", "")))
    except NotFetched as error:
        return f"{source.name}: cannot be read: {error}"
    journal.add_listed(source.name, listing.listed, listing.version)
    return ""


def _fetch_all(
    pending: Sequence[Listed], path: Path, journal: Journal, fetcher: Fetcher, *, progress: bool
) -> None:
    """Fetch addresses, several hosts at once, each by one request at a time."""
    from tqdm import tqdm

    hosts: dict[str, list[Listed]] = {}
    for listed in pending:
        hosts.setdefault(_host(listed.url), []).append(listed)
    archive = Archive(path, end=journal.end, agent=fetcher.agent)
    one_at_a_time, stop = threading.Lock(), threading.Event()
    bar = tqdm(total=len(pending), unit="page", disable=not progress)

    def fetch_host(waiting: Sequence[Listed]) -> None:
        for listed in waiting:
            if stop.is_set():
                return
            visit, answer = _visit(listed, journal.visits.get(listed.url), fetcher)
            with one_at_a_time:
                end = archive.add(answer, listed) if answer is not None else 0
                journal.add_visit(replace(visit, end=end))
                bar.update()

    pool = ThreadPoolExecutor(_HOSTS_AT_ONCE)
    try:
        # hosts with many pages first, since these take longest
        longest_first = sorted(hosts.values(), key=len, reverse=True)
        for done in as_completed([pool.submit(fetch_host, waiting) for waiting in longest_first]):
            done.result()
    except OSError as error:
        raise FramingError(
            f"cannot be written: {error.strerror or error}",
            path=path,
            remedy="free some space, then run again",
        ) from None
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)
        bar.close()
        archive.close()


def _read_crawls(
    crawls: Sequence[Crawl],
    path: Path,
    journal: Journal,
    fetcher: Fetcher,
    limit: int | None,
    *,
    progress: bool,
) -> tuple[list[str], list[str]]:
    """Read the WARC files of crawls; return what was done with each, and why some could not be read."""
    from tqdm import tqdm

    done, broken = list[str](), list[str]()
    if not crawls:
        return done, broken
    archive = Archive(path, end=journal.end, agent=fetcher.agent)
    with closing(archive), tqdm(unit="B", unit_scale=True, disable=not progress) as bar:
        reader = CrawlReader(fetcher, journal, archive, limit, bar.update)
        for crawl in crawls:
            try:
                for number, url in enumerate(urls := crawl.archives(fetcher), start=1):
                    bar.set_description(f"WARC file {number:,} of {len(urls):,}")
                    done.append(reader.read(url, crawl.pages))
                    if reader.is_full:
                        break
            except NotFetched as error:
                broken.append(f"{crawl.name}: cannot be read: {error}; the same command goes on")
    return done, broken


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # fetching it gives the reason
        return ""


def _visit(listed: Listed, before: Visit | None, fetcher: Fetcher) -> tuple[Visit, Answer | None]:
    """Fetch an address; return what became of it, and the page if it is to be kept."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = before if before is not None and before.fate == "saved" else None
    headers = changes_since((known.etag, known.last_modified)) if known is not None else {}
    try:
        answer = fetcher.fetch(listed.url, headers=headers)
    except NotFetched as error:
        if known is not None:  # what was saved stays
            return known, None
        return Visit(listed.url, error.fate, str(error), error.passing, error.status, fetched=now), None
    if known is not None and answer.is_unchanged:
        return known, None
    if answer.kind not in HTML_TYPES:
        what = f"the address leads to a file of the type {answer.kind[:80]}"
        return Visit(listed.url, "not_html", what, False, answer.status, answer.url, now), None
    version = (answer.header("ETag"), answer.header("Last-Modified"))
    return Visit(listed.url, "saved", "", False, answer.status, answer.url, now, *version), answer


def changes_since(version: tuple[str, str]) -> dict[str, str]:
    """Return the headers that ask a server for an answer only if something has changed."""
    headers = {"If-None-Match": version[0], "If-Modified-Since": version[1]}
    return {name: value for name, value in headers.items() if value}


def _articles(reading: ReadResult | None) -> pd.DataFrame:
    from analysis.schemas import TABLES

    return reading.articles if reading is not None else TABLES["articles"].frame([])


def _log(journal: Journal, reading: ReadResult | None) -> pd.DataFrame:
    """Return a row for each address with what became of it, extraction included."""
    import pandas as pd

    ids: dict[str, str] = {}
    refused: dict[str, tuple[str, str]] = {}
    if reading is not None:
        ids = dict(zip(reading.articles["url"], reading.articles["article_id"], strict=True))
        rejects = reading.rejects[["row", "reason", "detail"]].astype(str)
        refused = {row: (reason, detail) for row, reason, detail in rejects.to_numpy().tolist()}
    rows = [_row(listed, journal, ids, refused) for listed in journal.listed.values()]
    return pd.DataFrame(rows, columns=list(_row(Listed(""), journal, {}, {})))


def _row(
    listed: Listed, journal: Journal, ids: Mapping[str, str], refused: Mapping[Any, tuple[str, str]]
) -> dict[str, Any]:
    visit = journal.visits.get(listed.url) or Visit(listed.url, "pending")
    fate, detail, page = visit.fate, visit.detail, visit.final_url.partition("#")[0]
    if fate == "saved":
        reason, why = refused.get(page, ("", ""))
        fate = "article" if page in ids else _EXTRACTION.get(reason, "refused")
        detail = "" if page in ids else f"{reason}: {why}" if fate == "refused" else why
    return {
        "url": listed.url,
        "fate": fate,
        "detail": detail,
        "status": str(visit.status or ""),
        "final_url": visit.final_url,
        "fetched": visit.fetched,
        "article_id": ids.get(page, ""),
        "title": listed.title,
        "outlet": listed.outlet,
        "published": listed.published,
        "source": journal.sources.get(listed.url, ""),
    }


def _csv(table: pd.DataFrame) -> bytes:
    from analysis.spreadsheet import harmless

    return harmless(table).to_csv(index=False, lineterminator="\n").encode("utf-8")
