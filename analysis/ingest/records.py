"""What a reader yields: a record for each article, a refusal where there is none, or a note about the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
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
    others : dict
        Other fields of the source by their names there. They become `extra_*` columns of the articles.
    stated_words : int, optional
        Length of the article in words, as the source states it.
    """

    row: str | None
    fields: dict[str, Any]
    others: dict[str, Any] = field(default_factory=dict)
    stated_words: int | None = None


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


_DEEPEST = 50  # lists or objects within one another; real fields have two or three


def refuse_nested(row: str | None, values: Iterable[Any]) -> Refusal | None:
    """Return the refusal of a record with a value that is nested too deeply to be turned into text, or None."""
    level = list(values)
    for _ in range(_DEEPEST + 1):
        inner = [part for part in level if isinstance(part, dict | list | tuple)]
        if not inner:
            return None
        level = [child for part in inner for child in (part.values() if isinstance(part, dict) else part)]
    return Refusal(
        row,
        "nested",
        f"a value is nested more than {_DEEPEST} levels deep; export the text and its fields flat",
    )


@dataclass(frozen=True)
class Reader:
    """How one source format is read.

    Attributes
    ----------
    suffixes : tuple of str
        File name endings of the format, in lower case and with the dot. For a format that is recognised by its
        content, the kinds of file that can hold it (see `analysis.ingest.sniffing.Look`).
    read : callable
        Path -> iterator of `Record`, `Refusal` and `Note`. Raises `UnreadableFile` if the file has no article at all.
        If `has_columns`, it also takes the columns that a user names, by field.
    has_columns : bool
        The format is a table, or has keys, whose names a user can give for the fields.
    is_text : bool
        Files may also be compressed with gzip (``.csv.gz``); `encoding.read_text` unpacks them.
    named_by_file : bool
        A file is one article: its name is the article's id, and the folder it lies in is the outlet.
    is_one_article : bool
        A file is taken for one article, so a very long one is refused: it may hold several.
    name : str
        The format as `framing inspect` names it; empty if the file name ending says enough.
    recognises : callable, optional
        Beginning of a file as text -> whether the file is of this format. Such readers are tried before those that
        go by the file name ending.
    companions : frozenset of str
        Names of files that describe the others of a folder and hold no article.
    """

    suffixes: tuple[str, ...]
    read: Callable[..., Iterator[Item]]
    has_columns: bool = False
    is_text: bool = True
    named_by_file: bool = False
    is_one_article: bool = False
    name: str = ""
    recognises: Callable[[str], bool] | None = None
    companions: frozenset[str] = frozenset()


def add_value(values: dict[str, str], name: str, value: str) -> None:
    """Keep the value of a field, unless it is empty. Values of the same field are joined by '; '."""
    if value:
        values[name] = f"{values[name]}; {value}" if name in values else value


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


def no_article_in(path: Path, archive: str, what: str = "article") -> UnreadableFile:
    """Return the error for a file that was recognised as an export but in which nothing was found."""
    return UnreadableFile(
        f"the file looks like an export of {archive}, but no {what} was found in it",
        path=path,
        reason="not_split",
        remedy="is it complete? Export it again",
    )
