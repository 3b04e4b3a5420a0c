"""Names of months in the languages of archives and interfaces, from the Unicode CLDR (by way of Babel)."""

from __future__ import annotations

import re
from functools import cache

from analysis.letters import without_accents

# A month name has one meaning in all of them. Croatian is left out: its "listopad" is October, the Polish November.
_LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pt", "ru", "pl", "sv", "da", "nb", "fi", "tr", "cs", "sk", "hu", "ro", "uk",
    "bg", "el", "id", "ca", "sl", "lt", "lv", "et",
)  # fmt: skip
_ALSO = {"sept": 9, "setiembre": 9, "jänner": 1, "feber": 2, "mrz": 3, "mrt": 3}
_LOST = "\ufffd"


def month_number(name: str) -> int | None:
    """Return the number of a month.

    Parameters
    ----------
    name : str
        In any of the languages, in full or abbreviated, with or without accents and a final dot. A character that was
        lost (U+FFFD) stands for any other.

    Returns
    -------
    int or None
        1 to 12; None if it is no month.

    Examples
    --------
    >>> month_number("März"), month_number("févr."), month_number("aout"), month_number("Monday")
    (3, 2, 8, None)
    """
    plain = _plain(name)
    if _LOST not in plain:
        return _names().get(plain)
    pattern = re.compile(re.escape(plain).replace(_LOST, "."))
    numbers = {number for known, number in _names().items() if pattern.fullmatch(known)}
    return numbers.pop() if len(numbers) == 1 else None


def _plain(name: str) -> str:
    return without_accents(name.casefold().strip(" ."))


@cache
def _names() -> dict[str, int]:
    from babel.dates import get_month_names

    names = {_plain(name): number for name, number in _ALSO.items()}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(_plain(name), number)
    return {name: number for name, number in names.items() if len(name) > 1 and not name.isdigit()}
