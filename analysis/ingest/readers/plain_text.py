"""Plain text, one article per file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.encoding import read_text
from analysis.ingest.records import Item, Reader, Record


def read_plain(path: Path) -> Iterator[Item]:
    """Read a .txt file as one article: the whole file is the text.

    Raises
    ------
    UnreadableFile
        The file is empty or binary.
    """
    yield Record(None, {"text": read_text(path)})


READER = Reader((".txt",), read_plain, named_by_file=True, is_one_article=True, name="text")
