"""Where the patterns of a codebook match: an automaton goes over the text once, whatever the number of patterns.

The automaton (Aho and Corasick 1975) finds the literal beginnings of patterns in the folded text; where a beginning
does not decide alone, the pattern's own rule does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.annotate.folding import fold

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook
    from analysis.study.needles import Needle
    from analysis.study.patterns import Pattern

WHOLE, OPEN, BEGINNING, INSIDE = range(4)
"""What a needle says: the match, the beginning of a word that matches, where to look, a word to look at."""


class Match(NamedTuple):
    """One match of one pattern: its span and the number of the pattern in `Codebook.compiled`."""

    start: int
    end: int
    number: int


def matches(text: str, codebook: Codebook) -> list[Match]:
    """Every match of every pattern.

    Parameters
    ----------
    text : str
    codebook : Codebook

    Returns
    -------
    list of Match
        Sorted; at most one for each pattern and place, the longest that its rule finds.
    """
    compiled = codebook.compiled
    found: set[Match] = set()
    folded, places = fold(text)
    for last, meanings in _automaton(codebook).iter(folded):
        for kind, number, length, lead in meanings:
            first = last - length + 1  # in the folded text, the space in front included
            if kind == WHOLE:
                found.add(Match(places[first], places[last - 2] + 1, number))
            elif kind == OPEN:
                found.add(Match(places[first], places[folded.find(" ", last) - 2] + 1, number))
            else:
                if kind == INSIDE:
                    first = folded.rfind(" ", 0, first + 1)
                start = places[first] - lead
                end = compiled[number].pattern.end_of_match(text, start)
                if end is not None and start >= 0:
                    found.add(Match(start, end, number))
    return sorted(found)


@lru_cache(maxsize=8)
def _automaton(codebook: Codebook) -> Any:
    """The needles of all patterns; each with what it means for which pattern."""
    import ahocorasick

    meanings: dict[str, list[tuple[int, int, int, int]]] = {}
    for number, rule in enumerate(codebook.compiled):
        for needle, kind in _needles(rule.pattern):
            literal = fold(needle.text).text.strip(" ")
            literal = f"{' ' * needle.opens}{literal}{' ' * needle.closes}"
            meaning = (kind, number, len(literal), needle.lead)
            meanings.setdefault(literal, []).append(meaning)
    automaton = ahocorasick.Automaton()
    for literal, group in meanings.items():
        automaton.add_word(literal, tuple(dict.fromkeys(group)))
    automaton.make_automaton()
    return automaton


def _needles(pattern: Pattern) -> Iterator[tuple[Needle, int]]:
    for needle in pattern.needles:
        if pattern.plain:
            yield needle, WHOLE if needle.closes else OPEN
        else:
            yield needle, BEGINNING if needle.opens else INSIDE
