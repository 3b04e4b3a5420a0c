"""Find out which column of a source is which field of an article.

Names are compared without case, spaces, dashes, dots and underscores. If two columns could be the same field, the one
whose name comes first in `FIELDS` is used. If two columns have the same name, the first is used. In a table, the
content of the columns decides first: see `choose_columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
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
        "proquest_document_id",
        "accession_number",
        "accession_no",
        "store_id",
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
        "volltext",
        "artikeltext",
        "texte",
        "texte_integral",
        "texto",
        "texto_completo",
        "cuerpo",
        "текст",
    ),
    "title": (
        "title",
        "headline",
        "head_line",
        "heading",
        "hed",
        "titel",
        "überschrift",
        "titre",
        "título",
        "titular",
        "заголовок",
    ),
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
        "pubtitle",
        "quelle",
        "zeitung",
        "journal",
        "fuente",
        "periódico",
        "site",
        "website",
        "domain",
        "источник",
        "издание",
        "сми",
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
        "pub_time",
        "publish_time",
        "datum",
        "erscheinungstag",
        "erscheinungsdatum",
        "fecha",
        "дата",
    ),
    "url": ("url", "link", "permalink", "web_url", "article_url", "document_url", "ссылка"),
    "author": (
        "author",
        "authors",
        "byline",
        "by_line",
        "journalist",
        "reporter",
        "creator",
        "writer",
        "autor",
        "auteur",
        "автор",
    ),
}
_OWN = frozenset({"language", "family_id", "n_words", "source_file"})  # computed anew when articles are read
_LEAST_WORDS = 5  # a cell with fewer is no text
_AS_GOOD = 0.9  # share of the best column's filled cells with which a column of an earlier name is preferred
_LONGEST_ID = 100  # characters; what is longer in most cells is no id
_COMPARED = {"outlet": "outlet", "published": "date", "title": "title"}  # with the plainest name of each
_NAMES_SHOWN = 30
_NAME_LENGTH = 40


def no_text_column(columns: Sequence[object], path: Path | str) -> UnreadableFile:
    """Return the error for a source without a column for the text; it lists the columns and the accepted names."""
    return UnreadableFile(
        f"no column holds the text of the articles; {_found(columns)}",
        path=path,
        reason="no_text",
        remedy=f"rename the column to one of: {', '.join(FIELDS['text'])}",
    )


def choose_columns(
    columns: Sequence[object], rows: Iterable[Sequence[object]], path: Path | str
) -> dict[str, int]:
    """Return the position of the column for each field, decided by the names and the cells of a table.

    The text is the column that is filled in most rows, among those whose name fits; digits at the end of a name do
    not count (`Full_Text2`). The id is a column whose values are short and all different, if there is one.

    Parameters
    ----------
    columns : sequence
        Names of the columns.
    rows : iterable of sequence
        Cells in the order of the columns; a row may be shorter. They are looked at once.
    path : path
        Named in the error message.

    Returns
    -------
    dict of str to int
        Field to position in `columns`.

    Raises
    ------
    UnreadableFile
        No column holds the text.
    """
    names = tuple(str(column) for column in columns)
    named = places(names)
    texts = dict.fromkeys(_candidates(names, "text"), 0)  # rows in which each is filled
    cells = {place: _Ids() for place in _candidates(names, "article_id")}
    for row in rows if len(texts) > 1 or cells else ():
        for place in texts:
            texts[place] += place < len(row) and _is_text(row[place])
        for place, found in cells.items():
            if place < len(row) and _filled(row[place]):
                found.add(str(row[place]))
    if texts:
        enough = _AS_GOOD * max(texts.values())
        named["text"] = next(place for place in texts if texts[place] >= enough)
    ids = [place for place in cells if place != named.get("text") and cells[place].are_short]
    unique = [place for place in ids if cells[place].are_unique]
    named.pop("article_id", None)
    if unique or ids:
        named["article_id"] = (unique or ids)[0]
    if "text" not in named:
        raise no_text_column(columns, path)
    return named


def has_text(columns: Sequence[object]) -> bool:
    """Whether the name of a column fits the text."""
    return bool(_candidates(tuple(str(column) for column in columns), "text"))


def _candidates(names: tuple[str, ...], field: str) -> list[int]:
    """Return the columns whose name fits a field, the best name first."""
    order = {_plain(name): rank for rank, name in enumerate(FIELDS[field])}
    found = [
        (order[plain], place)
        for place, name in enumerate(names)
        if (plain := _plain(name)) in order or (plain := plain.rstrip("0123456789")) in order
    ]
    return [place for _, place in sorted(found)]


def _filled(cell: object) -> bool:
    return cell is not None and cell == cell and str(cell).strip() != ""


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and len(cell.split(maxsplit=_LEAST_WORDS)) >= _LEAST_WORDS


class _Ids:
    """The filled cells of a column that may hold ids."""

    def __init__(self) -> None:
        self._n = self._n_short = 0
        self._different: set[int] = set()  # hashes, since a column may hold millions

    def add(self, cell: str) -> None:
        self._n += 1
        self._n_short += len(cell) <= _LONGEST_ID
        self._different.add(hash(cell))

    @property
    def are_short(self) -> bool:
        """Whether most cells are short enough for an id."""
        return 2 * self._n_short >= self._n

    @property
    def are_unique(self) -> bool:
        return len(self._different) == self._n


def other_columns(columns: Sequence[object], mapped: dict[str, int]) -> dict[str, int]:
    """Return the named columns that are not used for any field, with their positions.

    What reading computes anew (`language`, `family_id`, `n_words`, `source_file`) is left out of a table that this
    toolkit wrote.
    """
    used = set(mapped.values())
    names = [str(column) for column in columns]
    own = _OWN if set(names) >= _OWN else frozenset()
    return {
        name: place
        for place, name in enumerate(names)
        if name.strip() and place not in used and name not in own
    }


@cache
def unused(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of `other_columns` where each field has the first column whose name fits."""
    return tuple(other_columns(columns, places(columns)))


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
