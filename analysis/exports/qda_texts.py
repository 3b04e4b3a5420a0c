"""Texts and names that all programs for qualitative data analysis read in the same way.

Positions in a REFI-QDA project are counted in Unicode code points of the plain text file, from 0, end exclusive.
Programs differ in how they read the file: some count a carriage return and line feed as one character and some as
two, some count a byte order mark, some stop at a control character. The exported files contain none of these.
Every replacement keeps the length of the text, so that positions stay valid.
"""

from __future__ import annotations

import re
import unicodedata

from analysis.spreadsheet import printable

LONGEST_NAME = 60  # some programs truncate longer names of documents
_BYTE_ORDER_MARK = "\ufeff"
# Not allowed in file names on some system (programs save documents under their names), or changing text direction
_UNFIT = re.compile('[\\\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def plain(text: str) -> str:
    """Text of a document: line feeds only, no byte order mark, no control characters, same length."""
    clean = printable(text.replace("\r\n", " \n").replace("\r", "\n"))
    return f" {clean[1:]}" if clean.startswith(_BYTE_ORDER_MARK) else clean


def is_wide(text: str) -> bool:
    """Whether any character takes two UTF-16 units."""
    return any(character > "\uffff" for character in text)


def document_name(*parts: str) -> str:
    """Join parts to a one-line name that is a valid file name on any system; may be empty."""
    words = " - ".join(filter(None, (_one_line(part) for part in parts)))
    return (words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…").strip(" .")


def _one_line(text: str) -> str:
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in _UNFIT.sub(" ", text))
    return " ".join(printable(visible).split())
