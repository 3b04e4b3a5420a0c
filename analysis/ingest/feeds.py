"""Entries of RSS and Atom feeds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.paragraphs import joined
from analysis.ingest.sniffing import root_element

_ROOTS = frozenset({"rss", "RDF", "feed"})


@dataclass(frozen=True)
class Entry:
    """An entry of a feed; `text` is the article or its first sentences, `is_whole` says which its feed promises."""

    url: str
    outlet: str
    title: str
    published: str
    author: str
    text: str
    is_whole: bool


def is_feed(head: str) -> bool:
    """Whether a file is an RSS or Atom feed, judged by its beginning."""
    return root_element(head) in _ROOTS


def feed_entries(data: bytes) -> Iterator[Entry]:
    """Yield the entries of a feed, whatever errors it has; none if nothing in it can be understood.

    Parameters
    ----------
    data : bytes

    Yields
    ------
    Entry
    """
    import feedparser

    try:
        feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False)  # of a stream, nothing is fetched
    except Exception:  # whatever damage does to the parser, other files are still read
        return
    outlet = _line(feed.feed.get("title"))
    for entry in feed.entries:
        contents = [str(part.get("value") or "") for part in entry.get("content", ())]
        content = max(contents, key=len, default="")
        yield Entry(
            _line(entry.get("link")),
            _line(entry.get("source", {}).get("title")) or outlet,
            _line(entry.get("title")),
            _line(entry.get("published") or entry.get("updated")),
            _line(entry.get("author")),
            joined(list(html_paragraphs(parse_html(content or str(entry.get("summary") or ""))))),
            bool(content),
        )


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())
