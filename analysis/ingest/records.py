"""What a reader yields: a record for each article, a refusal where there is none, or a note about the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import ReadError


@dataclass(frozen=True)
class Record:
    """One article as it is in its source.

    Attributes
    ----------
    row : str or None
        Row, line or record in the file, from 1; None if the whole file is the article.
    fields : dict
        Values of the source by the names of `analysis.ingest.columns.FIELDS`.
    others : tuple of str
        Other columns of the source.
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
    """Something the user should know about a file whose articles are kept."""

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
    """A file in which no article could be read; `reason` is its code among the rejects."""

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
