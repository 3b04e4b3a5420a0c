"""Whether a place in a text stands under a negation.

The rule is that of NegEx (Chapman et al. 2001), cut down to what news needs: a negating word up to five words before
the place, in the same clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_REACH = 5  # words
_REACH_CHARACTERS = 120
_NEGATION = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|cannot|nobody|hardly|denie[sd]|deny|denying|rul(?:es?|ed|ing) out)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
PIECES = (
    *(
        f" {word} "
        for word in ("no", "not", "never", "without", "neither", "nor", "none", "cannot", "nobody")
    ),
    *(f" {word} " for word in ("hardly", "denied", "denies", "deny", "denying")),
    *(f" {word} out " for word in ("rule", "rules", "ruled", "ruling")),
    "n t ",
)
"""Literals of a folded text, of which every negation holds one."""
_CLAUSE_END = re.compile(r"[.!?;:,\n\u2014]\s|\n|\b(?:but|although|though|while)\b", re.IGNORECASE)


def may_negate(text: str, negations: Sequence[int], start: int) -> bool:
    """Whether one of the `PIECES` ends so few words before a place that looking closer is worth while.

    Parameters
    ----------
    text : str
    negations : sequence of int
        Where the last letters of its pieces stand, in order.
    start : int
    """
    nearest = bisect_left(negations, start) - 1
    if nearest < 0 or start - negations[nearest] > _REACH_CHARACTERS:
        return False
    return len(text[negations[nearest] : start].split(None, _REACH + 2)) <= _REACH + 2


def is_negated(text: str, start: int) -> bool:
    """Whether a negation stands among the five words before a place, in the same clause.

    Parameters
    ----------
    text : str
    start : int
        A place in it, where a word begins.

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
