"""Literal text in a pattern: where a match may begin, and what must follow.

An automaton finds literals in one pass over a text, so a pattern needs to be tried only where one of them occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from analysis.study.elements import Element, Gap, Words
from analysis.study.stems import stem_prefixes

HYPHENS = "-\u2010\u2011\u2012\u2013\u00ad"
_MAX_HYPHENS = 3  # each may be present or absent, which makes at most eight literals
_MAX_LITERALS = 400  # of one pattern; more would cost more memory than they save time
_MAX_PARTS_OF_WORD = 3  # runs of letters in one word of a gap


@dataclass(frozen=True)
class Literal:
    """Text at the start of a match, or in its first word.

    Attributes
    ----------
    text : str
        In lower case, as written in the codebook, with one space between words.
    opens : bool
        The literal starts a word. Otherwise it is anywhere in the first word.
    closes : bool
        The last word of the literal is complete.
    lead : int
        Number of characters of the match before the first letter ("#" of a hashtag).
    """

    text: str
    opens: bool
    closes: bool
    lead: int = 0


class Part(NamedTuple):
    """A later part of a pattern: one of its literals follows, at most `reach` words after the start of the match."""

    literals: tuple[Literal, ...]
    reach: int


class Anchors(NamedTuple):
    """The literals of a pattern: every match begins with one of `beginnings` and contains one of each later part."""

    beginnings: tuple[Literal, ...]
    later: tuple[Part, ...]


def anchors_of(order: Sequence[Element]) -> Anchors:
    """Find the literals in a sequence of elements.

    Parameters
    ----------
    order : sequence of Words or Gap
        The first element is Words.

    Returns
    -------
    Anchors
    """
    starts = [
        number
        for number in range(1, len(order))
        if isinstance(order[number], Words) and _ends_literal(order[number - 1])
    ]
    ends = [next_ - isinstance(order[next_ - 1], Gap) for next_ in starts[1:]] + [len(order)]
    return Anchors(
        _literals_of(order),
        tuple(
            Part(_literals_of(order[start:end]), sum(map(_max_words, order[:end])))
            for start, end in zip(starts, ends, strict=False)
        ),
    )


def literals(words: Sequence[str]) -> Iterator[Literal]:
    """The literals of consecutive words, as a codebook writes them.

    Parameters
    ----------
    words : sequence of str
        At least one word, with globs, stems and hyphens as in `analysis.study.patterns`.

    Yields
    ------
    Literal
        Every match begins with one of them, or has one in its first word.
    """
    first = words[0]
    if first.startswith("~"):
        yield from (Literal(prefix, opens=True, closes=False) for prefix in stem_prefixes(first[1:]))
        return
    lead = len(first) - len(re.sub(r"^[^\w*?]+", "", first))
    if first[lead] in "*?":
        runs = re.findall(r"\w+", first.lower())  # a hyphen inside may be absent, but its parts are present
        yield Literal(max(runs, key=len), opens=False, closes=False, lead=lead)
        return
    text, whole = _up_to_wildcard(words)
    for variant, complete in _hyphenations(text[lead:]):
        yield Literal(variant, opens=True, closes=whole and complete, lead=lead)


def _literals_of(order: Sequence[Element]) -> tuple[Literal, ...]:
    """The literals of an element and of the words that directly follow it: longer literals occur less often."""
    runs: list[tuple[str, ...]] = [()]
    for element in order:
        if not isinstance(element, Words):
            break
        if runs != [()] and len(runs) * len(element.choices) > _MAX_LITERALS:
            break  # the first words alone are enough
        runs = [(*run, choice.removeprefix("=")) for run in runs for choice in element.choices]
    return tuple(literal for run in runs for literal in literals(run))


def _ends_literal(element: Element) -> bool:
    """Whether no literal continues across an element: a gap, or a word with a wildcard or stem."""
    return isinstance(element, Gap) or any("*" in c or "?" in c or "~" in c for c in element.choices)


def _max_words(element: Element) -> int:
    """Maximum number of runs of letters in a match of an element."""
    if isinstance(element, Gap):
        return element.high * _MAX_PARTS_OF_WORD
    return max(len(re.findall(r"[\w*?~]+", choice)) for choice in element.choices)


def _up_to_wildcard(words: Sequence[str]) -> tuple[str, bool]:
    """The words up to the first glob or stem, and whether the last of them is complete."""
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


def _hyphenations(text: str) -> Iterator[tuple[str, bool]]:
    """The text with each hyphen as a space or left out, and whether that is the whole text."""
    parts = re.split(f"[{HYPHENS}]", text)
    kept = parts[: _MAX_HYPHENS + 1]
    for glue in product((" ", ""), repeat=len(kept) - 1):
        marked = (mark + part for mark, part in zip(glue, kept[1:], strict=True))
        yield kept[0] + "".join(marked), len(kept) == len(parts)
