"""Where the patterns of a codebook match: an automaton goes over the text once, whatever the number of patterns.

The automaton (Aho and Corasick 1975) finds the literal beginnings of patterns in the folded text; where a beginning
does not decide alone, the pattern's own rule does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.annotate.folding import Folded, fold

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook
    from analysis.study.needles import Needle
    from analysis.study.patterns import Pattern

WHOLE, OPEN, BEGINNING, INSIDE = range(4)
"""What a literal says of a pattern: the match; the start of a word that matches; where to look; a word to look at."""

Match = tuple[int, int, int]
"""One match of one pattern: start, end, and the number of the pattern in `Codebook.compiled`."""


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
    folded = fold(text)
    seen = _seen(folded.text, finder)
    found: set[Match] = set()
    places = folded.places
    for literal, lasts in seen.items():
        length, meanings = finder.literals[literal]
        firsts = [last - length + 1 for last in lasts]  # in the folded text, the space in front included
        for kind, number, lead in meanings:
            if kind == WHOLE:
                found.update([(places[first], places[first + length - 3] + 1, number) for first in firsts])
            elif kind == OPEN:
                ends = [places[folded.text.find(" ", last) - 2] + 1 for last in lasts]
                found.update([(places[first], end, number) for first, end in zip(firsts, ends, strict=True)])
            else:
                starts = (
                    [folded.text.rfind(" ", 0, first + 1) for first in firsts] if kind == INSIDE else firsts
                )
                found.update(_by_rule(text, starts, lead, finder.orders[number], seen, folded))
    return sorted(found)


def _seen(folded: str, finder: _Finder) -> dict[int, list[int]]:
    """The literals in a folded text, and where each ends."""
    seen: defaultdict[int, list[int]] = defaultdict(list)
    for last, literal in finder.automaton.iter(folded):
        seen[literal].append(last)
    for literal, word, others in finder.common:
        if not others.isdisjoint(seen):
            seen[literal] = list(_ends(folded, word))
    return seen


def _ends(folded: str, literal: str) -> Iterator[int]:
    """Where a literal ends, as the automaton gives it."""
    start = folded.find(literal)
    while start >= 0:
        yield start + len(literal) - 1
        start = folded.find(literal, start + 1)


def _by_rule(
    text: str, firsts: list[int], lead: int, order: _Order, seen: dict[int, list[int]], folded: Folded
) -> Iterator[Match]:
    """The matches of a pattern of which a literal says only where to look."""
    if order.endings:
        if seen.keys().isdisjoint(order.endings):
            return  # most patterns with a gap: nothing of what comes after it is in the text
        following = [seen[ending] for ending in order.endings if ending in seen]
        firsts = [first for first in firsts if _in_reach(first, following, order.reach, folded.spaces)]
    for first in firsts:
        start = folded.places[first] - lead
        end = order.pattern.end_of_match(text, start) if start >= 0 else None
        if end is not None:
            yield start, end, order.number


def _in_reach(first: int, following: list[list[int]], reach: int, spaces: memoryview) -> bool:
    """Whether one of some literals stands after a place, not too many words away."""
    for lasts in following:
        nearest = bisect_right(lasts, first)
        if nearest < len(lasts) and spaces[lasts[nearest]] - spaces[first] <= reach + 1:
            return True
    return False


class _Order(NamedTuple):
    """One order of one pattern; `endings` are literals of which one follows after a gap."""

    number: int
    pattern: Pattern
    endings: tuple[int, ...]
    reach: int


class _Finder(NamedTuple):
    """What is looked for in a text.

    Attributes
    ----------
    automaton : ahocorasick.Automaton
        Gives the number of a literal.
    literals : list
        For each literal its length and what it means: kind, number of the pattern or else of the order, characters
        in front.
    orders : list of _Order
    common : list
        Literals that the automaton leaves out since they are in every text: number, text, and the numbers of those
        of which one has to be in a text before it matters whether this one is.
    """

    automaton: Any
    literals: list[tuple[int, tuple[tuple[int, int, int], ...]]]
    orders: list[_Order]
    common: list[tuple[int, str, frozenset[int]]]


@lru_cache(maxsize=8)
def _finder(codebook: Codebook) -> _Finder:
    import ahocorasick

    numbers: dict[str, int] = {}
    meanings: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    orders: list[_Order] = []
    needed: set[int] = set()
    others: defaultdict[int, set[int]] = defaultdict(set)
    for number, rule in enumerate(codebook.compiled):
        for anchors in rule.pattern.anchors:
            beginnings, endings = (
                [numbers.setdefault(_literal(needle), len(numbers)) for needle in needles]
                for needles in (anchors.beginnings, anchors.endings)
            )
            for literal, needle in zip(beginnings, anchors.beginnings, strict=True):
                kind = _kind(rule.pattern, needle)
                of = number if kind in (WHOLE, OPEN) else len(orders)
                meanings[literal].append((kind, of, needle.lead))
            for literals, needles, rest, rest_needles in (
                (beginnings, anchors.beginnings, endings, anchors.endings),
                (endings, anchors.endings, beginnings, anchors.beginnings),
            ):
                rest_is_rarer = bool(rest) and not any(needle.common for needle in rest_needles)
                for literal, needle in zip(literals, needles, strict=True):
                    if needle.common and rest_is_rarer:
                        others[literal].update(rest)
                    else:
                        needed.add(literal)
            orders.append(_Order(number, rule.pattern, tuple(dict.fromkeys(endings)), anchors.reach))
    automaton = ahocorasick.Automaton()
    for text, literal in numbers.items():
        if literal in needed:
            automaton.add_word(text, literal)
    automaton.make_automaton()
    told = [(len(text), tuple(dict.fromkeys(meanings[literal]))) for text, literal in numbers.items()]
    common = [
        (literal, text, frozenset(others[literal]))
        for text, literal in numbers.items()
        if literal not in needed
    ]
    return _Finder(automaton, told, orders, common)


def _literal(needle: Needle) -> str:
    """As it stands in a folded text."""
    return f"{' ' * needle.opens}{fold(needle.text).text.strip(' ')}{' ' * needle.closes}"


def _kind(pattern: Pattern, needle: Needle) -> int:
    if pattern.plain:
        return WHOLE if needle.closes else OPEN
    return BEGINNING if needle.opens else INSIDE
