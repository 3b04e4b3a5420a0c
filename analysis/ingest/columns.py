"""Find out which column of a source is which field of an article.

Names are compared without case, spaces, dashes, dots and underscores. If two columns could be the same field, the one
whose name comes first in `FIELDS` is used. If two columns have the same name, the first is used. In a table, the
content of the columns decides first: see `choose_columns`. A column that the user names for a field always counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from pathlib import Path

from analysis.errors import FramingError
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
_BY_CONTENT = ("text", "article_id")  # fields whose column in a table is decided by its cells
_COMPARED = ("outlet", "published", "title")  # fields that comparisons need
_PLAIN_NAMES = {field: field for field in FIELDS} | {
    "article_id": "id",
    "outlet_country": "country",
    "published": "date",
}  # of fields, for users
_AS_IN_THE_FILE = "write the name as it is in the file"
_NAMES_SHOWN = 30
_NAME_LENGTH = 40


def named_fields(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the name of the column for each field that a user names.

    Parameters
    ----------
    columns : mapping of str to str
        Column by field. Fields are text, title, outlet, country, date, url, author and id, or the names in `FIELDS`.

    Returns
    -------
    dict of str to str
        With the names in `FIELDS`.

    Raises
    ------
    FramingError
        A field is unknown or named twice, or the name of its column is empty.

    Examples
    --------
    >>> named_fields({"date": "Day of print"})
    {'published': 'Day of print'}
    """
    plain = {name: field for field, name in _PLAIN_NAMES.items()}
    found: dict[str, str] = {}
    for given, column in columns.items():
        field = plain.get(given, given)
        if field not in FIELDS:
            raise FramingError(
                f"unknown field '{given}' for the column '{column}'",
                remedy=f"choose from {', '.join(plain)}",
            )
        if field in found:
            raise FramingError(f"two columns are named for the field '{given}'", remedy="name one")
        if not column:
            raise FramingError(f"the column for the field '{given}' has no name", remedy=_AS_IN_THE_FILE)
        found[field] = column
    return found


def check_given(given: Mapping[str, str], columns: Sequence[str], path: Path | str) -> None:
    """Raise an error that lists the columns if a source lacks one that the user names.

    Parameters
    ----------
    given : mapping of str to str
        Column by field.
    columns : sequence of str
        The columns of the source.
    path : path
        Named in the error message.

    Raises
    ------
    UnreadableFile
        There is no column of a given name.
    """
    missing = [f"'{name}' ({_PLAIN_NAMES[field]})" for field, name in given.items() if name not in columns]
    if missing:
        raise UnreadableFile(
            f"no column is called {', '.join(missing)}; {_found(columns)}",
            path=path,
            reason="no_column",
            remedy=_AS_IN_THE_FILE,
        )


def how_to_name(field: str) -> str:
    """How a user names the column of a field: the remedy of messages on columns that were not found."""
    return f"name it: --column {field}=NAME, or columns={{'{field}': NAME}} in a script"


def no_text_column(columns: Sequence[object], path: Path | str) -> UnreadableFile:
    """Return the error for a source without a column for the text; it lists the columns and the accepted names."""
    return UnreadableFile(
        f"no column holds the text of the articles; {_found(columns)}",
        path=path,
        reason="no_text",
        remedy=f"{how_to_name('text')}; or rename it to one of: {', '.join(FIELDS['text'])}",
    )


def choose_columns(
    columns: Sequence[object],
    rows: Iterable[Sequence[object]],
    path: Path | str,
    given: Mapping[str, str] | None = None,
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
    given : mapping of str to str, optional
        Column by field, as the user names them; see `named_fields`.

    Returns
    -------
    dict of str to int
        Field to position in `columns`.

    Raises
    ------
    UnreadableFile
        No column holds the text, or there is no column of a given name.
    """
    names, given = tuple(str(column) for column in columns), given or {}
    check_given(given, names, path)
    named = {
        field: place
        for field, place in places_with(names, given).items()
        if field in given or field not in _BY_CONTENT
    }
    taken = {named[field] for field in given}
    texts, ids = (
        [place for place in _candidates(names, field) if field not in given and place not in taken]
        for field in _BY_CONTENT
    )
    named |= _by_content(texts, ids, rows)
    if "text" not in named:
        raise no_text_column(columns, path)
    return named


def places_with(columns: tuple[str, ...], given: Mapping[str, str]) -> dict[str, int]:
    """Return `places`, with the columns that the user names for fields where the source has them.

    A column that is named for one field is not used for another.

    Parameters
    ----------
    columns : tuple of str
    given : mapping of str to str
        Column by field.
    """
    chosen = {field: columns.index(name) for field, name in given.items() if name in columns}
    others = {field: place for field, place in places(columns).items() if place not in chosen.values()}
    return {field: place for field, place in others.items() if field not in given} | chosen


def _by_content(
    text_places: Sequence[int], id_places: Sequence[int], rows: Iterable[Sequence[object]]
) -> dict[str, int]:
    """Return which of the columns whose names fit are text and id, decided by their cells."""
    named: dict[str, int] = {}
    texts = dict.fromkeys(text_places, 0)  # rows in which each is filled
    cells = {place: _Ids() for place in id_places}
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
    if unique or ids:
        named["article_id"] = (unique or ids)[0]
    return named


def has_text(columns: Sequence[object], given: Mapping[str, str] | None = None) -> bool:
    """Whether the name of a column fits the text, or is the one that the user names for it."""
    names = tuple(str(column) for column in columns)
    return given["text"] in names if given and "text" in given else bool(_candidates(names, "text"))


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
    missing = [_PLAIN_NAMES[field] for field in _COMPARED if field not in fields]
    if not missing or not others:
        return ""
    asked = f"{', '.join(missing[:-1])} or {missing[-1]}" if len(missing) > 1 else missing[0]
    return (
        f"no column is called {asked}; not used: {_shown(others)} "
        f"(if one of them holds it, {how_to_name(missing[0])})"
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
