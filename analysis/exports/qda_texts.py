"""Texts and names as every program for qualitative analysis reads them the same way.

The positions of a REFI-QDA project count Unicode code points of the plain text file from 0, end exclusive. Programs
differ in how they read the file: some take a carriage return and line feed for one character and some for two, some
count a byte order mark, some stop at a control character. So the files have neither of these, and whatever is changed
is changed one character for one, which leaves every position where it was.
"""

from __future__ import annotations

import re
import unicodedata

from analysis.spreadsheet import printable

LONGEST_NAME = 60  # some programs cut longer names of documents, and with them what tells two apart
_BYTE_ORDER_MARK = "\ufeff"
# Not allowed in a file name on some system (programs save documents under their names), or turning what follows
_UNFIT = re.compile('[\\\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def plain(text: str) -> str:
    """The text of a document: line feeds only, no byte order mark, no control characters; as long as before."""
    clean = printable(text.replace("\r\n", " \n").replace("\r", "\n"))
    return f" {clean[1:]}" if clean.startswith(_BYTE_ORDER_MARK) else clean


def is_wide(text: str) -> bool:
    """Whether some character takes two UTF-16 units."""
    return any(character > "\uffff" for character in text)


def document_name(*parts: str) -> str:
    """A name of one line that can be a file name on any system; empty where the parts hold nothing."""
    words = " - ".join(filter(None, (_one_line(part) for part in parts)))
    return (words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…").strip(" .")


def _one_line(text: str) -> str:
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in _UNFIT.sub(" ", text))
    return " ".join(printable(visible).split())
