"""Where the patterns of a codebook match: an automaton goes over the text once, whatever the number of patterns.

The automaton (Aho and Corasick 1975) finds the literal beginnings of patterns in the folded text; where a beginning
does not decide alone, the pattern's own rule does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis.annotators.themes.automaton import Chain, Check, Literals, literals_of
from analysis.annotators.themes.normalisation import fold

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook

Match = tuple[int, int, int]
"""One match of one pattern: start, end, and the number of the pattern in `Codebook.compiled`."""


class Found(NamedTuple):
    """What one pass over a text finds: matches, sorted; and places of negating words (their last letters)."""

    matches: list[Match]
    negations: list[int]


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
    return find(text, codebook).matches


def find(text: str, codebook: Codebook) -> Found:
    """Every match of every pattern, and where negating words stand; see `matches`."""
    sought = literals_of(codebook)
    reading = _Reading(text, sought)
    places, letters, literals = reading.places, reading.letters, sought.literals
    found: list[Match] = []
    due: defaultdict[int, list[int]] = defaultdict(list)
    for literal, lasts in reading.seen.items():
        length, whole, opening, checks, chains = literals[literal]
        back = length - 1
        for number in whole:
            found += [(places[last - back], places[last - 2] + 1, number) for last in lasts]
        for number in opening:
            found += [
                (places[last - back], places[letters.find(" ", last) - 2] + 1, number) for last in lasts
            ]
        for check in checks:
            found += reading.checked(check, [last - back for last in lasts])
        for number, back in chains:
            due[number] += [last - back for last in lasts] if back else lasts
    for number, rare in due.items():
        chain = sought.chains[number]
        if not (chain.partners and reading.seen.keys().isdisjoint(chain.partners)):
            found += reading.chained(chain, sorted(rare))
    return Found(sorted(set(found)), reading.negations())


class _Reading:
    """A text, and where literals of a codebook stand in it: `seen` has for each where its last characters are."""

    def __init__(self, text: str, sought: Literals) -> None:
        self.text = text
        self.sought = sought
        self.letters, self.places = fold(text)
        self.seen: defaultdict[int, list[int]] = defaultdict(list)
        for last, literal in sought.automaton.iter(self.letters):
            self.seen[literal].append(last)
        self._firsts: dict[int, list[int]] = {}

    def negations(self) -> list[int]:
        """Where negating words end, in order."""
        negating = self.sought.negations.intersection(self.seen)
        return sorted(self.places[last - 2] for literal in negating for last in self.seen[literal])

    def checked(self, check: Check, firsts: list[int]) -> list[Match]:
        """The matches of a pattern that begin behind some places."""
        number, pattern, inside, lead = check
        if inside:
            firsts = [self.letters.rfind(" ", 0, first + 1) for first in firsts]
        starts = [self.places[first] - lead for first in firsts]
        return [
            (start, end, number)
            for start in starts
            if start >= 0 and (end := pattern.end_of_match(self.text, start)) is not None
        ]

    def chained(self, chain: Chain, rare: list[int]) -> list[Match]:
        """The matches of a pattern of several parts, from where its rarest part stands."""
        if chain.starts is None:
            return self.checked(chain.check, rare)
        firsts = self._before(self.firsts(chain.starts), rare, chain.reach)
        return self.checked(chain.check, firsts) if firsts else []

    def firsts(self, starts: int) -> list[int]:
        """Where the starts of a chain stand, in order."""
        known = self._firsts.get(starts)
        if known is None:
            known = self._firsts[starts] = []
            for literal, letters in self.sought.starts[starts]:
                back = len(letters) - 1
                lasts = (
                    self.seen.get(literal, ())
                    if literal in self.sought.searched
                    else _ends(self.letters, letters)
                )
                known += [last - back for last in lasts]
            known.sort()
        return known

    def _before(self, firsts: list[int], lasts: list[int], reach: int) -> list[int]:
        """The places that have one of some others behind them, not too many words away."""
        near: list[int] = []
        done = 0
        for last in lasts:
            stop = at = bisect_left(firsts, last)
            while at > done and self.letters.count(" ", firsts[at - 1], last) <= reach + 1:
                at -= 1
            near += firsts[at:stop]
            done = stop
        return near


def _ends(letters: str, literal: str) -> Iterator[int]:
    """Where a literal ends, as the automaton gives it."""
    start = letters.find(literal)
    while start >= 0:
        yield start + len(literal) - 1
        start = letters.find(literal, start + 1)
