"""Index of the literals in a codebook, with an automaton that finds them in a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.annotators.lexicon import words
from analysis.annotators.themes.negation import NEGATION_LITERALS
from analysis.annotators.themes.normalisation import fold
from analysis.study.literals import Part

if TYPE_CHECKING:
    from analysis.study.codebook import Codebook
    from analysis.study.literals import Anchors, Literal
    from analysis.study.patterns import Pattern


class Check(NamedTuple):
    """A pattern to try where a literal occurs.

    A match begins `lead` characters before the literal, or at the start of the word if the literal is `inside` it.
    """

    number: int
    pattern: Pattern
    inside: bool
    lead: int


class LiteralUse(NamedTuple):
    """What the occurrence of a literal means. Numbers of patterns are positions in `Codebook.compiled`.

    Attributes
    ----------
    length : int
    whole : tuple of int
        Patterns that the literal matches, without the spaces around it.
    prefix : tuple of int
        Patterns that match the word that begins with the literal.
    checks : tuple of Check
        Patterns of which a match may begin with the literal.
    gapped : tuple of (int, int)
        Numbers of the gapped patterns to try, and the distance from the literal's last character to where to try.
    """

    length: int
    whole: tuple[int, ...]
    prefix: tuple[int, ...]
    checks: tuple[Check, ...]
    gapped: tuple[tuple[int, int], ...]


class GappedPattern(NamedTuple):
    """A pattern of several parts with gaps or wildcards between them. It is tried where its rarest part occurs.

    Attributes
    ----------
    check : Check
    starts : int or None
        Position in `LiteralIndex.starts` of the literals that begin a match; None if that part is the rarest one.
    reach : int
        Maximum number of words from the start of a match to the end of its rarest part.
    partners : frozenset of int
        Literals of another part. A text with a match has one of them. Empty if they are too common to help.
    """

    check: Check
    starts: int | None
    reach: int
    partners: frozenset[int]


class LiteralIndex:
    """The literals of a codebook.

    Attributes
    ----------
    automaton : ahocorasick.Automaton
        Maps a literal to its number.
    literals : list of LiteralUse
        By number.
    searched : set of int
        The literals in the automaton. It leaves out those that occur in every text, such as " of ".
    gapped : list of GappedPattern
    starts : list of tuple of (int, str)
        Literals that begin a match of a gapped pattern, with their text.
    negations : frozenset of int
        Literals of negating words.
    first_words : frozenset of str
        First words of the literals that begin a match, as they occur in a folded text.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._starts: defaultdict[tuple[tuple[int, str], ...], int] = defaultdict(count().__next__)
        self._whole, self._prefix = (defaultdict[int, list[int]](list) for _ in range(2))
        self._checks: defaultdict[int, list[Check]] = defaultdict(list)
        self._gapped: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self.searched = {self._numbers[text] for text in NEGATION_LITERALS}
        self.negations = frozenset(self.searched)
        self.gapped: list[GappedPattern] = []
        frequency = pattern_frequency(codebook)
        for number, rule in enumerate(codebook.compiled):
            for anchors in rule.pattern.anchors:
                if anchors.later:
                    self._add_gapped(number, rule.pattern, anchors, frequency)
                else:
                    self._add(number, rule.pattern, anchors.beginnings)
        self.starts = list(self._starts)
        self.first_words = frozenset(
            _first_word(_folded(literal))
            for rule in codebook.compiled
            for anchors in rule.pattern.anchors
            for literal in anchors.beginnings
        )
        self.literals = [
            LiteralUse(
                len(text),
                tuple(dict.fromkeys(self._whole[literal])),
                tuple(dict.fromkeys(self._prefix[literal])),
                tuple(dict.fromkeys(self._checks[literal])),
                tuple(dict.fromkeys(self._gapped[literal])),
            )
            for text, literal in self._numbers.items()
        ]
        self.automaton = self._automaton()

    def _add(self, number: int, pattern: Pattern, beginnings: Iterable[Literal]) -> None:
        for beginning in beginnings:
            literal = self._number(beginning)
            self.searched.add(literal)
            if not pattern.plain:
                self._checks[literal].append(_check(number, pattern, beginning))
            else:
                (self._whole if beginning.closes else self._prefix)[literal].append(number)

    def _add_gapped(
        self, number: int, pattern: Pattern, anchors: Anchors, frequency: Counter[Literal]
    ) -> None:
        for check in dict.fromkeys(_check(number, pattern, literal) for literal in anchors.beginnings):
            first = Part(tuple(x for x in anchors.beginnings if _check(number, pattern, x) == check), 0)
            parts = [first, *anchors.later]
            rarest, second, *_ = sorted(parts, key=lambda part: _commonness(part.literals, frequency))
            for literal in rarest.literals:
                back = len(_folded(literal)) - 1 if rarest is first else 0
                self._gapped[self._number(literal)].append((len(self.gapped), back))
            common = _any_common(second.literals)
            partners = [] if common else [self._number(literal) for literal in second.literals]
            starts = None
            if rarest is not first:
                starts = self._starts[tuple((self._number(x), _folded(x)) for x in first.literals)]
                self.searched.update(self._number(x) for x in first.literals if not _is_common(x))
            self.searched.update(self._number(literal) for literal in rarest.literals)
            self.searched.update(partners)
            self.gapped.append(GappedPattern(check, starts, rarest.reach, frozenset(partners)))

    def _number(self, literal: Literal) -> int:
        return self._numbers[_folded(literal)]

    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for text, literal in self._numbers.items():
            if literal in self.searched:
                automaton.add_word(text, literal)
        automaton.make_automaton()
        return automaton


@lru_cache(maxsize=8)
def literal_index(codebook: Codebook) -> LiteralIndex:
    """The index of a codebook, built once."""
    return LiteralIndex(codebook)


def pattern_frequency(codebook: Codebook) -> Counter[Literal]:
    """Number of patterns that use each literal. The subject of a codebook is in most of its patterns and texts."""
    return Counter(
        literal
        for rule in codebook.compiled
        for anchors in rule.pattern.anchors
        for part in (anchors.beginnings, *(part.literals for part in anchors.later))
        for literal in set(part)
    )


def _commonness(part: Sequence[Literal], frequency: Counter[Literal]) -> tuple[bool, int, int]:
    """A sort key: lower if probably fewer texts contain one of the literals."""
    return (
        _any_common(part),
        max(frequency[literal] for literal in part),
        -min(len(literal.text) for literal in part),
    )


def _any_common(part: Iterable[Literal]) -> bool:
    return any(_is_common(literal) for literal in part)


def _is_common(literal: Literal) -> bool:
    """Whether the literal is a word that occurs in almost every text."""
    return literal.opens and literal.closes and literal.text in words("common_words", "common")


def _check(number: int, pattern: Pattern, literal: Literal) -> Check:
    return Check(number, pattern, not literal.opens, literal.lead)


def _first_word(letters: str) -> str:
    """The first word of a folded literal, with the spaces around it."""
    end = letters.find(" ", 1)
    return letters if end < 0 else letters[: end + 1]


@cache
def _folded(literal: Literal) -> str:
    """The literal as it occurs in a folded text."""
    return f"{' ' * literal.opens}{fold(literal.text).text.strip(' ')}{' ' * literal.closes}"
