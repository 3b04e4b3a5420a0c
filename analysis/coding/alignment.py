"""Offsets of a document in which another program changed the white space, mapped to those of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence


def letters_and_places(text: str) -> tuple[str, list[int]]:
    """Letters and digits of a text, and their offsets."""
    places = [offset for offset, character in enumerate(text) if character.isalnum()]
    return "".join(text[offset] for offset in places), places


def aligned(places: Sequence[int], original: str) -> Callable[[int], int]:
    """Map offsets of a document to those of the article with the same letters and digits.

    Parameters
    ----------
    places : sequence of int
        Offsets of the letters and digits of the document, as `letters_and_places` returns them.
    original : str
        Text of the article.

    Returns
    -------
    callable
        An offset keeps its distance to the letter before it, as far as there is room before the next letter.

    Examples
    --------
    >>> from analysis.coding.alignment import aligned, letters_and_places
    >>> move = aligned(letters_and_places("He said: go")[1], "He  said:  go")
    >>> [move(offset) for offset in (0, 3, 9, 11)]
    [0, 4, 11, 13]
    """
    targets = letters_and_places(original)[1]

    def moved(offset: int) -> int:
        number = bisect_left(places, offset)
        if number < len(places) and places[number] == offset:
            return targets[number]
        before = places[number - 1] if number else -1
        first = targets[number - 1] if number else -1
        room = targets[number] if number < len(targets) else len(original)
        return min(first + (offset - before), room)

    return moved
