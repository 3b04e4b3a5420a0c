"""Literal beginnings of a pattern: what an automaton can look for in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.study.stems import beginnings

HYPHENS = "-\u2010\u2011\u2012\u2013\u00ad"
_MAX_HYPHENS = 3  # with or without each of them makes at most eight needles
_COMMON = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "no", "not"]
    + ["of", "on", "or", "out", "that", "the", "to", "was", "with"]
)


@dataclass(frozen=True)
class Needle:
    """A piece of text that a match begins with, or that its first word holds.

    Attributes
    ----------
    text : str
        As written, in lower case; between its words stands a space.
    opens : bool
        It stands at the start of a word; otherwise somewhere in the first word.
    closes : bool
        Its last word is whole.
    lead : int
        Characters of the match before its first letter ("#" of a hashtag).
    """

    text: str
    opens: bool
    closes: bool
    lead: int = 0

    @property
    def common(self) -> bool:
        """It is one of the words that stand in every text, and so tells little."""
        return self.opens and self.closes and self.text in _COMMON


def needles(words: Sequence[str]) -> Iterator[Needle]:
    """The needles of words in a row, as a codebook writes them.

    Parameters
    ----------
    words : sequence of str
        At least one; globs, stems and hyphens as in `analysis.study.patterns`.

    Yields
    ------
    Needle
        Every match holds one of them.
    """
    first = words[0]
    if first.startswith("~"):
        yield from (Needle(beginning, opens=True, closes=False) for beginning in beginnings(first[1:]))
        return
    lead = len(first) - len(re.sub(r"^[^\w*?]+", "", first))
    if first[lead] in "*?":
        runs = re.findall(r"\w+", first.lower())  # a hyphen inside may be absent; its parts are still there
        yield Needle(max(runs, key=len), opens=False, closes=False, lead=lead)
        return
    literal, whole = _literal(words)
    for variant, complete in _hyphenations(literal[lead:]):
        yield Needle(variant, opens=True, closes=whole and complete, lead=lead)


def _literal(words: Sequence[str]) -> tuple[str, bool]:
    """The words up to the first glob or stem, and whether the last of them is whole."""
    parts: list[str] = []
    for word in words:
        if word.startswith("~"):
            break
        beginning = re.match(r"[^*?]*", word.lower())
        assert beginning is not None  # it may be empty
        if beginning.end() < len(word):
            if re.search(r"\w", beginning[0]):
                parts.append(beginning[0])
                return " ".join(parts), False
            break
        parts.append(beginning[0])
    return " ".join(parts), True


def _hyphenations(literal: str) -> Iterator[tuple[str, bool]]:
    """With and without each hyphen, as a text may have it, and whether that is all of the literal."""
    parts = re.split(f"[{HYPHENS}]", literal)
    kept = parts[: _MAX_HYPHENS + 1]
    for glue in product((" ", ""), repeat=len(kept) - 1):
        marked = (mark + part for mark, part in zip(glue, kept[1:], strict=True))
        yield kept[0] + "".join(marked), len(kept) == len(parts)
