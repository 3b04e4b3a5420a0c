"""Dictionaries of any format in memory: categories with their terms, and notes from reading them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import StudyError

MAX_BYTES = 20_000_000  # the largest published dictionaries have 2 MB
MAX_DEPTH = 20
_EXAMPLES = 3


@dataclass(frozen=True)
class Term:
    """One entry of a category, as written, with its line."""

    text: str
    line: int | None = None


@dataclass
class Category:
    """A category of a dictionary, which becomes a theme.

    Attributes
    ----------
    name : str
    line : int, optional
        Its first line in the file.
    terms : list of Term
    children : list of Category
    definition : str
    id, label, group, include, exclude : str
        Empty if the format has none.
    exceptions : list of Term
    """

    name: str
    line: int | None = None
    terms: list[Term] = field(default_factory=list)
    children: list[Category] = field(default_factory=list)
    definition: str = ""
    id: str = ""
    label: str = ""
    group: str = ""
    include: str = ""
    exclude: str = ""
    exceptions: list[Term] = field(default_factory=list)

    def walk(self) -> Iterator[Category]:
        """The category and its descendants, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Dictionary:
    """Contents of a dictionary file.

    Attributes
    ----------
    title : str
    categories : list of Category
        The top categories.
    wildcards : str
        The wildcards of the format: `*` (any letters), `?` (one letter), or both.
    own_language : bool
        The terms are in the syntax of `analysis.study.patterns`; otherwise they are words and phrases.
    """

    title: str
    categories: list[Category]
    wildcards: str = "*"
    own_language: bool = False


class Notes:
    """What was skipped or repaired, collected by kind.

    Examples
    --------
    >>> notes = Notes()
    >>> notes.add("repeated terms kept once", "'fish'", 12)
    >>> notes.lines()
    ("1 repeated terms kept once: 'fish' (line 12)",)
    """

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, kind: str, example: str, line: int | None = None) -> None:
        """Add one case of a kind; the first few are listed."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        examples = self._found.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(f"{example} (line {line})" if line else example)

    def say(self, sentence: str) -> None:
        """Add a note about the whole file."""
        self._found.setdefault(sentence, [])

    def lines(self) -> tuple[str, ...]:
        """One line per kind, in order of appearance."""
        return tuple(self._line(kind, examples) for kind, examples in self._found.items())

    def _line(self, kind: str, examples: list[str]) -> str:
        if not examples:
            return kind
        more = self._counts[kind] - len(examples)
        return f"{self._counts[kind]:,} {kind}: {', '.join(examples)}{f' and {more:,} more' if more else ''}"


def at_line(line: int | None) -> str | None:
    """The place for an error message."""
    return f"line {line}" if line else None


def check_size(path: Path) -> None:
    """Raise StudyError if a path is missing, not a file, or too large."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise StudyError(f"cannot read the file: {error.strerror or error}", path=path) from None
    if not path.is_file():
        raise StudyError("not a file", path=path)
    if size > MAX_BYTES:
        raise StudyError(f"the file has {size:,} bytes; the maximum is {MAX_BYTES:,}", path=path)


def beginning(path: Path, n_bytes: int) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(n_bytes)
