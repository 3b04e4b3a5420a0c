"""One article per file: plain text, and pages saved from the web."""

from __future__ import annotations

import re
from pathlib import Path

from analysis.errors import ReadError
from analysis.ingest.encoding import read_text
from analysis.ingest.records import Record, Refusal

_MAX_PAGE = 20_000_000  # characters


def read_plain(path: Path) -> list[Record | Refusal]:
    """The article of a .txt file: all of it is text, and the file's name is its id."""
    return [Record(None, {"article_id": path.stem, "text": read_text(path)})]


def read_page(path: Path) -> list[Record | Refusal]:
    """The article of a saved .html page, by trafilatura (Barbaresi 2021).

    The headline is taken off the beginning of the text, where trafilatura puts it.

    Raises
    ------
    ReadError
        The file is empty or no text.
    """
    import trafilatura

    source = read_text(path)
    if len(source) > _MAX_PAGE:
        raise ReadError(
            f"{len(source):,} characters are no article page", path=path, remedy="save the article alone"
        )
    page = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=_DATES,
    )
    if page is None or isinstance(page, dict) or not page.text:
        return [Refusal(None, "no_text", "no article found in the page; save it with its text, or as .txt")]
    title = page.title or ""
    return [
        Record(
            None,
            {
                "text": without_headline(page.text, title),
                "title": title,
                "outlet": page.sitename,
                "published": page.date,
                "url": page.url,
                "author": page.author,
            },
        )
    ]


_DATES = {"original_date": True, "extensive_search": True, "max_date": "2100-01-01"}


def without_headline(text: str, title: str) -> str:
    """The text without its first line where that is the headline."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if rest.strip() and _same(first, title) else text


def _same(line: str, title: str) -> bool:
    one, other = (re.sub(r"[\W_]+", " ", value).casefold().strip() for value in (line, title))
    return bool(one) and (
        one == other or (len(one) > 20 and (other.startswith(one) or (one.startswith(other) and bool(other))))
    )
