"""What is read around a target: its sentence, without the target itself.

Nothing here looks at the characters of the target, so that no name can change what is read.
"""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from analysis.errors import FramingError

REACH = 2000
"""Characters before and after a target that are looked at, at most: more than the network can read."""

_LINE_END = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STOP = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*\s+(?P<next>\S?)")
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
_INITIAL = re.compile(r"(?:.*\.)?[A-Z]\Z")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st no vs lt gen sen rep gov col capt maj adm sgt prof rev hon jr sr inc corp ltd co "
    "jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m".split()
)
_WORD = re.compile(r"\w")


class Target(NamedTuple):
    """A target in its text.

    Attributes
    ----------
    text : str
        A sentence, or any text around it.
    start, end : int
        Code points, end exclusive. A span that begins or ends inside a word stands for the whole word.
    others : tuple of (start, end)
        Further mentions of the same target in the text, which are to be hidden as well.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()


def context_parts(target: Target) -> tuple[list[str], list[str]]:
    """What stands before and after a target in its sentence.

    Parameters
    ----------
    target : Target

    Returns
    -------
    before, after : list of str
        The rest of the target's sentence, each side cut where a further mention of the target stood. A line break
        always ends a sentence. Nothing here depends on the characters of the target.

    Raises
    ------
    FramingError
        The text is empty, or the target is empty or outside it.
    """
    first, start, end, last = _bounds(target.text, target.start, target.end)
    return _parts(target, first, start), _parts(target, end, last)


def has_words(parts: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether anything around the target can say something about it."""
    return any(_WORD.search(part) for side in parts for part in side)


def _bounds(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Sentence's begin, target's begin and end, sentence's end."""
    if not text.strip():
        raise FramingError("the text is empty: there is no tone towards anybody in it")
    if not 0 <= start < end <= len(text):
        raise FramingError(
            f"target ({start}, {end}) is empty or outside the text of {len(text)} characters",
            remedy="offsets count code points, the end is exclusive",
        )
    while start > 0 and _WORD.match(text, start - 1):
        start -= 1
    while end < len(text) and _WORD.match(text, end):
        end += 1
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    lines = [match.end() for match in _LINE_END.finditer(before)]
    stops = [_end_of(match) for match in _STOP.finditer(before, lines[-1] if lines else 0) if _ends(match)]
    first = start - len(before) + max(lines[-1:] + stops[-1:], default=0)
    line = _LINE_END.search(after)
    rest = after[: line.start()] if line else after
    stop = next((match for match in _STOP.finditer(rest) if _ends(match)), None)
    return first, start, end, end + (_end_of(stop) if stop else len(rest))


def _end_of(stop: re.Match[str]) -> int:
    return stop.start("next")


def _ends(stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence; where the target comes next, only what precedes decides."""
    if stop["next"].islower():
        return False
    word = _WORD_BEFORE.search(stop.string, max(0, stop.start() - 12), stop.start())[0]  # type: ignore[index]
    return not (word.casefold() in _ABBREVIATIONS or _INITIAL.match(word))


def _parts(target: Target, first: int, last: int) -> list[str]:
    parts, at = [], first
    for start, end in sorted(target.others):
        if at <= start and end <= last:
            parts.append(target.text[at:start])
            at = end
    return [*parts, target.text[at:last]]
