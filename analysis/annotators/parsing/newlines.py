"""Texts with Windows line ends are measured as if they had plain ones, and the offsets are moved back."""

from __future__ import annotations

import re
from bisect import bisect_left


class LineEnds:
    """A text with plain line ends, and where its offsets lie in the text as given.

    The parser and the rules for paragraphs tell line ends apart; the words of an article must not depend on the
    system its file was saved on.

    Parameters
    ----------
    given : str

    Attributes
    ----------
    given, plain : str
    """

    def __init__(self, given: str) -> None:
        self.given = given
        self.plain = given.replace("\r\n", "\n")
        breaks = re.finditer("\r\n", given) if len(self.plain) < len(given) else ()
        self._breaks = [match.start() - number for number, match in enumerate(breaks)]

    def offset(self, plain: int) -> int:
        """An offset into `plain` as one into `given`."""
        return plain + bisect_left(self._breaks, plain)
