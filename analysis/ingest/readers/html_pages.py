"""Pages saved from the web, one article each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.corpus import WORD
from analysis.ingest.encoding import decode_page, read_bytes
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile

_MAX_PAGE = 20_000_000  # characters
_MAX_TAGS = 25_000  # the time to find the article grows with them; a long live blog has 10,000
_TAG = re.compile(r"<[A-Za-z]")
_SENTENCE_END = re.compile(r"\.[\"'”’)]*\s*$")
_LEAST_SHARED, _SAME_SHARE = 4, 0.75  # words that a headline in the text has in common with the page's title
_DATES = {"original_date": True, "extensive_search": True, "max_date": "2099-12-31"}


def read_page(path: Path) -> Iterator[Item]:
    """Extract the article of a saved .html page; see `page_article`.

    Raises
    ------
    UnreadableFile
        The file is empty or binary.
    """
    yield page_article(_source(path))


def page_article(source: str, *, row: str | None = None, url: str | None = None) -> Record | Refusal:
    """Extract the article of a page with trafilatura (Barbaresi 2021), without menus and comments.

    The headline, which trafilatura puts at the beginning of the text, is removed. Paragraphs are separated by a
    blank line. The outlet is the name of the site, or its host.

    Parameters
    ----------
    source : str
        The page as HTML.
    row : str, optional
        What the page is called among others.
    url : str, optional
        Its address; if not given, the one that the page states.

    Returns
    -------
    Record or Refusal
    """
    import trafilatura

    try:
        page: Any = trafilatura.bare_extraction(
            source,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # whatever a page from the web does to the parser, the others are still read
        return Refusal(row, "unreadable", f"the page cannot be parsed ({error}); save its text as .txt")
    text = _paragraphs(page.text or "") if page is not None else ""
    if not text:
        return Refusal(
            row, "no_text", "the page contains no article; save it with its text, or save the text as .txt"
        )
    title = page.title or ""
    fields = {
        "text": without_headline(text, title),
        "title": title,
        "outlet": page.sitename or page.hostname,
        "published": page.date,
        "url": url or page.url,
        "author": page.author,
    }
    return Record(row, fields)


def _source(path: Path) -> str:
    """Decode the page with the encoding it declares, unless it is valid UTF-8 or the declaration is wrong."""
    text = decode_page(read_bytes(path))
    if text is None:
        raise UnreadableFile(
            "this file contains binary data, not a page",
            path=path,
            reason="binary",
            remedy="save the page as HTML or its text as .txt",
        )
    if len(text) > _MAX_PAGE:
        raise UnreadableFile(
            f"the page has {len(text):,} characters, too many for one article",
            path=path,
            reason="too_long",
            remedy="save the article alone",
        )
    if why := too_many_tags(text):
        raise UnreadableFile(why, path=path, reason="too_long", remedy="save the article alone")
    return text


def too_many_tags(source: str) -> str:
    """Return why a page has too many tags for one article, with their number; empty if it has not."""
    tags = sum(1 for _ in _TAG.finditer(source))
    if tags <= _MAX_TAGS:
        return ""
    return f"the page has {tags:,} tags, too many for one article; the maximum is {_MAX_TAGS:,}"


def without_headline(text: str, title: str) -> str:
    """Remove the first lines of a text if they are its headline: complete, shortened or slightly reworded."""
    start, last = 0, len(text.rstrip())
    while 0 <= (end := text.find("\n", start)) < last and _is_headline(text[start:end], title):
        start = next(place for place in range(end, last) if text[place] != "\n")
    return text[start:]


def _is_headline(line: str, title: str) -> bool:
    one, other = (frozenset(WORD.findall(value.casefold())) for value in (line, title))
    if one == other and one:
        return True
    shared = len(one & other)
    alike = shared >= _LEAST_SHARED and shared >= _SAME_SHARE * min(len(one), len(other))
    return alike and not _SENTENCE_END.search(line)


def _paragraphs(text: str) -> str:
    """Turn lines into paragraphs separated by a blank line."""
    return "\n\n".join(filter(None, map(str.strip, text.split("\n"))))


READER = Reader((".html", ".htm"), read_page, is_one_article=True, name="web page")
