"""RSS and Atom feeds that carry whole articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.corpus import count_words
from analysis.ingest.encoding import read_bytes
from analysis.ingest.feeds import Entry, feed_entries, is_feed
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile

_MAX_TAGS = 300_000  # the time to parse a feed grows with them
_LEAST_WORDS = 80  # a shorter description is a summary
# The end of a text that goes on elsewhere.
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\bread more\b\W*|\bcontinue reading\b.{0,100})\s*$", re.IGNORECASE
)
_FOOTER = re.compile(
    r"\s*\bThe post .{0,300} appeared first on .{0,200}$", re.DOTALL
)  # as WordPress writes it


def read_feed(path: Path) -> Iterator[Item]:
    """Read the entries of a feed that carries whole articles. Entries with a summary only are refused.

    Raises
    ------
    UnreadableFile
        The file cannot be read, or the feed has no entries.
    """
    n = 0
    data = read_bytes(path)
    if (tags := data.count(b"<")) > _MAX_TAGS:
        raise UnreadableFile(
            f"the feed has {tags:,} XML tags; the maximum is {_MAX_TAGS:,}",
            path=path,
            reason="too_large",
            remedy="split it",
        )
    for n, entry in enumerate(feed_entries(data), start=1):
        yield _article(entry, str(n), path)
    if not n:
        raise UnreadableFile(
            "the feed has no entries", path=path, reason="empty", remedy="fetch it again, or leave it out"
        )


def _article(entry: Entry, row: str, path: Path) -> Record | Refusal:
    text = _FOOTER.sub("", entry.text).strip()
    if _CUT.search(text) or not (entry.is_whole or count_words(text) >= _LEAST_WORDS):
        return Refusal(
            row, "no_text",
            "the feed has only a summary of this article; "
            f"collect the articles with 'framing collect {path.name} --out FOLDER'",
            title=entry.title,
        )  # fmt: skip
    fields = {
        "text": text,
        "title": entry.title,
        "outlet": entry.outlet,
        "published": entry.published,
        "url": entry.url,
        "author": entry.author,
    }
    return Record(row, fields)


READER = Reader((".xml", ".rss", ".atom", ".txt"), read_feed, name="feed", recognises=is_feed)
