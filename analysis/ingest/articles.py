"""Records of one file into rows for the `articles` table, and what to tell about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from analysis.corpus import UNKNOWN_OUTLET
from analysis.ingest.columns import missing_note
from analysis.ingest.countries import country_name
from analysis.ingest.dates import DateOrder, parse_dates
from analysis.ingest.encoding import REPLACEMENT, decode, looks_garbled
from analysis.ingest.records import Record

if TYPE_CHECKING:
    from analysis.study.outlets import Outlet

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, as cutting JSON strings leaves it
_ROWS_SHOWN = 5


class FindsOutlets(Protocol):
    """What reading needs of a study's outlets."""

    def find(self, name: str) -> Outlet | None:
        """The outlet of this name or alias, or None."""


@dataclass(frozen=True)
class Draft:
    """An article before it is known to be measurable.

    Attributes
    ----------
    row : str or None
        Where it stands in its file.
    article_id : str
        The source's own id, empty where it gives none.
    published : datetime or None
        In UTC.
    fields : dict
        The columns outlet, outlet_country, title, text, url and author of the `articles` table.
    """

    row: str | None
    article_id: str
    published: datetime | None
    fields: dict[str, Any]


def drafts_of(
    records: Sequence[Record], outlets: FindsOutlets | None, *, date_order: DateOrder | None = None
) -> tuple[list[Draft], list[str]]:
    """The articles of one file, whose dates are read together, and notes on what was doubtful."""
    given = [record.fields.get("published") for record in records]
    dates = parse_dates(given, order=date_order)
    unread = [
        record.row
        for record, cell, date in zip(records, given, dates.values, strict=True)
        if date is None and as_text(cell).strip()
    ]
    fields = {field for record in records for field in record.fields}
    drafts = [_draft(record, date, outlets) for record, date in zip(records, dates.values, strict=True)]
    notes = [
        missing_note(fields, list(dict.fromkeys(name for record in records for name in record.others))),
        _note(unread, "the date cannot be read and was left empty; write it as 2022-06-29"),
        _note(
            [draft.row for draft in drafts if looks_garbled(draft.fields["text"])],
            "the text looks garbled ('â€™' for an apostrophe); export it as UTF-8",
        ),
        _note(
            [draft.row for draft in drafts if REPLACEMENT in draft.fields["text"]],
            f"the text holds '{REPLACEMENT}' where characters were lost",
        ),
    ]
    if dates.guessed:
        notes.append(
            f"{dates.guessed:,} date{'s' if dates.guessed > 1 else ''} such as {dates.example} "
            f"{'were' if dates.guessed > 1 else 'was'} read day first, and nothing in the file settles the order; "
            "--date-order day or --date-order month (date_order= in a script) settles it"
        )
    return drafts, [note for note in notes if note]


def _draft(record: Record, published: datetime | None, outlets: FindsOutlets | None) -> Draft:
    line = {
        field: " ".join(as_text(record.fields.get(field)).split())
        for field in ("article_id", "outlet", "outlet_country", "title", "url", "author")
    }
    listed = outlets.find(line["outlet"]) if outlets is not None and line["outlet"] else None
    fields = {
        "outlet": listed.name if listed else line["outlet"] or UNKNOWN_OUTLET,
        "outlet_country": (listed.country if listed else country_name(line["outlet_country"])) or None,
        "title": line["title"],
        "text": as_text(record.fields.get("text"), joint="\n\n"),
        "url": line["url"] or None,
        "author": line["author"] or None,
    }
    return Draft(record.row, line["article_id"], published, fields)


def as_text(value: Any, *, joint: str = "; ") -> str:
    """A cell as text: missing values are empty, lists (of authors, of paragraphs) joined, whole numbers plain.

    A JSON object stands for its name, as in {"id": null, "name": "Example Gazette"}.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub(REPLACEMENT, value)
    if isinstance(value, list | tuple):
        return joint.join(filter(None, (as_text(part) for part in value)))
    if isinstance(value, dict):
        return as_text(value.get("name"))
    if isinstance(value, bytes):
        return decode(value) or ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _note(rows: list[str | None], what: str) -> str:
    """One sentence for all rows that it is true of; empty where there are none."""
    named = [row for row in rows if row is not None]
    if not named:
        return what if rows else ""
    more = f" and {len(named) - _ROWS_SHOWN:,} more" if len(named) > _ROWS_SHOWN else ""
    return f"row{'s' if len(named) > 1 else ''} {', '.join(named[:_ROWS_SHOWN])}{more}: {what}"
