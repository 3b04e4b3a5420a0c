"""Find out which column of a source is which field of an article.

Names are compared without case, spaces, dashes, dots and underscores. If two columns could be the same field, the one
whose name comes first in `FIELDS` is used. If two columns have the same name, the first is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path

from analysis.ingest.records import UnreadableFile

FIELDS: dict[str, tuple[str, ...]] = {
    "article_id": (
        "article_id",
        "id",
        "doc_id",
        "document_id",
        "story_id",
        "stories_id",
        "guid",
        "uuid",
        "doc",
    ),
    "text": (
        "text",
        "body",
        "content",
        "full_text",
        "article_text",
        "body_text",
        "article_body",
        "main_text",
        "story",
        "article",
    ),
    "title": ("title", "headline", "head_line", "heading", "hed"),
    "outlet": (
        "outlet",
        "source",
        "publication",
        "publisher",
        "newspaper",
        "outlet_name",
        "source_name",
        "publication_name",
        "publication_title",
        "media_name",
        "site_name",
        "medium",
        "media",
    ),
    "outlet_country": ("outlet_country", "country_of_outlet", "country", "source_country", "media_country"),
    "published": (
        "published",
        "date",
        "publication_date",
        "pub_date",
        "published_at",
        "date_published",
        "published_date",
        "publish_date",
        "published_on",
        "datetime",
        "timestamp",
        "day",
        "time",
    ),
    "url": ("url", "link", "permalink", "web_url", "article_url"),
    "author": ("author", "authors", "byline", "by_line", "journalist", "reporter", "creator", "writer"),
}
_COMPARED = {"outlet": "outlet", "published": "date", "title": "title"}  # with the plainest name of each
_NAMES_SHOWN = 30
_NAME_LENGTH = 40


def map_columns(columns: Sequence[object], path: Path | str) -> dict[str, int]:
    """Return the position of the column for each field that the source has.

    Parameters
    ----------
    columns : sequence
        Names of the columns.
    path : path
        Named in the error message.

    Returns
    -------
    dict of str to int
        Field to position in `columns`.

    Raises
    ------
    UnreadableFile
        No column holds the text. The message lists the columns and the names that are accepted.
    """
    mapped = places(tuple(str(column) for column in columns))
    if "text" not in mapped:
        raise UnreadableFile(
            f"no column holds the text of the articles; {_found(columns)}",
            path=path,
            reason="no_text",
            remedy=f"rename the column to one of: {', '.join(FIELDS['text'])}",
        )
    return mapped


@cache
def unused(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the named columns that are not used for any field."""
    used = set(places(columns).values())
    return tuple(name for place, name in enumerate(columns) if name.strip() and place not in used)


def missing_note(fields: Set[str], others: Sequence[str]) -> str:
    """Return a note if a source has no outlet, date or title but has columns that are not used; else an empty text.

    An outlet under another name would leave comparisons empty without an explanation.

    Parameters
    ----------
    fields : set of str
        The fields that the source has.
    others : sequence of str
        Its other columns.
    """
    missing = [name for field, name in _COMPARED.items() if field not in fields]
    if not missing or not others:
        return ""
    asked = f"{', '.join(missing[:-1])} or {missing[-1]}" if len(missing) > 1 else missing[0]
    return (
        f"no column is called {asked}; not used: {_shown(others)} (rename a column if it holds one of them)"
    )


@cache
def places(columns: tuple[str, ...]) -> dict[str, int]:
    """Map each field to the position of its column; empty if no column fits."""
    first: dict[str, int] = {}
    for place, column in enumerate(columns):
        first.setdefault(_plain(column), place)
    found = {}
    for field, names in FIELDS.items():
        known = [name for name in map(_plain, names) if name in first]
        if known:
            found[field] = first[known[0]]
    return found


@cache
def _plain(name: str) -> str:
    """Return a column name in the form in which names are compared."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _found(columns: Sequence[object]) -> str:
    return f"the columns are: {_shown(columns)}" if columns else "there are no columns"


def _shown(columns: Sequence[object]) -> str:
    names = [str(column)[:_NAME_LENGTH] or "''" for column in columns[:_NAMES_SHOWN]]
    more = f" and {len(columns) - _NAMES_SHOWN} more" if len(columns) > _NAMES_SHOWN else ""
    return f"{', '.join(names)}{more}"
