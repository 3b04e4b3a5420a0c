"""Paragraphs of an RTF document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.encoding import read_bytes
from analysis.ingest.markup.paragraphs import Paragraph
from analysis.ingest.records import UnreadableFile

# Private characters that carry what striprtf drops: bookmarks, links, where bold text begins and ends, and alignment.
_MARK, _END_MARK, _BOLD, _PLAIN, _LINK, _CENTRE, _LEFT, _END = (
    "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007"
)
_BRACE = re.compile(r"\\[\\{}]|[{}]")
_FIELD = re.compile(r"\{\s*\\\*\s*\\fldinst\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_ADDRESS = re.compile(r"HYPERLINK\s+(?:\\[a-z]\s+)*\"?([^\"\s{}]+)")
_BOOKMARK = re.compile(r"\{\\\*\\bkmkstart ([^{}\\]{1,80})\}")
_BOLD_ON = re.compile(r"\\b(?:1)?(?![a-z0-9])")
_BOLD_GROUP = re.compile(r"(\{[^{}]*\\b(?:1)?(?![a-z0-9])[^{}]*)\}")
_BOLD_OFF = re.compile(r"\\b0(?![0-9])|\\plain(?![a-z])|\\pard(?![a-z])")
_CENTRED = re.compile(r"\\qc(?![a-z])")
_ALIGNED = re.compile(r"\\(?:pard|ql|qj|qr)(?![a-z])")
_PICTURE = re.compile(r"(?:[0-9a-fA-F]{64,}\s*){4,}")
_SECTION = re.compile(r"\\(?:sect|page)(?![a-z])")
_MARKED = re.compile(f"{_MARK}([^{_END_MARK}]*){_END_MARK}")
_LINKED = re.compile(f"{_LINK}([^{_END_MARK}]*){_END_MARK}")
_TOKENS = str.maketrans("", "", _BOLD + _PLAIN + _CENTRE + _LEFT)


def rtf_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text; headers, footers, pictures and field codes are left out.

    Raises
    ------
    UnreadableFile
        The file is empty or is not RTF; or it is damaged, after what could be read of it was yielded.
    """
    from striprtf.striprtf import rtf_to_text

    source = read_bytes(path).decode("latin-1")
    source = _PICTURE.sub("", source)
    source = _FIELD.sub(_link, source)
    source = _BOOKMARK.sub(lambda match: f"{_MARK}{match[1]}{_END_MARK}", source)
    source = _BOLD_GROUP.sub(lambda match: f"{match[1]}{_PLAIN}}}", source)
    source = _BOLD_OFF.sub(lambda match: f"{match[0]} {_PLAIN}", source)
    source = _BOLD_ON.sub(lambda match: f"{match[0]} {_BOLD}", source)
    source = _ALIGNED.sub(lambda match: f"{match[0]} {_LEFT}", source)
    source = _CENTRED.sub(lambda match: f"{match[0]} {_CENTRE}", source)
    source = _balanced(source)
    source = _SECTION.sub(lambda match: rf"\par {match[0]}", source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, LookupError, IndexError, TypeError, OverflowError) as error:
        raise _damaged(path, error) from None
    centred = False
    for line in re.split(r"[\n\f\x0b]", text.replace(_END, "")):
        aligned = max(line.rfind(_CENTRE), line.rfind(_LEFT))
        if aligned >= 0:
            centred = line[aligned] == _CENTRE
        yield _paragraph(line, centred)
    if _END not in text or text.count(_MARK) < source.count(_MARK):
        raise _damaged(path, "a part of it is inside a broken field or group")


def _damaged(path: Path, what: object) -> UnreadableFile:
    return UnreadableFile(
        f"the RTF document cannot be read to its end: {what}",
        path=path,
        reason="unreadable",
        remedy="export it again",
    )


def _balanced(source: str) -> str:
    """Return the source without closing braces that would end the document early, and with a sign at its end."""
    source = source.rstrip(" \r\n\x00")
    last = len(source) - 1 if source.endswith("}") else len(source)
    kept, depth, start = [], 0, 0
    for match in _BRACE.finditer(source, 0, last):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            if depth <= 1:
                kept.append(f"{source[start : match.start()]} ")
                start = match.end()
            else:
                depth -= 1
    kept.append(source[start:last])
    return "".join(kept) + "}" * max(depth - 1, 0) + _END + "}"


def _link(field: re.Match[str]) -> str:
    """Replace the instruction of a field by the address of its link."""
    address = _ADDRESS.search(field[0])
    return f"{_LINK}{address[1]}{_END_MARK}" if address else ""


def _paragraph(line: str, centred: bool) -> Paragraph:
    marks, links = tuple(_MARKED.findall(line)), tuple(_LINKED.findall(line))
    line = _LINKED.sub("", _MARKED.sub("", line))
    line = line.replace(_CENTRE, "").replace(_LEFT, "")
    bold = 0
    if line.strip(" \t\xa0|" + _PLAIN).startswith(_BOLD):
        start = line.index(_BOLD)
        bold_part = line[start + 1 :].split(_PLAIN, 1)[0].translate(_TOKENS)
        bold = len(bold_part.lstrip())
    text = line.translate(_TOKENS).strip(" \t|\r")
    return Paragraph(text, min(bold, len(text)), centred, marks, links)
