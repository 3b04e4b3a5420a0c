"""What every format is read into and written from: categories with their terms, and notes on what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.errors import StudyError

MAX_BYTES = 20_000_000  # the largest published dictionaries have 2 MB; a file of this size is no dictionary
MAX_DEPTH = 20
_EXAMPLES = 3


@dataclass(frozen=True)
class Term:
    """One entry of a category, as written, with the line it stands on."""

    text: str
    line: int | None = None


@dataclass
class Category:
    """One category of a dictionary, which becomes a theme.

    Attributes
    ----------
    name : str
    line : int, optional
        Where it begins in the file.
    terms : list of Term
    children : list of Category
    definition : str
    id, label, group, include, exclude : str
        Empty where the format holds none.
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
        """The category and all below it, each before those below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Dictionary:
    """What a file holds: a title, categories, and which characters stand for others in its terms.

    Attributes
    ----------
    title : str
    categories : list of Category
        Those at the top.
    wildcards : str
        Of `*` (any letters) and `?` (one letter) those that are wildcards in this format.
    own_language : bool
        The terms are patterns of `analysis.study.patterns`; otherwise they are words and phrases.
    """

    title: str
    categories: list[Category]
    wildcards: str = "*"
    own_language: bool = False


class Notes:
    """What was skipped, repaired or could not be kept, gathered by kind.

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
        """Count one more case of a kind; the first few are named."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        examples = self._found.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(f"{example} (line {line})" if line else example)

    def say(self, sentence: str) -> None:
        """Note something that is true of the whole file."""
        self._found.setdefault(sentence, [])

    def lines(self) -> tuple[str, ...]:
        """One line per kind, in the order in which they first came up."""
        return tuple(self._line(kind, examples) for kind, examples in self._found.items())

    def _line(self, kind: str, examples: list[str]) -> str:
        if not examples:
            return kind
        more = self._counts[kind] - len(examples)
        return f"{self._counts[kind]:,} {kind}: {', '.join(examples)}{f' and {more:,} more' if more else ''}"


def at_line(line: int | None) -> str | None:
    """A place for an error message."""
    return f"line {line}" if line else None


def check_size(path: Path) -> None:
    """Raise an error where a file is missing, is no file, or is larger than any dictionary."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise StudyError(f"cannot be read: {error.strerror or error}", path=path) from None
    if not path.is_file():
        raise StudyError("not a file", path=path)
    if size > MAX_BYTES:
        raise StudyError(f"{size:,} bytes; at most {MAX_BYTES:,} are read", path=path)


def beginning(path: Path, n_bytes: int) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(n_bytes)
