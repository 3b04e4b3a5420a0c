"""Lists of addresses (Media Cloud, GDELT, text files). They hold no text, so they are refused with the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.errors import ReadError
from analysis.ingest.columns import how_to_name
from analysis.ingest.records import Item, Reader, UnreadableFile
from analysis.ingest.url_lists import is_list, read_listed


def refuse_list(path: Path) -> Iterator[Item]:
    """Refuse a list of addresses.

    Raises
    ------
    UnreadableFile
        Always: the file has no texts. The message says how many addresses it has, and how to get the articles.
    """
    try:
        found = f"a list of {len(read_listed(path)):,} addresses without the texts"
    except UnreadableFile:
        raise
    except ReadError:
        found = "a list of addresses in which no address was found"
    raise UnreadableFile(
        found,
        path=path,
        reason="url_list",
        remedy=f"collect the articles with 'framing collect {path.name} --out FOLDER', or, if a column holds "
        f"the text, {how_to_name('text')}",
    )


READER = Reader(
    (".csv", ".tsv", ".txt", ".json", ".jsonl", ".export"),
    refuse_list,
    name="list of addresses",
    recognises=is_list,
)
