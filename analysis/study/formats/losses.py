"""What a format could not hold of a codebook, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("theme", "what", "text", "fate", "reason", "written")
LEFT_OUT, CHANGED = "left out", "changed"
_SHOWN = ("theme", "pattern", "exception")  # the others are long, or the same for every theme
_EXAMPLES = 3


@dataclass(frozen=True)
class Loss:
    """One entry of a codebook that is not in the file as it is in the codebook.

    Attributes
    ----------
    theme : str
        Id of the theme; empty where it is the codebook's own.
    what : str
        'theme', 'pattern', 'exception', or the key: 'title', 'scope', 'label', 'group', 'parent', 'definition',
        'include', 'exclude'.
    text : str
        As the codebook has it.
    fate : str
        'left out' or 'changed'.
    reason : str
    written : str
        What stands in the file in its place, one after the other with '; '.
    """

    theme: str
    what: str
    text: str
    fate: str
    reason: str
    written: str


class Losses:
    """Losses as they come up while a codebook is written.

    Attributes
    ----------
    n_terms : int or None
        Words and phrases in the file, where patterns are written as such.
    """

    def __init__(self) -> None:
        self.n_terms: int | None = None
        self._found: list[Loss] = []

    def add(self, theme: str, what: str, text: str, reason: str, *, written: Sequence[str] = ()) -> None:
        """Note that an entry is left out or, where something is written in its place, changed."""
        fate = CHANGED if written else LEFT_OUT
        self._found.append(Loss(theme, what, text, fate, reason, "; ".join(written)))

    def all(self) -> tuple[Loss, ...]:
        """Every loss, in the order in which they came up."""
        return tuple(self._found)


@dataclass(frozen=True)
class WrittenCodebook:
    """What of a codebook is in a file that was written.

    Attributes
    ----------
    n_themes, n_patterns, n_exceptions : int
        Of the codebook.
    n_terms : int
        Entries in the file: patterns or, where alternatives are written out, words and phrases.
    losses : tuple of Loss
        Every entry that is not in the file as it is in the codebook.
    """

    n_themes: int
    n_patterns: int
    n_exceptions: int
    n_terms: int
    losses: tuple[Loss, ...]

    def count(self, what: str, fate: str) -> int:
        """How many entries of a kind were left out, or changed."""
        return sum(loss.what == what and loss.fate == fate for loss in self.losses)

    @property
    def notes(self) -> tuple[str, ...]:
        """The losses in short, one line per kind and reason."""
        return tuple(_lines(self.losses))

    def table(self) -> pd.DataFrame:
        """The losses, one row each: theme, what, text, fate, reason, written."""
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
