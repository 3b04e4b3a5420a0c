"""Find every match of every pattern of a codebook in one pass over a text.

An automaton (Aho and Corasick 1975) finds the literals of the patterns in the folded text, in a time that does not
depend on the number of patterns. Where a literal does not decide alone, the regular expression of the pattern does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from analysis.annotators.themes.automaton import Check, GappedPattern, LiteralIndex, literal_index
from analysis.annotators.themes.normalisation import fold

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook

Match = tuple[int, int, int]
"""One match of one pattern: start, end, and the position of the pattern in `Codebook.compiled`."""


class SearchResult(NamedTuple):
    """Sorted matches, and the offsets of the last letters of negating words."""

    matches: list[Match]
    negations: list[int]


def matches(text: str, codebook: Codebook) -> list[Match]:
    """Find every match of every pattern.

    Parameters
    ----------
    text : str
    codebook : Codebook

    Returns
    -------
    list of Match
        Sorted. At most one match per pattern and start.
    """
    return search(text, codebook).matches


def search(text: str, codebook: Codebook) -> SearchResult:
    """Find every match of every pattern and all negating words; see `matches`."""
    index = literal_index(codebook)
    folded = _IndexedText(text, index)
    offsets, letters = folded.offsets, folded.letters
    found: list[Match] = []
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    for literal, lasts in folded.occurrences.items():
        length, whole, prefix, checks, gapped = index.literals[literal]
        back = length - 1
        for number in whole:
            found += [(offsets[last - back], offsets[last - 2] + 1, number) for last in lasts]
        for number in prefix:
            found += [
                (offsets[last - back], offsets[letters.find(" ", last) - 2] + 1, number) for last in lasts
            ]
        for check in checks:
            found += folded.check(check, [last - back for last in lasts])
        for number, back in gapped:
            candidates[number] += [last - back for last in lasts] if back else lasts
    for number, rarest in candidates.items():
        pattern = index.gapped[number]
        if not (pattern.partners and folded.occurrences.keys().isdisjoint(pattern.partners)):
            found += folded.check_gapped(pattern, sorted(rarest))
    return SearchResult(sorted(set(found)), folded.negations())


def may_match(text: str, codebook: Codebook) -> bool:
    """Whether any pattern may match in a text, or in what is left of it without some of its words.

    This looks for the first words of the patterns, which takes a fraction of the time of a search if they are few.
    """
    letters = fold(text).text
    return any(word in letters for word in literal_index(codebook).first_words)


class _IndexedText:
    """A folded text, and the positions of the last characters of each literal in it (`occurrences`)."""

    def __init__(self, text: str, index: LiteralIndex) -> None:
        self.text = text
        self.index = index
        self.letters, self.offsets = fold(text)
        self.occurrences: defaultdict[int, list[int]] = defaultdict(list)
        for last, literal in index.automaton.iter(self.letters):
            self.occurrences[literal].append(last)
        self._starts: dict[int, list[int]] = {}

    def negations(self) -> list[int]:
        """Sorted offsets of the last letters of negating words."""
        negating = self.index.negations.intersection(self.occurrences)
        return sorted(self.offsets[last - 2] for literal in negating for last in self.occurrences[literal])

    def check(self, check: Check, firsts: list[int]) -> list[Match]:
        """The matches of a pattern that begin at some positions of the folded text."""
        number, pattern, inside, lead = check
        if inside:
            firsts = [self.letters.rfind(" ", 0, first + 1) for first in firsts]
        starts = [self.offsets[first] - lead for first in firsts]
        return [
            (start, end, number)
            for start in starts
            if start >= 0 and (end := pattern.end_of_match(self.text, start)) is not None
        ]

    def check_gapped(self, pattern: GappedPattern, rarest: list[int]) -> list[Match]:
        """The matches of a gapped pattern, given the positions of its rarest part."""
        if pattern.starts is None:
            return self.check(pattern.check, rarest)
        firsts = self._within_reach(self.starts(pattern.starts), rarest, pattern.reach)
        return self.check(pattern.check, firsts) if firsts else []

    def starts(self, number: int) -> list[int]:
        """Sorted positions of the literals that begin a gapped pattern."""
        known = self._starts.get(number)
        if known is None:
            known = self._starts[number] = []
            for literal, letters in self.index.starts[number]:
                back = len(letters) - 1
                lasts = (
                    self.occurrences.get(literal, ())
                    if literal in self.index.searched
                    else _last_positions(self.letters, letters)
                )
                known += [last - back for last in lasts]
            known.sort()
        return known

    def _within_reach(self, firsts: list[int], lasts: list[int], reach: int) -> list[int]:
        """Those of the first positions that have one of the last positions at most `reach` words behind them."""
        near: list[int] = []
        done = 0
        for last in lasts:
            stop = at = bisect_left(firsts, last)
            while at > done and self.letters.count(" ", firsts[at - 1], last) <= reach + 1:
                at -= 1
            near += firsts[at:stop]
            done = stop
        return near


def _last_positions(letters: str, literal: str) -> Iterator[int]:
    """Positions of the last characters of a literal, as the automaton returns them."""
    start = letters.find(literal)
    while start >= 0:
        yield start + len(literal) - 1
        start = letters.find(literal, start + 1)
