"""Which of overlapping matches count: the longest, the tightest, and the theme rather than its parent."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.annotators.themes.matcher import Match

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook, Rule


class Spans:
    """Places that are taken; none overlaps another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any of the place is taken."""
        nearest = bisect_left(self._starts, end) - 1
        return nearest >= 0 and self._ends[nearest] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether exactly this place is taken."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and (self._starts[at], self._ends[at]) == (start, end)

    def add(self, start: int, end: int) -> None:
        """Take a place, and what it overlaps with it."""
        first, last = bisect_left(self._ends, start + 1), bisect_left(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]


def counted(found: Iterable[Match], codebook: Codebook) -> Iterator[Match]:
    """The matches that count.

    Parameters
    ----------
    found : iterable of Match
        Sorted.
    codebook : Codebook

    Yields
    ------
    Match
        Without exceptions, in no order.
    """
    rules = codebook.compiled
    for group in _rivals(found, codebook):
        if len(group) == 1:
            if not rules[group[0][2]].exception:
                yield group[0]
        else:
            most = longest(tightest(group, rules), rules, across=codebook.scope == "codebook")
            yield from without_parents(most, codebook)


def _rivals(found: Iterable[Match], codebook: Codebook) -> list[list[Match]]:
    """Matches in groups of which none overlaps another or has to do with it; most groups are of one."""
    families = codebook.families
    latest: dict[int, list[Match]] = {}
    ends: dict[int, int] = {}
    groups: list[list[Match]] = []
    for match in found:
        start, end, number = match
        family = families[number]
        if start < ends.get(family, 0):
            latest[family].append(match)
            ends[family] = max(end, ends[family])
        else:
            latest[family] = [match]
            groups.append(latest[family])
            ends[family] = end
    return groups


def longest(found: Iterable[Match], rules: Sequence[Rule], *, across: bool) -> Iterator[Match]:
    """Longest first; what overlaps something longer, or an exception of its theme, is left out.

    Parameters
    ----------
    found : iterable of Match
    rules : sequence of Rule
        `Codebook.compiled`.
    across : bool
        Matches of different themes stand in each other's way as well, unless they cover the very same words.

    Yields
    ------
    Match
        Without exceptions.
    """
    by_theme: defaultdict[str, Spans] = defaultdict(Spans)
    everywhere = Spans()
    for match in sorted(
        found, key=lambda match: (match[0] - match[1], not rules[match[2]].exception, match[0], match[2])
    ):
        start, end, number = match
        theme, _, exception = rules[number]
        if by_theme[theme].overlaps(start, end):
            continue
        if across and not exception:
            if everywhere.overlaps(start, end) and not everywhere.holds(start, end):
                continue
            everywhere.add(start, end)
        by_theme[theme].add(start, end)
        if not exception:
            yield match


def tightest(found: Iterable[Match], rules: Sequence[Rule]) -> Iterator[Match]:
    """Of overlapping matches of one NEAR pattern the shortest; the matches of other patterns as they are."""
    near = []
    for match in found:
        if rules[match[2]].pattern.near:
            near.append(match)
        else:
            yield match
    taken: defaultdict[int, Spans] = defaultdict(Spans)
    for start, end, number in sorted(near, key=lambda match: (match[1] - match[0], match[0])):
        if not taken[number].overlaps(start, end):
            taken[number].add(start, end)
            yield start, end, number


def without_parents(found: Iterable[Match], codebook: Codebook) -> Iterator[Match]:
    """A match of a theme stands for the themes above it: their own matches over the same words are left out."""
    found = list(found)
    rules = codebook.compiled
    below: defaultdict[str, Spans] = defaultdict(Spans)
    for start, end, number in found:
        for above in codebook.ancestors(rules[number].theme):
            below[above].add(start, end)
    for match in found:
        start, end, number = match
        theme = rules[number].theme
        if theme not in below or not below[theme].overlaps(start, end):
            yield match
