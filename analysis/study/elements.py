"""Elements of a pattern: words, and gaps between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One position in a pattern: the alternatives for a word or phrase, as written."""

    choices: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Between `low` and `high` words of any kind; with `near`, they may include punctuation."""

    low: int
    high: int
    near: bool = False


Element = Words | Gap
