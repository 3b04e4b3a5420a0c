"""Text of dictionary files: encodings and numbered lines."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from analysis.errors import StudyError
from analysis.study.formats.dictionary import Notes, check_size

_LINE_END = re.compile(r"\r\n|\r|\n")  # not str.splitlines, which also splits at form feeds and the like
_MAX_LINE = 10_000  # an entry is a word or a phrase
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, notes: Notes) -> str:
    """Read a dictionary file as UTF-8, as UTF-16 with a byte order mark, or else as Windows-1252 with a note.

    Raises
    ------
    StudyError
        If the file cannot be read, is too large, is empty, or is not text.
    """
    check_size(path)
    data = path.read_bytes()
    text = decode(data, path, notes)
    if not text.strip():
        raise StudyError("the file is empty", path=path)
    return text


def decode(data: bytes, path: Path, notes: Notes) -> str:
    """Decode bytes; see `read_text`."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, path)
    if b"\0" in data:
        raise StudyError("the file is binary, not text", path=path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes.say(f"the file is not UTF-8 (line {line}); it was read as Windows-1252")
        return data.decode("cp1252", errors="replace")


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise StudyError(f"byte {error.start} is not {encoding}", path=path) from None


def numbered_lines(text: str, path: Path) -> list[tuple[int, str]]:
    """Non-blank lines with their numbers from 1; StudyError if a line is too long."""
    lines = [(number, line) for number, line in enumerate(_LINE_END.split(text), start=1) if line.strip()]
    for number, line in lines:
        if len(line) > _MAX_LINE:
            raise StudyError(
                f"this line has {len(line):,} characters; the maximum is {_MAX_LINE:,}",
                path=path,
                where=f"line {number}",
            )
    return lines
