"""Common Crawl's CC-NEWS: which of its WARC files to read."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from analysis.collect.fetching import Fetcher, Limits, NotFetched, unpacked
from analysis.errors import FramingError

ENDPOINT = "https://data.commoncrawl.org/"
_LIMITS = Limits(n_bytes=50_000_000)
_GZIP = b"\x1f\x8b"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_ARCHIVE = re.compile(r"(?:https?://\S+|[\w./=-]+)\.w?arc(?:\.gz)?")
_STAMP = re.compile(r"CC-NEWS-(\d{4})(\d{2})(\d{2})\d{6}-")


@dataclass(frozen=True)
class PageFilter:
    """Which pages of a crawl are kept.

    Attributes
    ----------
    domains : tuple of str
        Hosts with everything below them: ``gazette.example`` stands for ``www.gazette.example``, too. All if empty.
    since, until : date, optional
        First and last day on which a page was fetched.
    pattern : re.Pattern, optional
        Found somewhere in the address.
    """

    domains: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    pattern: re.Pattern[str] | None = None

    def keeps(self, url: str, day: str) -> bool:
        """Return whether a page that was fetched on a day such as 2022-06-29 is kept.

        Examples
        --------
        >>> [PageFilter(("gazette.example",)).keeps(url, "") for url in ("https://www.gazette.example/a", "https://x.example")]
        [True, False]
        """
        if (self.since and day < self.since.isoformat()) or (self.until and day > self.until.isoformat()):
            return False
        if self.pattern is not None and not self.pattern.search(url):
            return False
        return not self.domains or self._is_on_a_domain(url)

    def _is_on_a_domain(self, url: str) -> bool:
        try:
            host = (urlsplit(url).hostname or "").lower()
        except ValueError:
            return False
        return any(host == domain or host.endswith(f".{domain}") for domain in map(str.lower, self.domains))

    def may_keep_of(self, archive: str) -> bool:
        """Return whether a WARC file can hold pages of the days, by the time in its name; it covers about a day."""
        stamp = _STAMP.search(archive)
        if stamp is None:
            return True
        try:
            day = date(*map(int, stamp.groups()))
        except ValueError:
            return True
        return not (
            (self.until and day > self.until) or (self.since and day < self.since - timedelta(days=1))
        )


@dataclass(frozen=True)
class Crawl:
    """A month of CC-NEWS, a list of WARC files, or a single one.

    Attributes
    ----------
    where : str
        A month (``2022-06``), the address or path of a list (warc.paths, warc.paths.gz), or the address of a WARC
        file.
    pages : PageFilter
    endpoint : str
        Where the paths of a list begin.
    """

    where: str
    pages: PageFilter = PageFilter()
    endpoint: str = ENDPOINT

    @property
    def name(self) -> str:
        """Where the files are."""
        return f"CC-NEWS: {self.where}"

    def archives(self, fetcher: Fetcher) -> list[str]:
        """Return the addresses of the WARC files that can hold pages of the days.

        Raises
        ------
        NotFetched
            The list cannot be fetched.
        FramingError
            The list cannot be read, or is none.
        """
        if month := _MONTH.fullmatch(self.where):
            url = f"{self.endpoint}crawl-data/CC-NEWS/{month[1]}/{month[2]}/warc.paths.gz"
            found = self._listed(_fetched(url, fetcher))
        elif self.where.startswith(("http://", "https://")) and _ARCHIVE.fullmatch(self.where):
            found = [self.where]
        elif self.where.startswith(("http://", "https://")):
            found = self._listed(_fetched(self.where, fetcher))
        else:
            found = self._listed(_from_file(Path(self.where)))
        return [archive for archive in found if self.pages.may_keep_of(archive)]

    def _listed(self, data: bytes) -> list[str]:
        lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
        if not lines or not all(map(_ARCHIVE.fullmatch, lines)):
            raise FramingError(
                f"{self.where} is not a list of WARC files",
                remedy="give a month such as 2022-06, a warc.paths.gz, or the address of a .warc.gz",
            )
        return list(
            dict.fromkeys(line if "://" in line else self.endpoint + line.lstrip("/") for line in lines)
        )


def _fetched(url: str, fetcher: Fetcher) -> bytes:
    data = fetcher.fetch(url, robots=False, limits=_LIMITS).content
    return unpacked(data, "gzip", _LIMITS.n_bytes) if data.startswith(_GZIP) else data


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LIMITS.n_bytes)
        return unpacked(data, "gzip", _LIMITS.n_bytes) if data.startswith(_GZIP) else data
    except (OSError, NotFetched) as error:
        raise FramingError(
            f"the list of WARC files cannot be read: {error}", path=path, remedy="check the path"
        ) from None


def is_archive_list(path: Path) -> bool:
    """Return whether a file lists WARC files, judged by its first line."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            first = stream.readline(2_000)
    except (OSError, EOFError, zlib.error):
        return False
    return _ARCHIVE.fullmatch(first.decode("utf-8", "replace").strip()) is not None
