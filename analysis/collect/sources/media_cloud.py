"""Media Cloud's API: stories of its collections that match a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from analysis.collect.collecting import Listing
from analysis.collect.fetching import Fetcher
from analysis.collect.sources.interfaces import ask, text
from analysis.ingest.url_lists import Listed, unique

ENDPOINT = "https://search.mediacloud.org/api/search/story-list"
KEY = "MEDIACLOUD_API_KEY"
_PLATFORM = "onlinenews-mediacloud"
_PAGE = "1000"  # stories of one answer


@dataclass(frozen=True)
class MediaCloudSearch:
    """Stories that match a query in the words of Media Cloud, such as ``Iran AND (sanctions OR embargo)``.

    Attributes
    ----------
    query : str
    since, until : date
        First and last day.
    key : str
        API key of your account. It is not written anywhere.
    collections : tuple of int
        Numbers of Media Cloud's collections, such as 34412234 for national outlets of the United States; all outlets
        if empty.
    endpoint : str
        Address of the interface.
    """

    query: str
    since: date
    until: date
    key: str = field(repr=False)
    collections: tuple[int, ...] = ()
    endpoint: str = ENDPOINT

    @property
    def name(self) -> str:
        """The query."""
        return f"Media Cloud: {self.query}"

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses of the stories.

        Raises
        ------
        NotFetched
            Media Cloud does not answer, or refuses the key or the query.
        """
        return Listing(unique(self._stories(fetcher)))

    def _stories(self, fetcher: Fetcher) -> Iterator[Listed]:
        parameters = {
            "q": self.query,
            "start": self.since.isoformat(),
            "end": self.until.isoformat(),
            "platform": _PLATFORM,
            "page_size": _PAGE,
        }
        if self.collections:
            parameters["cs"] = ",".join(map(str, self.collections))
        seen: set[str] = set()
        while True:
            found = ask(fetcher, self.endpoint, parameters, headers={"Authorization": f"Token {self.key}"})
            for story in found.get("stories") or ():
                names = ("url", "media_name", "title", "publish_date")
                yield Listed(*(text(story.get(name)) for name in names))
            token = text(found.get("pagination_token"))
            if not token or token in seen:
                return
            seen.add(token)
            parameters["pagination_token"] = token
