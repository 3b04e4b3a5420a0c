"""Offsets of a document in which another program changed the white space, mapped to those of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable


def letters_of(text: str) -> str:
    """Letters and digits of a text, by which a document is recognised."""
    return "".join(filter(str.isalnum, text))


def aligned(document: str, original: str) -> Callable[[int], int]:
    """Map offsets of a document to those of the article with the same letters and digits.

    Parameters
    ----------
    document : str
        Text of the article as another program gives it.
    original : str
        Text of the article.

    Returns
    -------
    callable
        An offset between two letters keeps its distance to the next letter if no white space is between them, as at
        the beginning of a quotation, else to the letter before it.

    Examples
    --------
    >>> from analysis.coding.alignment import aligned
    >>> move = aligned("He said: “go", "He  said:  “go")
    >>> [move(offset) for offset in (0, 3, 8, 9, 10)]
    [0, 4, 9, 11, 12]
    """
    places, targets = (
        [offset for offset, character in enumerate(text) if character.isalnum()]
        for text in (document, original)
    )

    def moved(offset: int) -> int:
        number = bisect_left(places, offset)
        first = targets[number - 1] + 1 if number else 0
        last = targets[number] if number < len(targets) else len(original)
        following = places[number] if number < len(places) else None
        if following is not None and not any(map(str.isspace, document[offset:following])):
            return max(first, last - (following - offset))
        before = places[number - 1] + 1 if number else 0
        return min(first + (offset - before), last)

    return moved
