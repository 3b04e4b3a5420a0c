"""Safe reading of dictionary files in XML: no entities, no references to other files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import StudyError
from analysis.spreadsheet import printable
from analysis.study.formats.dictionary import Notes, beginning
from analysis.study.formats.losses import Losses
from analysis.study.formats.text_files import decode, read_text

if TYPE_CHECKING:
    from lxml import etree

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]*\bencoding\s*=\s*[\"']([\w.-]+)[\"']")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_xml(path: Path, notes: Notes) -> etree._Element:
    """Read an XML file and return its root.

    Files with a document type declaration are refused, since it can declare entities and no dictionary needs one.

    Raises
    ------
    StudyError
        If the file cannot be read, declares a document type, or is not well-formed.
    """
    from lxml import etree

    text = _text(path, notes)
    if found := _DOCTYPE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise StudyError(
            "document type and entity declarations are not read, for safety",
            path=path,
            where=f"line {line}",
            remedy="delete the declaration",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise StudyError(
            f"not well-formed XML: {error.msg}", path=path, where=f"line {error.lineno}"
        ) from None


def _text(path: Path, notes: Notes) -> str:
    """The text of an XML file in its declared encoding, if Python knows it and it fits the bytes."""
    declared = _DECLARED.match(beginning(path, 200).lstrip())
    if declared is None or declared[1].lower() in (b"utf-8", b"utf-16"):
        return read_text(path, notes)
    read_text(path, Notes())  # checks size, emptiness and binary data
    try:
        return path.read_bytes().decode(declared[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return decode(path.read_bytes(), path, notes)


def xml_text(text: str, losses: Losses, *, what: str, theme: str = "") -> str:
    """Replace control characters, which XML does not allow, by U+FFFD and record it."""
    clean = printable(text)
    if clean != text:
        losses.add(theme, what, text, "XML does not allow control characters", written=[clean])
    return clean


def xml_bytes(root: etree._Element) -> bytes:
    """Serialise a tree: UTF-8, indented, with a declaration."""
    from lxml import etree

    etree.indent(root, space="  ")
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
