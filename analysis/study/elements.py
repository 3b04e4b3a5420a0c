"""What patterns are made of: words, and gaps between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One place in a pattern: the words that may stand there, as written."""

    choices: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Between `low` and `high` words of any kind; `near` reaches over punctuation."""

    low: int
    high: int
    near: bool = False


Element = Words | Gap
