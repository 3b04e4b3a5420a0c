"""Sitemaps (sitemaps.org), with the extension for news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.collect.collecting import Listing
from analysis.collect.fetching import Answer, Fetcher, Limits, NotFetched, unpacked
from analysis.ingest.url_lists import Listed, unique

_LIMITS = Limits(n_bytes=52_428_800)  # the largest sitemap that the protocol allows
_MOST = 1_000  # sitemaps of one site
_GZIP = b"\x1f\x8b"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Sitemap:
    """A sitemap or an index of sitemaps.

    Attributes
    ----------
    url : str
    since, until : date, optional
        Pages whose date is outside are left out. The date of a page is that of its publication, where the sitemap has
        it, or that of its last change. Pages without a date are kept.
    """

    url: str
    since: date | None = None
    until: date | None = None

    @property
    def name(self) -> str:
        """The address."""
        return self.url

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses of the pages, those of the sitemaps of an index included.

        Raises
        ------
        NotFetched
            A sitemap cannot be fetched, or is none.
        """
        waiting, seen, found = [self.url], {self.url}, list[Listed]()
        while waiting:
            root = _root(fetcher.fetch(waiting.pop(0), limits=_LIMITS))
            for child in root:
                entry = _entry(child)
                url, day = entry.get("loc", ""), _DAY.match(entry.get("date") or entry.get("lastmod", ""))
                if _name(child) == "sitemap":
                    # an index says when a sitemap was changed last: older ones hold no newer pages
                    if url not in seen and len(seen) < _MOST and not (day and self._is_before(day[0])):
                        seen.add(url)
                        waiting.append(url)
                elif _name(child) == "url" and not (day and self._is_outside(day[0])):
                    found.append(
                        Listed(url, entry.get("outlet", ""), entry.get("title", ""), entry.get("date", ""))
                    )
        return Listing(unique(found))

    def _is_before(self, day: str) -> bool:
        return self.since is not None and day < self.since.isoformat()

    def _is_outside(self, day: str) -> bool:
        return self._is_before(day) or (self.until is not None and day > self.until.isoformat())


def _root(answer: Answer) -> Any:
    from lxml import etree

    data = answer.content
    if data.startswith(_GZIP):
        data = unpacked(data, "gzip", _LIMITS.n_bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise NotFetched("not_a_sitemap", f"{answer.url} is not a sitemap")
    return root


_FIELDS = {"loc": "loc", "lastmod": "lastmod", "publication_date": "date", "title": "title", "name": "outlet"}


def _entry(element: Any) -> dict[str, str]:
    """Return the fields of an entry: address, dates, and title and outlet of the extension for news."""
    return {
        _FIELDS[name]: " ".join(text.split())
        for name, text in _texts(element)
        if name in _FIELDS and text.strip()
    }


def _texts(element: Any) -> Iterator[tuple[str, str]]:
    for below in element.iterdescendants():
        if "image" not in str(below.tag) and "video" not in str(below.tag):
            yield _name(below), below.text or ""


def _name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
