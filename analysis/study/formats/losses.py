"""Entries of a codebook that a format could not represent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("theme", "what", "text", "fate", "reason", "written")
LEFT_OUT, CHANGED = "left out", "changed"
_SHOWN = ("theme", "pattern", "exception")  # other texts are long, or the same for every theme
_EXAMPLES = 3


@dataclass(frozen=True)
class Loss:
    """One entry of a codebook that was changed or left out.

    Attributes
    ----------
    theme : str
        Id of the theme; empty for keys of the codebook itself.
    what : str
        'theme', 'pattern', 'exception', or the key: 'title', 'scope', 'label', 'group', 'parent', 'definition',
        'include', 'exclude'.
    text : str
        The entry in the codebook.
    fate : str
        'left out' or 'changed'.
    reason : str
    written : str
        What the file has instead, joined by '; '.
    """

    theme: str
    what: str
    text: str
    fate: str
    reason: str
    written: str


class Losses:
    """Collects losses while a codebook is written.

    Attributes
    ----------
    n_terms : int or None
        Number of words and phrases in the file; None if patterns are written unchanged.
    """

    def __init__(self) -> None:
        self.n_terms: int | None = None
        self._found: list[Loss] = []

    def add(self, theme: str, what: str, text: str, reason: str, *, written: Sequence[str] = ()) -> None:
        """Record that an entry is left out or, if something is written instead, changed."""
        fate = CHANGED if written else LEFT_OUT
        self._found.append(Loss(theme, what, text, fate, reason, "; ".join(written)))

    def all(self) -> tuple[Loss, ...]:
        """All losses in the order in which they were recorded."""
        return tuple(self._found)


@dataclass(frozen=True)
class WrittenCodebook:
    """Result of writing a codebook.

    Attributes
    ----------
    n_themes, n_patterns, n_exceptions : int
        Counts in the codebook.
    n_terms : int
        Number of entries in the file: patterns or, if alternatives are expanded, words and phrases.
    losses : tuple of Loss
        Every entry that was changed or left out.
    """

    n_themes: int
    n_patterns: int
    n_exceptions: int
    n_terms: int
    losses: tuple[Loss, ...]

    def count(self, what: str, fate: str) -> int:
        """Number of entries of a kind that were left out, or changed."""
        return sum(loss.what == what and loss.fate == fate for loss in self.losses)

    @property
    def notes(self) -> tuple[str, ...]:
        """Summary of the losses, one line per kind and reason."""
        return tuple(_lines(self.losses))

    def table(self) -> pd.DataFrame:
        """The losses as a table with the columns theme, what, text, fate, reason, written."""
        import pandas as pd

        return pd.DataFrame([asdict(loss) for loss in self.losses], columns=list(COLUMNS), dtype="str")


def _lines(losses: Sequence[Loss]) -> Iterator[str]:
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for loss in losses:
        kinds.setdefault((loss.what, loss.fate, loss.reason), []).append(loss.text)
    for (what, fate, reason), texts in kinds.items():
        noun = f"{what}s" if len(texts) > 1 and not what.endswith("lude") else what
        examples = ""
        if what in _SHOWN:
            more = f" and {len(texts) - _EXAMPLES:,} more" if len(texts) > _EXAMPLES else ""
            examples = f": {', '.join(map(repr, texts[:_EXAMPLES]))}{more}"
        yield f"{len(texts):,} {noun} {fate}: {reason}{examples}"
