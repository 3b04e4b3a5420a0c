"""What kind of file a path leads to, judged by its first bytes and not by its name."""

from __future__ import annotations

import gzip
import html
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.ingest.encoding import decode_page
from analysis.ingest.limits import DAMAGE, check_archive
from analysis.ingest.records import UnreadableFile

_HEAD = 1_000_000  # bytes; covers and tables of contents of exports are shorter
_ARCHIVES = (  # kind, the part that shows it, the parts to look at, and how many bytes of each (mostly markup)
    (".docx", "word/document.xml", ("word/document.xml", "word/afchunk.htm"), 20_000_000),
    (".xlsx", "xl/workbook.xml", ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"), 100_000),
)
_ZIP = b"PK\x03\x04"
ZIP = "PK\x03\x04\n"
_RTF = b"{\\rtf"
_WEB_ARCHIVE = (b"WARC/", b"filedesc://")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype html|html|head|body|div|table|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*(?:<\?xml\b|<[A-Za-z][\w:.-]*[\s>])")
_ROOT = re.compile(
    r"\ufeff?\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*+)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
_HEADER = r"[A-Z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*"  # a header of a mail and its continuations
_MAIL = re.compile(rf"(?:{_HEADER}){{3,}}")
_OF_MAILS = frozenset({"received", "return-path", "delivered-to", "message-id", "mime-version"})
_MAILBOX = re.compile(rf"From [^\n]*\n(?:>From [^\n]*\n)?(?:{_HEADER}){{3,}}")


@dataclass(frozen=True)
class Look:
    """The first look at a file.

    Attributes
    ----------
    kind : str
        The file name ending that fits the content: '.docx', '.xlsx', '.rtf', '.html', '.xml', '.eml',
        '.mbox', '.warc', '.zip' or '.txt'; empty if it is none of these.
    head : str
        Its beginning as text: about the first megabyte; of a Word document or a workbook, the XML of its content; of
        another zip file, `ZIP` and the names of its parts.
    """

    kind: str
    head: str


def look(path: Path) -> Look:
    """Look at the beginning of a file. A file that cannot be opened or unpacked has no kind; reading it says why."""
    try:
        state = path.stat()
    except OSError:
        return Look("", "")
    return _look(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=1)  # the reader of a file looks again, right after it was chosen
def _look(path: Path, size: int, changed: int) -> Look:
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            data = stream.read(_HEAD)
        if data.startswith(_ZIP):
            return _in_archive(path)
    except (UnreadableFile, *DAMAGE):
        return Look("", "")
    if data.startswith(_WEB_ARCHIVE):
        return Look(".warc", "")  # its pages may hold anything, exports included
    if data.startswith(_RTF):
        return Look(".rtf", data.decode("latin-1"))
    text = decode_page(data)
    if text is None:
        return Look("", "")
    if _HTML.match(text):
        return Look(".html", text)
    if _XML.match(text):
        return Look(".xml", text)
    if _is_mail(text):
        return Look(".eml", text)
    if _MAILBOX.match(text):
        return Look(".mbox", text)
    return Look(".txt", text)


def _is_mail(text: str) -> bool:
    """Whether a text begins with the headers of a mail, and not with other lines of a name and a value."""
    found = _MAIL.match(text.lstrip())  # mails that a web page shows as they came may begin with blanks
    names = {line.partition(":")[0].lower() for line in found[0].splitlines()} if found else set()
    return bool(names & _OF_MAILS) or names >= {"from", "subject"}


def root_element(head: str) -> str:
    """Return the name of the root element of an XML file, without its prefix; empty if there is none.

    Examples
    --------
    >>> root_element('<?xml version="1.0"?><!-- made today --><atom:feed>')
    'feed'
    """
    match = _ROOT.match(head)
    return match[1] if match else ""


def _in_archive(path: Path) -> Look:
    with zipfile.ZipFile(path) as archive:
        check_archive(path, archive)
        names = set(archive.namelist())
        for kind, sign, parts, size in _ARCHIVES:
            if sign in names:
                heads = [_head(archive, part, size) for part in parts if part in names]
                return Look(kind, "\n".join(heads))
    return Look(".zip", ZIP + "\n".join(sorted(names)))


def _head(archive: zipfile.ZipFile, part: str, size: int) -> str:
    try:
        with archive.open(part) as stream:
            return html.unescape(stream.read(size).decode("utf-8", errors="replace"))
    except DAMAGE:
        return ""
