"""Where the patterns of a codebook match: an automaton goes over the text once, whatever the number of patterns.

The automaton (Aho and Corasick 1975) finds the literal beginnings of patterns in the folded text; where a beginning
does not decide alone, the pattern's own rule does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.annotate.folding import fold

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook
    from analysis.study.needles import Needle
    from analysis.study.patterns import Pattern

WHOLE, OPEN, BEGINNING, INSIDE = range(4)
"""What a literal says of a pattern: the match; the start of a word that matches; where to look; a word to look at."""


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
    finder = _finder(codebook)
    folded, places = fold(text)
    seen: defaultdict[int, list[int]] = defaultdict(list)
    for last, literal in finder.automaton.iter(folded):
        seen[literal].append(last)
    found: set[Match] = set()
    texts_literals = seen.keys()
    for literal, lasts in seen.items():
        length, meanings = finder.literals[literal]
        for kind, order, lead in meanings:
            number, pattern, endings, reach = finder.orders[order]
            if kind == WHOLE:
                found.update(Match(places[last - length + 1], places[last - 2] + 1, number) for last in lasts)
                continue
            if kind == OPEN:
                ends = (places[folded.find(" ", last) - 2] + 1 for last in lasts)
                found.update(
                    Match(places[last - length + 1], end, number)
                    for last, end in zip(lasts, ends, strict=True)
                )
                continue
            if endings and texts_literals.isdisjoint(endings):
                continue  # most patterns with a gap: nothing of what comes after it is in the text
            following = [seen[ending] for ending in endings if ending in seen]
            for last in lasts:
                first = last - length + 1  # in the folded text, the space in front included
                if kind == INSIDE:
                    first = folded.rfind(" ", 0, first + 1)
                start = places[first] - lead
                if start < 0 or (endings and not _in_reach(folded, first, following, reach)):
                    continue
                end_of_match = pattern.end_of_match(text, start)
                if end_of_match is not None:
                    found.add(Match(start, end_of_match, number))
    return sorted(found)


def _in_reach(folded: str, first: int, following: list[list[int]], reach: int) -> bool:
    """Whether one of some literals stands after a place, not too many words away."""
    for lasts in following:
        nearest = bisect_right(lasts, first)
        if nearest < len(lasts) and folded.count(" ", first, lasts[nearest]) <= reach + 1:
            return True
    return False


class _Order(NamedTuple):
    """One order of one pattern; `endings` are literals of which one follows after a gap."""

    number: int
    pattern: Pattern
    endings: tuple[int, ...]
    reach: int


class _Finder(NamedTuple):
    """The automaton, and for each literal its length and what it means: kind, order, characters in front."""

    automaton: Any
    literals: list[tuple[int, tuple[tuple[int, int, int], ...]]]
    orders: list[_Order]


@lru_cache(maxsize=8)
def _finder(codebook: Codebook) -> _Finder:
    import ahocorasick

    orders: list[_Order] = []
    meanings: dict[str, list[tuple[int, int, int]]] = {}
    numbers: dict[str, int] = {}
    for number, rule in enumerate(codebook.compiled):
        for anchors in rule.pattern.anchors:
            for needle in anchors.beginnings:
                meaning = (_kind(rule.pattern, needle), len(orders), needle.lead)
                meanings.setdefault(_literal(needle), []).append(meaning)
            endings = dict.fromkeys(_literal(needle) for needle in anchors.endings)
            ids = (numbers.setdefault(literal, len(numbers)) for literal in endings)
            orders.append(_Order(number, rule.pattern, tuple(ids), anchors.reach))
    literals = [*numbers, *(literal for literal in meanings if literal not in numbers)]
    automaton = ahocorasick.Automaton()
    for place, literal in enumerate(literals):
        automaton.add_word(literal, place)
    automaton.make_automaton()
    told = [(len(literal), tuple(dict.fromkeys(meanings.get(literal, ())))) for literal in literals]
    return _Finder(automaton, told, orders)


def _literal(needle: Needle) -> str:
    """As it stands in a folded text."""
    return f"{' ' * needle.opens}{fold(needle.text).text.strip(' ')}{' ' * needle.closes}"


def _kind(pattern: Pattern, needle: Needle) -> int:
    if pattern.plain:
        return WHOLE if needle.closes else OPEN
    return BEGINNING if needle.opens else INSIDE
