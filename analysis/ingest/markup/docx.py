"""Paragraphs of a Word document (Office Open XML), read as a stream: a document of any size needs little memory."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from analysis.ingest.limits import DAMAGE, check_archive, check_count
from analysis.ingest.markup.paragraphs import Paragraph
from analysis.ingest.records import UnreadableFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _BREAK, _RETURN, _TAB, _RUN, _BOLD = (_W + name for name in ("t", "br", "cr", "tab", "r", "b"))
_HYPHEN, _BOOKMARK, _ALIGNED = (_W + name for name in ("noBreakHyphen", "bookmarkStart", "jc"))
_LINK = _W + "hyperlink"
_TARGET = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARAGRAPH, _VALUE, _NAME = _W + "p", _W + "val", _W + "name"
_STYLE, _STYLE_ID, _PARAGRAPH_STYLE = _W + "style", _W + "styleId", _W + "pStyle"
_TAGS = (_PARAGRAPH_STYLE, _TEXT, _BREAK, _RETURN, _TAB, _RUN, _BOLD, _HYPHEN, _BOOKMARK, _ALIGNED, _LINK)
_SIGNS = {_BREAK: "\n", _RETURN: "\n", _TAB: "\t", _HYPHEN: "-"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OFF = {"0", "false", "off", "none"}
_PARAGRAPHS_OF_A_RECORD = 5  # on average, at most, of a file that is packed as well as it can be
_CHECKED = 10_000  # paragraphs after which their number is checked again
_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_RELATION = "{*}Relationship"
_STYLES = "word/styles.xml"


def docx_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text, tables included; headers, footers and notes are left out.

    Raises
    ------
    UnreadableFile
        The file is not a Word document, or is damaged. What could be read before the damage was yielded.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(path, archive)
            with archive.open(_DOCUMENT) as stream:
                for number, paragraph in enumerate(
                    _paragraphs(stream, _targets(archive), _title_styles(archive)), start=1
                ):
                    if number % _CHECKED == 0:
                        check_count(path, number, "paragraphs", each=_PARAGRAPHS_OF_A_RECORD)
                    yield paragraph
    except UnreadableFile:
        raise
    except (*DAMAGE, KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            f"the Word document is damaged or in another format and cannot be read to its end: {error}",
            path=path,
            reason="unreadable",
            remedy="save it as .docx again, or export it again",
        ) from None


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> Iterator[Any]:
    """Yield the elements of one kind in a part of the archive; none if the part is missing."""
    from lxml import etree

    if part in archive.namelist():
        with archive.open(part) as stream:
            for _, element in etree.iterparse(stream, tag=tag, resolve_entities=False, no_network=True):
                yield element
                element.clear()


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the addresses of links by their ids."""
    return {
        element.get("Id") or "": element.get("Target") or ""
        for element in _elements(archive, _RELATIONS, _RELATION)
        if element.get("TargetMode") == "External"
    }


def _title_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the ids of the style "Title". Word translates ids ("Titel"), but not this name."""
    from lxml import etree

    try:
        return {
            style.get(_STYLE_ID) or ""
            for style in _elements(archive, _STYLES, _STYLE)
            if any((name.get(_VALUE) or "").lower() == "title" for name in style.iter(_NAME))
        }
    except (*DAMAGE, etree.XMLSyntaxError):  # the text can be read without styles
        return set()


def _paragraphs(stream: IO[bytes], targets: dict[str, str], titles: set[str]) -> Iterator[Paragraph]:
    from lxml import etree

    events = etree.iterparse(
        _Clean(stream), tag=_PARAGRAPH, resolve_entities=False, no_network=True, recover=True
    )
    for _, element in events:
        if next(element.iterancestors(_PARAGRAPH), None) is not None:
            continue  # a text box: its text belongs to the paragraph around it
        yield _paragraph(element, targets, titles)
        element.clear(keep_tail=False)
        while element.getprevious() is not None:  # frees what was read
            del element.getparent()[0]
    if events.error_log:
        raise ValueError(events.error_log[0].message)


class _Clean:
    """A stream of UTF-8 without invalid bytes and control characters, at which the parser would stop."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def read(self, size: int = -1) -> bytes:
        """Return about so many bytes."""
        data = self.stream.read(size)
        return _CONTROL.sub(" ", self.decoder.decode(data, final=not data)).encode("utf-8")


def _paragraph(element: Any, targets: dict[str, str], titles: set[str]) -> Paragraph:
    parts: list[str] = []
    marks: list[str] = []
    links: list[str] = []
    bold, bold_length, length, started, centred, is_title = False, 0, 0, False, False, False
    for fallback in list(element.iter(_FALLBACK)):
        fallback.clear()
    for node in element.iter(_TAGS):
        tag = node.tag
        if tag == _RUN:
            bold = False
        elif tag == _BOLD:
            bold = node.get(_VALUE) not in _OFF
        elif tag == _BOOKMARK:
            marks.append(node.get(_NAME) or "")
        elif tag == _LINK:
            if target := targets.get(node.get(_TARGET) or ""):
                links.append(target)
        elif tag == _PARAGRAPH_STYLE:
            is_title = node.get(_VALUE) in titles
        elif tag == _ALIGNED:
            centred = centred or (node.get(_VALUE) == "center" and not started)
        else:
            text = (node.text or "") if tag == _TEXT else _SIGNS[tag]
            parts.append(text)
            if text.strip():
                started = True
                if bold and bold_length == length:
                    bold_length = length + len(text)
            elif bold_length == length:
                bold_length += len(text)
            length += len(text)
    text = "".join(parts)
    stripped = text.strip()
    before = len(text) - len(text.lstrip())
    n_bold = max(0, min(bold_length - before, len(stripped)))
    return Paragraph(stripped, n_bold, centred, tuple(marks), tuple(links), is_title)
