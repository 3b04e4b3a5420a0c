"""Texts with Windows newlines (CRLF) are parsed with plain ones; offsets are mapped back to the original text."""

from __future__ import annotations

import re
from bisect import bisect_left


class PlainNewlines:
    """A text with LF for CRLF, and a map of its offsets to the original.

    The parser and the rules for paragraphs treat the two kinds differently. What is measured in an article must
    not depend on the system on which its file was saved.

    Parameters
    ----------
    original : str

    Attributes
    ----------
    original, text : str
        The text as given, and with plain newlines.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original.replace("\r\n", "\n")
        breaks = re.finditer("\r\n", original) if len(self.text) < len(original) else ()
        self._originals = [match.start() for match in breaks]
        self._breaks = [start - number for number, start in enumerate(self._originals)]

    def original_offset(self, offset: int) -> int:
        """Return the offset into `original` that corresponds to an offset into `text`."""
        return offset + bisect_left(self._breaks, offset)

    def plain_offset(self, offset: int) -> int:
        """Return the offset into `text` that corresponds to an offset into `original`."""
        return offset - bisect_left(self._originals, offset)
