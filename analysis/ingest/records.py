"""What readers hand on: one record per article, the reason why there is none, or a note about the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import ReadError


@dataclass(frozen=True)
class Record:
    """One article as its source has it.

    Attributes
    ----------
    row : str or None
        Row, line or record in the file, from 1; None where the file is the article.
    fields : dict
        By the names of `analysis.ingest.columns.FIELDS`; values as the source has them.
    others : tuple of str
        Columns of the source that are none of them.
    """

    row: str | None
    fields: dict[str, Any]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A record that cannot become an article: a short code for the reason, and what was found."""

    row: str | None
    reason: str
    detail: str
    title: str | None = None
    article_id: str | None = None


@dataclass(frozen=True)
class Note:
    """What to know of a file whose articles are kept."""

    text: str


Item = Record | Refusal | Note


@dataclass(frozen=True)
class Reader:
    """How one source format is read.

    Attributes
    ----------
    suffixes : tuple of str
        File name endings of the format, in lower case and with the dot.
    read : callable
        Path -> iterator of `Record`, `Refusal` and `Note`. Raises `UnreadableFile` if the file has no article at all.
    is_text : bool
        Files may also be compressed with gzip (``.csv.gz``); `encoding.read_text` unpacks them.
    named_by_file : bool
        A file is one article: its name is the article's id, and the folder it lies in is the outlet.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Item]]
    is_text: bool = True
    named_by_file: bool = False


class UnreadableFile(ReadError):
    """A file without a single article that could be read; `reason` is the code it has among the rejects."""

    def __init__(
        self,
        message: str,
        *,
        path: Path | str,
        reason: str,
        where: str | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message, path=path, where=where, remedy=remedy)
        self.reason = reason
