"""GDELT's DOC API: articles on the web that match a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from analysis.collect.collecting import Listing
from analysis.collect.fetching import Fetcher
from analysis.collect.sources.interfaces import ask, text
from analysis.ingest.url_lists import Listed, unique

ENDPOINT = "https://api.gdeltproject.org/api/v2/doc/doc"
_MOST = 250  # articles of one answer
_PAUSE = 5.0  # seconds between two requests, as GDELT asks for
_SHORTEST = timedelta(hours=1)  # a time of this length is not divided further
_DEFAULT = timedelta(days=90)  # searched if no first day is given
_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class GdeltSearch:
    """Articles that match a query in the words of GDELT, such as ``(Iran OR Tehran) sourcelang:english``.

    An answer has 250 articles at most, so times with more are divided until each has fewer, or is an hour long.

    Attributes
    ----------
    query : str
    since, until : date, optional
        First and last day; the last 90 days if no first day is given. GDELT searches back to 2017.
    endpoint : str
        Address of the interface.
    """

    query: str
    since: date | None = None
    until: date | None = None
    endpoint: str = ENDPOINT

    @property
    def name(self) -> str:
        """The query."""
        return f"GDELT: {self.query}"

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses of the articles.

        Raises
        ------
        NotFetched
            GDELT does not answer, or refuses the query; the message says why.
        """
        end = datetime.now(UTC) if self.until is None else datetime.combine(self.until, time(23, 59, 59), UTC)
        start = end - _DEFAULT if self.since is None else datetime.combine(self.since, time(), UTC)
        return Listing(unique(self._between(fetcher, start, end)))

    def _between(self, fetcher: Fetcher, start: datetime, end: datetime) -> Iterator[Listed]:
        parameters = {
            "query": self.query,
            "mode": "artlist",
            "format": "json",
            "sort": "dateasc",
            "maxrecords": str(_MOST),
            "startdatetime": start.strftime(_STAMP),
            "enddatetime": end.strftime(_STAMP),
        }
        found = ask(fetcher, self.endpoint, parameters, pause=_PAUSE).get("articles") or []
        if len(found) >= _MOST and end - start > _SHORTEST:
            middle = start + (end - start) / 2
            yield from self._between(fetcher, start, middle)
            yield from self._between(fetcher, middle, end)
        else:
            yield from map(_listed, found)


def _listed(article: dict[str, Any]) -> Listed:
    url, outlet, title, seen = (text(article.get(name)) for name in ("url", "domain", "title", "seendate"))
    return Listed(url, outlet, title, seen)
