"""Context of a target: the rest of its sentence.

Nothing here reads the characters of the target, so the context is the same for every name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from analysis.annotators.lexicon import words
from analysis.errors import FramingError

MAX_CONTEXT_CHARACTERS = 2000
"""Maximum number of characters read on either side of a target: more than the network takes."""

_LINE_END = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STOP = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*\s+(?P<next>\S?)")
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
_INITIAL = re.compile(r"(?:.*\.)?[A-Z]\Z")
_ABBREVIATIONS = words("abbreviations", "abbreviations")
_WORD = re.compile(r"\w")


class Target(NamedTuple):
    """A target in its text.

    Attributes
    ----------
    text : str
        A sentence, or any text around it.
    start, end : int
        In code points, end exclusive. A span that begins or ends inside a word is extended to the whole word.
    others : tuple of (start, end)
        Further mentions of the same target, which are masked as well.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()


def context_parts(target: Target) -> tuple[list[str], list[str]]:
    """The text before and after a target in its sentence.

    Parameters
    ----------
    target : Target

    Returns
    -------
    before, after : list of str
        The rest of the target's sentence, each side split at further mentions of the target. A line break always
        ends a sentence.

    Raises
    ------
    FramingError
        If the text is empty, or the target is empty or outside the text.
    """
    first, start, end, last = _bounds(target.text, target.start, target.end)
    return _parts(target, first, start), _parts(target, end, last)


def has_words(parts: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether there is a word next to the target."""
    return any(_WORD.search(part) for side in parts for part in side)


def _bounds(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Start of the sentence, start and end of the target, end of the sentence."""
    if not text.strip():
        raise FramingError("the text is empty", remedy="give the sentence that mentions the target")
    if not 0 <= start < end <= len(text):
        raise FramingError(
            f"target ({start}, {end}) is empty or outside the text, which has {len(text)} characters",
            remedy="offsets count code points from 0, and the end is exclusive",
        )
    while start > 0 and _WORD.match(text, start - 1):
        start -= 1
    while end < len(text) and _WORD.match(text, end):
        end += 1
    before, after = (
        text[max(0, start - MAX_CONTEXT_CHARACTERS) : start],
        text[end : end + MAX_CONTEXT_CHARACTERS],
    )
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
    """Whether a full stop ends a sentence; right before the target, only the preceding text decides."""
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
