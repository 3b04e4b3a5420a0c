"""Theme frequencies: every place where a pattern of the codebook matches.

Look-up follows quanteda's `tokens_lookup` (Benoit et al. 2018): within a theme the longest match wins and no word
counts twice; different themes may share words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.codebook import Codebook

_NEGATION_REACH = 5  # words before a hit, within its clause
_NEGATION = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|cannot|nobody|hardly|denie[sd]|deny|denying|rul(?:es?|ed|ing) out)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;:,\n\u2014]\s|\n|\b(?:but|although|though|while)\b", re.IGNORECASE)
_WORDS_BEFORE = re.compile(rf"(?:\S+\s+){{0,{_NEGATION_REACH}}}$")


class ThemeHit(NamedTuple):
    """One match: its span, the theme, the pattern as written, and whether it stands under a negation."""

    start: int
    end: int
    theme: str
    pattern: str
    negated: bool


def find_themes(text: str, codebook: Codebook) -> list[ThemeHit]:
    """All hits of a codebook in a text.

    Parameters
    ----------
    text : str
    codebook : Codebook

    Returns
    -------
    list of ThemeHit
        Sorted by start and theme. Hits of one theme do not overlap; a hit of a theme stands for the themes above it,
        so that a theme and its parent count one place once. Negated hits are flagged, not dropped.
    """
    matches: dict[str, list[tuple[int, int, str, bool]]] = {}
    for theme, start, end, source, exception in _matches(text, codebook):
        matches.setdefault(theme, []).append((start, end, source, exception))
    longest = {theme: list(_longest(found)) for theme, found in matches.items()}
    for theme in longest:
        for above in codebook.ancestors(theme):
            if above in longest:
                longest[above] = [hit for hit in longest[above] if not _overlaps(hit, longest[theme])]
    return sorted(
        ThemeHit(start, end, theme, source, is_negated(text, start))
        for theme, hits in longest.items()
        for start, end, source in hits
    )


def themes(text: str, codebook: Codebook) -> pd.DataFrame:
    """Theme hits of a text, for a quick look.

    Parameters
    ----------
    text : str
    codebook : Codebook
        For instance `analysis.load_study("data").codebook`.

    Returns
    -------
    pandas.DataFrame
        One row per hit: start, end, theme, text, pattern, negated.
    """
    import pandas as pd

    rows = [{**hit._asdict(), "text": text[hit.start : hit.end]} for hit in find_themes(text, codebook)]
    dtypes = {
        "start": "int64",
        "end": "int64",
        "theme": "str",
        "text": "str",
        "pattern": "str",
        "negated": "bool",
    }
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def is_negated(text: str, start: int) -> bool:
    """Whether a negation stands among the five words before a place, in the same clause."""
    before = text[max(0, start - 120) : start]
    clause = _CLAUSE_END.split(before)[-1]
    window = _WORDS_BEFORE.search(clause)
    return bool(_NEGATION.search(window.group() if window else clause))


def _matches(text: str, codebook: Codebook) -> Iterator[tuple[str, int, int, str, bool]]:
    """Every match of every pattern: an automaton finds where a pattern may begin, its regex decides."""
    automaton = _automaton(codebook)
    lowered = _lower(text)
    tried: set[tuple[int, int]] = set()
    for last, candidates in automaton.iter(lowered):
        for number, length, prefix in candidates:
            start = last - length + 1
            if prefix:
                if start and _is_word(lowered[start - 1]):
                    continue
            else:
                while start and _is_word(lowered[start - 1]):
                    start -= 1
            if (number, start) in tried:
                continue
            tried.add((number, start))
            theme, pattern, exception = codebook.compiled[number]
            match = pattern.regex.match(text, start)
            if match:
                yield theme, start, match.end(), pattern.source, exception


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _lower(text: str) -> str:
    """Lower case with as many characters as before; a few capitals ('İ') would grow."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _longest(found: list[tuple[int, int, str, bool]]) -> Iterator[tuple[int, int, str]]:
    """Longest first; what overlaps something longer, or an exception, is left out."""
    taken: list[tuple[int, int]] = []
    for start, end, source, exception in sorted(found, key=lambda m: (m[0] - m[1], not m[3], m[0], m[2])):
        if any(start < other_end and end > other_start for other_start, other_end in taken):
            continue
        taken.append((start, end))
        if not exception:
            yield start, end, source


def _overlaps(hit: tuple[int, int, str], others: list[tuple[int, int, str]]) -> bool:
    return any(hit[0] < end and hit[1] > start for start, end, _ in others)


@lru_cache(maxsize=8)
def _automaton(codebook: Codebook) -> Any:
    import ahocorasick

    anchors: dict[str, list[tuple[int, int, bool]]] = {}
    for number, (_, pattern, _) in enumerate(codebook.compiled):
        for anchor in pattern.anchors:
            anchors.setdefault(anchor, []).append((number, len(anchor), pattern.prefix))
    automaton = ahocorasick.Automaton()
    for anchor, candidates in anchors.items():
        automaton.add_word(anchor, tuple(candidates))
    automaton.make_automaton()
    return automaton
