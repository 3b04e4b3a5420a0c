"""Turn the records of one file into rows of the `articles` table, with notes on what is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from analysis.corpus import UNKNOWN_OUTLET, count_words
from analysis.ingest.columns import missing_note
from analysis.ingest.countries import country_name
from analysis.ingest.dates import DateOrder, parse_dates
from analysis.ingest.encoding import REPLACEMENT, decode, looks_garbled, whole_characters
from analysis.ingest.records import Record
from analysis.schemas import TABLES

if TYPE_CHECKING:
    from analysis.study.outlets import Outlet

_ROWS_SHOWN = 5
_EXTRA = TABLES["articles"].extra
_NOT_A_WORD = re.compile(r"\W+")
_TOLERANCE = 0.2  # of the length that a source states
_LONGEST_DATE = 200  # characters
_DATE_SHOWN = 30
_GARBLED = "the text looks garbled ('â€™' for an apostrophe); export it as UTF-8"
_LOST = f"the text contains '{REPLACEMENT}' where characters were lost; export it as UTF-8"
_LENGTH = (
    f"the length differs from the length that the source states by more than {_TOLERANCE:.0%}; "
    "check whether text is missing"
)
_DOUBTS = (_GARBLED, _LOST, _LENGTH)


class FindsOutlets(Protocol):
    """What reading needs from the outlets of a study."""

    def find(self, name: str) -> Outlet | None:
        """The outlet of this name or alias, or None."""


@dataclass(frozen=True)
class Draft:
    """An article that has been read but not yet accepted. Its date is known when the whole file has been read.

    Attributes
    ----------
    row : str or None
        Its row in the file.
    article_id : str
        The id that the source gives; empty if there is none.
    fields : dict
        The columns outlet, outlet_country, title, text, url and author of the `articles` table.
    extra : dict
        Further columns, `extra_*`, without empty ones.
    """

    row: str | None
    article_id: str
    fields: dict[str, Any]
    extra: dict[str, str]


class Drafting:
    """Turns the records of one file into articles, one by one, and remembers what is doubtful.

    Parameters
    ----------
    outlets : Outlets, optional
        Gives outlets their canonical name and country.
    date_order : {'day', 'month'}, optional
    """

    def __init__(self, outlets: FindsOutlets | None, date_order: DateOrder | None = None) -> None:
        self._outlets, self._date_order = outlets, date_order
        self._rows: list[str | None] = []
        self._dates: list[Any] = []  # cells as they are in the file; its dates are read together
        self._fields: set[str] = set()
        self._others: dict[str, None] = {}
        self._doubtful: dict[str, list[str | None]] = {doubt: [] for doubt in _DOUBTS}

    def draft(self, record: Record) -> Draft:
        """Return the article of a record, without its date."""
        draft = _draft(record, self._outlets)
        self._rows.append(record.row)
        self._dates.append(_small(record.fields.get("published")))
        self._fields.update(record.fields)
        self._others.update(dict.fromkeys(map(whole_characters, record.others)))
        text = draft.fields["text"]
        if looks_garbled(text):
            self._doubtful[_GARBLED].append(record.row)
        if REPLACEMENT in text:
            self._doubtful[_LOST].append(record.row)
        if record.stated_words and _differ(count_words(text), record.stated_words):
            self._doubtful[_LENGTH].append(record.row)
        return draft

    def finish(self) -> tuple[list[datetime | None], list[str]]:
        """Return the dates of all articles, and notes on what is doubtful."""
        dates = parse_dates(self._dates, order=self._date_order)
        unread = [
            (row, as_text(cell).strip())
            for row, cell, date in zip(self._rows, self._dates, dates.values, strict=True)
            if date is None and as_text(cell).strip()
        ]
        notes = [
            missing_note(self._fields, list(self._others)),
            _note([row for row, _ in unread], _unread(unread[0][1])) if unread else "",
            *(_note(rows, doubt) for doubt, rows in self._doubtful.items()),
        ]
        if dates.guessed:
            notes.append(
                f"{dates.guessed:,} date{'s' if dates.guessed > 1 else ''} such as {dates.example} "
                f"{'were' if dates.guessed > 1 else 'was'} read day first, but nothing in the file shows the order; "
                "set it with --date-order day or --date-order month (date_order= in a script)"
            )
        return dates.values, [note for note in notes if note]


def _draft(record: Record, outlets: FindsOutlets | None) -> Draft:
    line = {
        field: " ".join(as_text(record.fields.get(field)).split())
        for field in ("article_id", "outlet", "outlet_country", "title", "url", "author")
    }
    listed = outlets.find(line["outlet"]) if outlets is not None and line["outlet"] else None
    fields = {
        "outlet": listed.name if listed else line["outlet"] or UNKNOWN_OUTLET,
        "outlet_country": (listed and listed.country) or country_name(line["outlet_country"]) or None,
        "title": line["title"],
        "text": as_text(record.fields.get("text"), joint="\n\n"),
        "url": line["url"] or None,
        "author": line["author"] or None,
    }
    extra = {
        _EXTRA + plain: cell
        for name, value in record.others.items()
        if (plain := _NOT_A_WORD.sub("_", name).strip("_").lower().removeprefix(_EXTRA))
        and (cell := " ".join(as_text(value).split()))
    }
    return Draft(record.row, line["article_id"], fields, extra)


def _unread(date: str) -> str:
    shown = date if len(date) <= _DATE_SHOWN else f"{date[:_DATE_SHOWN]} ..."
    return f"the date cannot be read ('{shown}') and is left empty; write it as 2022-06-29"


def _small(cell: Any) -> Any:
    """Return a cell for a date, cut if it is longer than any date."""
    return cell[:_LONGEST_DATE] if isinstance(cell, str) else cell


def _differ(words: int, stated: int) -> bool:
    return abs(words - stated) > _TOLERANCE * stated


def as_text(value: Any, *, joint: str = "; ") -> str:
    """Return a cell as text: missing values are empty, lists are joined, and whole numbers have no decimal point.

    Of a JSON object such as {"id": null, "name": "Example Gazette"}, the name is taken.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return whole_characters(value)
    if isinstance(value, list | tuple):
        return joint.join(filter(None, (as_text(part) for part in value)))
    if isinstance(value, dict):
        return as_text(value.get("name"))
    if isinstance(value, bytes):
        return decode(value) or ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _note(rows: list[str | None], what: str) -> str:
    """Return one note for all rows that it applies to; empty if there are none."""
    named = [row for row in rows if row is not None]
    if not named:
        return what if rows else ""
    more = f" and {len(named) - _ROWS_SHOWN:,} more" if len(named) > _ROWS_SHOWN else ""
    return f"row{'s' if len(named) > 1 else ''} {', '.join(named[:_ROWS_SHOWN])}{more}: {what}"
