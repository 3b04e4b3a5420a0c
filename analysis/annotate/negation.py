"""Whether a place in a text stands under a negation.

The rule is that of NegEx (Chapman et al. 2001), cut down to what news needs: a negating word up to five words before
the place, in the same clause.
"""

from __future__ import annotations

import re

_REACH = 5  # words
_REACH_CHARACTERS = 120
_NEGATION = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|cannot|nobody|hardly|denie[sd]|deny|denying|rul(?:es?|ed|ing) out)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_HINT = re.compile("n(?:o|'t|’t|ever|either)|witho|hard|den[iy]|rul")
"""Stands in every negation and in few other words; looking for it first is five times faster."""
_CLAUSE_END = re.compile(r"[.!?;:,\n\u2014]\s|\n|\b(?:but|although|though|while)\b", re.IGNORECASE)


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
    if not _HINT.search(near.lower()):
        return False
    return bool(_NEGATION.search(_CLAUSE_END.split(near)[-1]))
