"""Articles in the rows of a table: a CSV file, a workbook, a Parquet file or a data frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.ingest.columns import choose_columns, other_columns
from analysis.ingest.dates import find_date
from analysis.ingest.labels import plain_label
from analysis.ingest.records import Item, Note, Record, Refusal, refuse_nested

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


Row = tuple[str, Sequence[Any]]  # what a row is called, and its cells


def row_records(
    names: Sequence[object],
    rows: Iterable[Row | Refusal | Note],
    path: Path,
    given: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """Yield a record for each row, or its refusal if a cell is nested too deeply.

    Parameters
    ----------
    names : sequence
        Names of the columns.
    rows : iterable of (str, sequence)
        What each row is called, and its cells. They are read twice: first to find out which column is which field.
        What is no row is passed on.
    path : path
        Named in the error message.
    given : mapping of str to str, optional
        Column by field, as the user names them.

    Raises
    ------
    UnreadableFile
        No column holds the text, or there is no column of a given name.
    """
    cells = (row[1] for row in rows if isinstance(row, tuple) and refuse_nested(*row) is None)
    mapped = choose_columns(names, cells, path, given)
    others = other_columns(names, mapped)
    is_proquest = bool({plain_label(str(name)).replace(" ", "") for name in names} & _PROQUEST_ID)
    for row in rows:
        refusal = refuse_nested(*row) if isinstance(row, tuple) else row
        if refusal is not None:
            yield refusal
            continue
        assert isinstance(row, tuple)
        fields, further = (
            {name: row[1][place] for name, place in places.items() if place < len(row[1])}
            for places in (mapped, others)
        )
        yield Record(row[0], _of_proquest(fields, further) if is_proquest else fields, further)


class Rows:
    """Rows of a file that is read anew each time.

    Parameters
    ----------
    read : callable
        Begins to read the rows.
    """

    def __init__(self, read: Callable[[], Iterator[Row | Refusal | Note]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Row | Refusal | Note]:
        return self._read()


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


def read_frame(frame: pd.DataFrame, given: Mapping[str, str] | None = None) -> Iterator[Item]:
    """Read the rows of a data frame as articles, with columns named as in a CSV file. Rows are numbered from 1.

    Raises
    ------
    UnreadableFile
        No column holds the text, or there is no column of a given name.
    """
    columns = [
        [None if missing else cell for cell, missing in zip(column, column.isna(), strict=True)]
        for _, column in frame.items()
    ]
    rows = [(str(number), cells) for number, cells in enumerate(zip(*columns, strict=True), start=1)]
    yield from row_records([str(name) for name in frame.columns], rows, FRAME, given)
