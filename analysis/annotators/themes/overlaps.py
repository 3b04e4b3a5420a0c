"""Resolve overlapping matches: the longest match wins, the shortest under NEAR, and a theme before its parent."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.annotators.themes.matcher import Match

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook, Rule


class DisjointSpans:
    """A set of spans that do not overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span overlaps one in the set."""
        nearest = bisect_left(self._starts, end) - 1
        return nearest >= 0 and self._ends[nearest] > start

    def contains(self, start: int, end: int) -> bool:
        """Whether exactly this span is in the set."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and (self._starts[at], self._ends[at]) == (start, end)

    def add(self, start: int, end: int) -> None:
        """Add a span, merged with those it overlaps."""
        first, last = bisect_left(self._ends, start + 1), bisect_left(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]


def resolve_overlaps(found: Iterable[Match], codebook: Codebook) -> Iterator[Match]:
    """Select the matches that count as hits.

    Parameters
    ----------
    found : iterable of Match
        Sorted.
    codebook : Codebook

    Yields
    ------
    Match
        In no particular order, without exceptions.
    """
    rules = codebook.compiled
    for group in _overlap_groups(found, codebook):
        if len(group) == 1:
            if not rules[group[0][2]].exception:
                yield group[0]
        else:
            kept = longest(shortest_near(group, rules), rules, across=codebook.scope == "codebook")
            yield from without_parents(kept, codebook)


def _overlap_groups(found: Iterable[Match], codebook: Codebook) -> list[list[Match]]:
    """Groups of matches that overlap and belong to related themes; most groups have one match."""
    top_themes = codebook.top_themes
    latest: dict[int, list[Match]] = {}
    ends: dict[int, int] = {}
    groups: list[list[Match]] = []
    for match in found:
        start, end, number = match
        top_theme = top_themes[number]
        if start < ends.get(top_theme, 0):
            latest[top_theme].append(match)
            ends[top_theme] = max(end, ends[top_theme])
        else:
            latest[top_theme] = [match]
            groups.append(latest[top_theme])
            ends[top_theme] = end
    return groups


def longest(found: Iterable[Match], rules: Sequence[Rule], *, across: bool) -> Iterator[Match]:
    """Keep the longest matches; drop those that overlap a longer match or an exception of their theme.

    Parameters
    ----------
    found : iterable of Match
    rules : sequence of Rule
        `Codebook.compiled`.
    across : bool
        Matches of different themes compete as well, unless they have the same span.

    Yields
    ------
    Match
        Without exceptions.
    """
    by_theme: defaultdict[str, DisjointSpans] = defaultdict(DisjointSpans)
    everywhere = DisjointSpans()
    for match in sorted(
        found, key=lambda match: (match[0] - match[1], not rules[match[2]].exception, match[0], match[2])
    ):
        start, end, number = match
        theme, _, exception = rules[number]
        if by_theme[theme].overlaps(start, end):
            continue
        if across and not exception:
            if everywhere.overlaps(start, end) and not everywhere.contains(start, end):
                continue
            everywhere.add(start, end)
        by_theme[theme].add(start, end)
        if not exception:
            yield match


def shortest_near(found: Iterable[Match], rules: Sequence[Rule]) -> Iterator[Match]:
    """Keep the shortest of overlapping matches of one NEAR pattern, and all matches of other patterns."""
    near = []
    for match in found:
        if rules[match[2]].pattern.near:
            near.append(match)
        else:
            yield match
    taken: defaultdict[int, DisjointSpans] = defaultdict(DisjointSpans)
    for start, end, number in sorted(near, key=lambda match: (match[1] - match[0], match[0])):
        if not taken[number].overlaps(start, end):
            taken[number].add(start, end)
            yield start, end, number


def without_parents(found: Iterable[Match], codebook: Codebook) -> Iterator[Match]:
    """Drop the matches of a theme that overlap a match of its subtheme, which also counts for the theme."""
    found = list(found)
    rules = codebook.compiled
    below: defaultdict[str, DisjointSpans] = defaultdict(DisjointSpans)
    for start, end, number in found:
        for above in codebook.ancestors(rules[number].theme):
            below[above].add(start, end)
    for match in found:
        start, end, number = match
        theme = rules[number].theme
        if theme not in below or not below[theme].overlaps(start, end):
            yield match
