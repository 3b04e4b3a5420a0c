"""The pronoun that a person's given name tells."""

from __future__ import annotations

from typing import Literal

from analysis.annotators.lexicon import words


def pronoun_of(name: str) -> Literal["he", "she"] | None:
    """Return the pronoun that a person's given name tells, None where it tells nothing.

    Parameters
    ----------
    name : str
        A full name; a surname alone tells nothing.

    Returns
    -------
    {"he", "she"} or None
    """
    given = name.casefold().split()
    if len(given) < 2:
        return None
    if given[0] in words("given_names", "she"):
        return "she"
    return "he" if given[0] in words("given_names", "he") else None
