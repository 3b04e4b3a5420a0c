"""Which column of a source is which field of an article.

Names are compared without case, spaces, dashes, dots and underscores. Where two columns could be one field, the name
further left in `FIELDS` wins; the other column is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import ReadError

FIELDS: dict[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id", "doc_id", "document_id", "doc", "guid", "uuid"),
    "text": ("text", "body", "content", "full_text", "article_text", "article", "article_body", "maintext"),
    "title": ("title", "headline", "head_line", "heading", "hed"),
    "outlet": (
        "outlet",
        "source",
        "publication",
        "publisher",
        "newspaper",
        "medium",
        "media",
        "source_name",
        "site_name",
    ),
    "outlet_country": ("outlet_country", "country_of_outlet", "country", "source_country"),
    "published": (
        "published",
        "date",
        "publication_date",
        "pub_date",
        "published_at",
        "date_published",
        "published_date",
        "publish_date",
        "datetime",
        "timestamp",
        "time",
    ),
    "url": ("url", "link", "permalink", "web_url", "article_url"),
    "author": ("author", "authors", "byline", "by_line", "journalist", "creator", "writer"),
}


def plain(name: object) -> str:
    """A column name as it is compared."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


def map_columns(columns: Iterable[object], path: Path | str) -> dict[str, str]:
    """The column for each field that the source has.

    Parameters
    ----------
    columns : iterable
    path : path
        For the error.

    Returns
    -------
    dict of str to str
        Field to column, as the source spells it.

    Raises
    ------
    ReadError
        No column can be the text.
    """
    found = {plain(column): str(column) for column in reversed(list(columns))}
    mapped = {
        field: found[plain(name)]
        for field, names in FIELDS.items()
        for name in reversed(names)
        if plain(name) in found
    }
    if "text" not in mapped:
        there = ", ".join(found.values()) or "none"
        raise ReadError(
            f"no column with the text of the articles; the columns are: {there}",
            path=path,
            remedy=f"call it one of: {', '.join(FIELDS['text'])}",
        )
    return mapped
