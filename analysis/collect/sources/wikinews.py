"""Wikinews: the articles of a category. Its texts are free (CC BY)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.collect.collecting import Listing
from analysis.collect.fetching import Fetcher, NotFetched
from analysis.collect.sources.interfaces import ask, text
from analysis.ingest.url_lists import Listed, unique

_NAME = re.compile(r"(?:(?P<language>[a-z]{2,3}):)?(?P<category>[^:].*)")


@dataclass(frozen=True)
class WikinewsCategory:
    """The articles of a category of Wikinews.

    Attributes
    ----------
    category : str
        Such as ``Iran``, or ``ru:Иран`` for a language other than English.
    endpoint : str, optional
        Address of the interface.
    """

    category: str
    endpoint: str | None = None

    @property
    def name(self) -> str:
        """The category."""
        return f"Wikinews: {self.category}"

    def addresses(self, fetcher: Fetcher, version: tuple[str, str]) -> Listing:
        """Return the addresses of the articles.

        Raises
        ------
        NotFetched
            Wikinews does not answer, or the category has no articles.
        """
        found = unique(self._articles(fetcher))
        if not found:
            raise NotFetched("interface", "the category has no articles; check how Wikinews spells it")
        return Listing(found)

    def _articles(self, fetcher: Fetcher) -> Iterator[Listed]:
        match = _NAME.fullmatch(self.category.strip())
        if match is None:
            raise NotFetched("interface", "not the name of a category; write it as Iran or ru:Иран")
        endpoint = self.endpoint or f"https://{match['language'] or 'en'}.wikinews.org/w/api.php"
        parameters = {
            "action": "query",
            "format": "json",
            "generator": "categorymembers",
            "gcmtitle": f"Category:{match['category']}",
            "gcmnamespace": "0",
            "gcmlimit": "500",
            "prop": "info",
            "inprop": "url",
        }
        further: dict[str, str] = {}
        while True:
            answer = ask(fetcher, endpoint, {**parameters, **further})
            pages = answer.get("query", {}).get("pages", {})
            for page in sorted(pages.values(), key=lambda page: text(page.get("title"))):
                yield Listed(text(page.get("fullurl")), "Wikinews", text(page.get("title")))
            before, further = (
                further,
                {name: str(value) for name, value in answer.get("continue", {}).items()},
            )
            if not further or further == before:
                return
