"""Paragraphs of an RTF document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.encoding import read_bytes
from analysis.ingest.markup.paragraphs import Paragraph
from analysis.ingest.records import UnreadableFile

# Private characters that carry what striprtf drops: bookmarks, and where bold text begins and ends.
_MARK, _END_MARK, _BOLD, _PLAIN = "\ue000", "\ue001", "\ue002", "\ue003"
_BOOKMARK = re.compile(r"\{\\\*\\bkmkstart ([^{}\\]{1,80})\}")
_BOLD_ON = re.compile(r"\\b(?:1)?(?![a-z0-9])")
_BOLD_OFF = re.compile(r"\\b0(?![0-9])|\\plain(?![a-z])|\\pard(?![a-z])")
_CENTRED = re.compile(r"\\qc(?![a-z])")
_PICTURE = re.compile(r"(?:[0-9a-fA-F]{64,}\s*){4,}")
_SECTION = re.compile(r"\\(?:sect|page)(?![a-z])")
_MARKED = re.compile(f"{_MARK}([^{_END_MARK}]*){_END_MARK}")
_TOKENS = str.maketrans("", "", _BOLD + _PLAIN)


def rtf_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text; headers, footers, pictures and field codes are left out.

    Raises
    ------
    UnreadableFile
        The file is empty or is not RTF.
    """
    from striprtf.striprtf import rtf_to_text

    source = read_bytes(path).decode("latin-1")
    source = _PICTURE.sub("", source)
    source = _BOOKMARK.sub(lambda match: f"{_MARK}{match[1]}{_END_MARK}", source)
    source = _BOLD_OFF.sub(lambda match: f"{match[0]} {_PLAIN}", source)
    source = _BOLD_ON.sub(lambda match: f"{match[0]} {_BOLD}", source)
    source = _SECTION.sub(lambda match: rf"\par {match[0]}", source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, LookupError, IndexError, TypeError, OverflowError) as error:
        raise UnreadableFile(
            f"the RTF document cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="export it again",
        ) from None
    for line in re.split(r"[\n\f\x0b]", text):
        yield _paragraph(line)


def _paragraph(line: str) -> Paragraph:
    marks = tuple(_MARKED.findall(line))
    line = _MARKED.sub("", line)
    bold = 0
    if line.strip(" \t\xa0|" + _PLAIN).startswith(_BOLD):
        start = line.index(_BOLD)
        bold_part = line[start + 1 :].split(_PLAIN, 1)[0].translate(_TOKENS)
        bold = len(bold_part.lstrip())
    text = line.translate(_TOKENS).strip(" \t|\r")
    return Paragraph(text, min(bold, len(text)), False, marks)
