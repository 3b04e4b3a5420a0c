"""Negation of theme hits.

The rule is a reduced form of NegEx (Chapman et al. 2001): a negating word up to five words before the hit, in the
same clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from analysis.annotators.lexicon import alternation, lexicon, words

_REACH = 5  # words
_REACH_CHARACTERS = 120
_BEFORE_APOSTROPHE, _AFTER_APOSTROPHE = lexicon("negation")["contraction"]  # "n" and "t" of "isn't"
_NEGATION = re.compile(
    rf"\b{alternation('negation', 'before_a_theme')}\b|{_BEFORE_APOSTROPHE}['’]{_AFTER_APOSTROPHE}\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    rf"[.!?;:,\n\u2014]\s|\n|\b{alternation('clauses', 'ends_negation')}\b", re.IGNORECASE
)
NEGATION_LITERALS = (
    *(f" {word} " for word in sorted(words("negation", "before_a_theme"))),
    f"{_BEFORE_APOSTROPHE} {_AFTER_APOSTROPHE} ",
)
"""Literals of a folded text; every negation contains one of them."""


def may_be_negated(text: str, negations: Sequence[int], start: int) -> bool:
    """Whether a negation literal ends so close before a hit that `is_negated` has to look.

    Parameters
    ----------
    text : str
    negations : sequence of int
        Sorted offsets of the last letters of negation literals.
    start : int
        Start of the hit.
    """
    nearest = bisect_left(negations, start) - 1
    if nearest < 0 or start - negations[nearest] > _REACH_CHARACTERS:
        return False
    return len(text[negations[nearest] : start].split(None, _REACH + 2)) <= _REACH + 2


def is_negated(text: str, start: int) -> bool:
    """Whether one of the five words before a hit negates it, in the same clause.

    Parameters
    ----------
    text : str
    start : int
        Start of the hit, at the beginning of a word.

    Examples
    --------
    >>> is_negated("There is no military alliance", 21), is_negated("Not today. An alliance", 14)
    (True, False)
    """
    before = text[max(0, start - _REACH_CHARACTERS) : start]
    touching = bool(before) and not before[-1].isspace()  # an opening quotation mark or bracket
    parts = before.rsplit(None, _REACH + touching)
    near = before[len(parts[0]) :] if len(parts) > _REACH + touching else before
    return bool(_NEGATION.search(_CLAUSE_END.split(near)[-1]))
