"""RSS and Atom feeds."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.collect.collecting import Listing, changes_since
from analysis.collect.fetching import Fetcher, NotFetched
from analysis.ingest.url_lists import listed_in_feed, unique


@dataclass(frozen=True)
class Feed:
    """A feed on the web. It is read again only if it has changed; what it listed before stays listed."""

    url: str

    @property
    def name(self) -> str:
        """The address."""
        return self.url

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses of the entries.

        Raises
        ------
        NotFetched
            The feed cannot be fetched, or has no entries.
        """
        answer = fetcher.fetch(self.url, headers=changes_since(version))
        if answer.is_unchanged:
            return Listing([], version)
        found = unique(listed_in_feed(answer.content))
        if not found:
            raise NotFetched("not_a_feed", "this is not a feed, or it has no entries")
        return Listing(found, (answer.header("ETag"), answer.header("Last-Modified")))
