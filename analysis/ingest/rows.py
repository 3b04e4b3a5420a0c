"""Articles in the rows of a table: a CSV file, a workbook, a Parquet file or a data frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.ingest.columns import choose_columns, other_columns
from analysis.ingest.dates import find_date
from analysis.ingest.labels import plain_label
from analysis.ingest.records import Record, Refusal, refuse_nested

if TYPE_CHECKING:
    import pandas as pd

FRAME = Path("data frame")
_PLACE = re.compile(r"\s*[;\[]")
_EDITION = re.compile(r",\s*[^,]*\b(?:edition|ausgabe|édition|edición)\b.*", re.IGNORECASE)
_COPYRIGHT = re.compile(  # at the end of a text; a credit may follow
    r"\s*\n[ \t]*((?:copyright|©|\(c\))[ \t]*(?:©|\(c\))?[ \t]*\d{4}\b.{0,200})"
    r"(?:\s*\n[ \t]*Credit:[ \t]*(.{1,200}))?\s*\Z",
    re.IGNORECASE,
)
_PROQUEST_ID = {"proquestdocumentid", "storeid"}


def row_records(
    names: Sequence[object], rows: Sequence[tuple[str, Sequence[Any]]], path: Path
) -> Iterator[Record | Refusal]:
    """Yield a record for each row, or its refusal if a cell is nested too deeply.

    Parameters
    ----------
    names : sequence
        Names of the columns.
    rows : sequence of (str, sequence)
        What each row is called, and its cells.
    path : path
        Named in the error message.

    Raises
    ------
    UnreadableFile
        No column holds the text.
    """
    yield from batched_records(names, [rows], path)


def batched_records(
    names: Sequence[object], batches: Iterable[Sequence[tuple[str, Sequence[Any]]]], path: Path
) -> Iterator[Record | Refusal]:
    """Yield the same for the rows of a table that is read in parts; the first decides which column is which field."""
    mapped: dict[str, int] | None = None
    others: dict[str, int] = {}
    plain = {plain_label(str(name)).replace(" ", "") for name in names}
    for batch in batches:
        refused = [refusal for label, cells in batch if (refusal := refuse_nested(label, cells)) is not None]
        yield from refused
        labels = {refusal.row for refusal in refused}
        rows = [(label, cells) for label, cells in batch if label not in labels] if refused else batch
        if mapped is None:
            mapped = choose_columns(names, [cells for _, cells in rows], path)
            others = other_columns(names, mapped)
        for label, cells in rows:
            fields = {field: cells[place] for field, place in mapped.items() if place < len(cells)}
            further = {name: cells[place] for name, place in others.items() if place < len(cells)}
            yield Record(label, _of_proquest(fields, further) if plain & _PROQUEST_ID else fields, further)
    if mapped is None:
        choose_columns(names, [], path)


def _of_proquest(fields: dict[str, Any], further: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a ProQuest table: outlets without their place, and a date for rows that lack one.

    The lines with copyright and credit at the end of a text become other fields.
    """
    info = next(
        (str(value) for name, value in further.items() if plain_label(name) == "publication info"), ""
    )
    changed = dict(fields)
    if isinstance(outlet := fields.get("outlet"), str):
        changed["outlet"] = publication_name(outlet)
    if not str(fields.get("published") or "").strip() or fields["published"] != fields["published"]:
        changed["published"] = find_date(info)
    if isinstance(text := fields.get("text"), str) and (line := _COPYRIGHT.search(text)):
        changed["text"] = text[: line.start()]
        further.update(copyright=line[1], credit=line[2])
    return changed


def publication_name(value: str) -> str:
    """Return the name of a publication as ProQuest gives it, without edition and place.

    Parameters
    ----------
    value : str

    Returns
    -------
    str

    Examples
    --------
    >>> publication_name("Harbour Times, Late Edition (East Coast); Port Town, N.Y.")
    'Harbour Times'
    """
    return _EDITION.sub("", _PLACE.split(value, maxsplit=1)[0]).strip(" ,")


def read_frame(frame: pd.DataFrame) -> Iterator[Record | Refusal]:
    """Read the rows of a data frame as articles, with columns named as in a CSV file. Rows are numbered from 1.

    Raises
    ------
    UnreadableFile
        No column holds the text.
    """
    columns = [
        [None if missing else cell for cell, missing in zip(column, column.isna(), strict=True)]
        for _, column in frame.items()
    ]
    rows = [(str(number), cells) for number, cells in enumerate(zip(*columns, strict=True), start=1)]
    yield from row_records([str(name) for name in frame.columns], rows, FRAME)
