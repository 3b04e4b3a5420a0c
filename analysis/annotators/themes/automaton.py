"""What an automaton looks for on behalf of a codebook: literal pieces of its patterns, and what they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.annotators.themes.negation import PIECES
from analysis.annotators.themes.normalisation import fold
from analysis.study.anchors import Part

if TYPE_CHECKING:
    from analysis.study.anchors import Anchors
    from analysis.study.codebook import Codebook
    from analysis.study.needles import Needle
    from analysis.study.patterns import Pattern


class Check(NamedTuple):
    """A pattern to try where a literal stands: in its first word if `inside`, else at its start, `lead` before it."""

    number: int
    pattern: Pattern
    inside: bool
    lead: int


class Literal(NamedTuple):
    """A piece of folded text, and what it decides. Numbers of patterns are those in `Codebook.compiled`.

    Attributes
    ----------
    length : int
    whole : tuple of int
        Patterns that it is the match of, without the spaces around it.
    opening : tuple of int
        Patterns that match the word which begins with it.
    checks : tuple of Check
        Patterns of which a match may begin with it.
    chains : tuple of (int, int)
        Numbers of the chains to look at where it stands, and how far before its last character that is.
    """

    length: int
    whole: tuple[int, ...]
    opening: tuple[int, ...]
    checks: tuple[Check, ...]
    chains: tuple[tuple[int, int], ...]


class Chain(NamedTuple):
    """A pattern of several parts, with gaps or open words in between; looked at where its rarest part stands.

    Attributes
    ----------
    check : Check
    starts : int or None
        Number of what a match begins with in `Literals.starts`; None where that is the rarest part.
    reach : int
        Words from the start of a match to the end of its rarest part at most.
    partners : frozenset of int
        Literals of another part: a text with a match has one of them; empty where that tells nothing.
    """

    check: Check
    starts: int | None
    reach: int
    partners: frozenset[int]


class Literals:
    """What is looked for in texts on behalf of a codebook.

    Attributes
    ----------
    automaton : ahocorasick.Automaton
        Gives the number of a literal.
    literals : list of Literal
    searched : set of int
        Literals in the automaton. Some are left out since they are in every text, as " of " is; who needs one looks.
    chains : list of Chain
    starts : list of tuple of (int, str)
        What matches of chains begin with: literals, each with its text.
    negations : frozenset of int
        Literals that hold a negating word.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._starts: defaultdict[tuple[tuple[int, str], ...], int] = defaultdict(count().__next__)
        self._whole, self._opening = (defaultdict[int, list[int]](list) for _ in range(2))
        self._checks: defaultdict[int, list[Check]] = defaultdict(list)
        self._chains: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self.searched = {self._numbers[piece] for piece in PIECES}
        self.negations = frozenset(self.searched)
        self.chains: list[Chain] = []
        crowds = _crowds(codebook)
        for number, rule in enumerate(codebook.compiled):
            for anchors in rule.pattern.anchors:
                if anchors.later:
                    self._add_chains(number, rule.pattern, anchors, crowds)
                else:
                    self._add(number, rule.pattern, anchors.beginnings)
        self.starts = list(self._starts)
        self.literals = [
            Literal(
                len(text),
                tuple(dict.fromkeys(self._whole[literal])),
                tuple(dict.fromkeys(self._opening[literal])),
                tuple(dict.fromkeys(self._checks[literal])),
                tuple(dict.fromkeys(self._chains[literal])),
            )
            for text, literal in self._numbers.items()
        ]
        self.automaton = self._automaton()

    def _add(self, number: int, pattern: Pattern, needles: Iterable[Needle]) -> None:
        for needle in needles:
            literal = self._literal(needle)
            self.searched.add(literal)
            if not pattern.plain:
                self._checks[literal].append(_check(number, pattern, needle))
            else:
                (self._whole if needle.closes else self._opening)[literal].append(number)

    def _add_chains(self, number: int, pattern: Pattern, anchors: Anchors, crowds: Counter[Needle]) -> None:
        for check in dict.fromkeys(_check(number, pattern, needle) for needle in anchors.beginnings):
            first = Part(tuple(n for n in anchors.beginnings if _check(number, pattern, n) == check), 0)
            parts = [first, *anchors.later]
            rarest, second, *_ = sorted(parts, key=lambda part: _in_texts(part.needles, crowds))
            for needle in rarest.needles:
                back = len(_folded(needle)) - 1 if rarest is first else 0
                self._chains[self._literal(needle)].append((len(self.chains), back))
            partners = [] if _is_common(second.needles) else [self._literal(n) for n in second.needles]
            starts = None
            if rarest is not first:
                starts = self._starts[tuple((self._literal(n), _folded(n)) for n in first.needles)]
                self.searched.update(self._literal(n) for n in first.needles if not n.common)
            self.searched.update(self._literal(n) for n in rarest.needles)
            self.searched.update(partners)
            self.chains.append(Chain(check, starts, rarest.reach, frozenset(partners)))

    def _literal(self, needle: Needle) -> int:
        return self._numbers[_folded(needle)]

    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for text, literal in self._numbers.items():
            if literal in self.searched:
                automaton.add_word(text, literal)
        automaton.make_automaton()
        return automaton


@lru_cache(maxsize=8)
def literals_of(codebook: Codebook) -> Literals:
    """The literals of a codebook, made once."""
    return Literals(codebook)


def _crowds(codebook: Codebook) -> Counter[Needle]:
    """How many patterns use a needle; what the codebook is about is in most of its patterns, and of its texts."""
    return Counter(
        needle
        for rule in codebook.compiled
        for anchors in rule.pattern.anchors
        for part in (anchors.beginnings, *(part.needles for part in anchors.later))
        for needle in set(part)
    )


def _in_texts(part: Sequence[Needle], crowds: Counter[Needle]) -> tuple[bool, int, int]:
    """The lower, the fewer texts have one of the needles, as far as one can tell without texts."""
    return (
        _is_common(part),
        max(crowds[needle] for needle in part),
        -min(len(needle.text) for needle in part),
    )


def _is_common(part: Iterable[Needle]) -> bool:
    return any(needle.common for needle in part)


def _check(number: int, pattern: Pattern, needle: Needle) -> Check:
    return Check(number, pattern, not needle.opens, needle.lead)


@cache
def _folded(needle: Needle) -> str:
    """As it stands in a folded text."""
    return f"{' ' * needle.opens}{fold(needle.text).text.strip(' ')}{' ' * needle.closes}"
