"""Mails: their headers and the text of their parts, decoded as far as possible."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import (
    CloseBoundaryNotFoundDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr

from analysis.ingest.encoding import decode

_LONGEST_HEADER = 10_000  # characters that are decoded; a subject has a hundred
_PART = re.compile(r"^Content-Type:", re.MULTILINE | re.IGNORECASE)
_BOUNDARY = re.compile(r"^--\S+\r?\nContent-Type:", re.MULTILINE | re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")  # as `decode_header` leaves them
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect, NoBoundaryInMultipartDefect)
_ADDRESSED = re.compile(r'"?(?P<name>[^<>]*?)"?\s*<(?P<address>[^<>]*)>')


def parse_mail(data: bytes) -> Message:
    """Return the message of an .eml file or of a part of an .mbox file."""
    return email.message_from_bytes(data, policy=email.policy.compat32)


def header(message: Message, name: str) -> str:
    """Return a header on one line, decoded; empty if it is missing."""
    return _decoded(message.get(name) or "")


def sender(message: Message) -> tuple[str, str]:
    """Return the name and the address of the sender; either may be empty."""
    value = message.get("From") or message.get("Sender") or ""
    if isinstance(value, str):  # the name is decoded last: it may hold commas and quotes
        name, address = parseaddr(value[:_LONGEST_HEADER])
        if "@" in address:
            return _decoded(name), address
    line = _decoded(value)
    match = _ADDRESSED.match(line)
    return (match["name"].strip(), match["address"]) if match else (line, "")


def _decoded(value: str | Header) -> str:
    """Return a header decoded. It is a `Header` if there are bytes in it that are not ASCII."""
    try:
        pieces = decode_header(value[:_LONGEST_HEADER] if isinstance(value, str) else value)
    except (ValueError, LookupError):
        return " ".join(str(value).split())
    words = (_text(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces)
    line = " ".join("".join(words).split())
    if isinstance(value, Header) and "=?" in line:  # encoded words with other characters in them
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), _decoded(line))
    return line


def file_name(part: Message) -> str:
    """Return the file name of a part; empty if it has none."""
    return _decoded(part.get_filename() or "")


def part_text(part: Message) -> str:
    """Return the text of a part of a mail, decoded as it declares if that is possible."""
    data = part.get_payload(decode=True)
    return _text(data, part.get_content_charset()) if isinstance(data, bytes) else ""


def _text(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data) or data.decode("utf-8", errors="replace")


def own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail that are no multiparts, in their order. Mails inside it are yielded whole."""
    return (part for part in _all_parts(message) if not _is_multipart(part))


def is_cut(message: Message) -> bool:
    """Whether the mail ends before its last part does, or its parts cannot be told apart."""
    return any(isinstance(defect, _CUT) for part in _all_parts(message) for defect in part.defects)


def has_lost_parts(message: Message) -> bool:
    """Whether parts stand where no reader of mails looks, or in a text, because a line between them is damaged."""
    for part in _all_parts(message):
        payload = part.get_payload()
        is_words = isinstance(payload, str) and part.get_content_maintype() in ("text", "multipart")
        if is_words and _BOUNDARY.search(str(payload)):
            return True
        if _is_multipart(part) and any(_PART.search(text or "") for text in (part.preamble, part.epilogue)):
            return True
    return False


def mails_inside(part: Message) -> list[Message]:
    """Return the mail that a part consists of, in a list; empty if it is another kind of part."""
    return _children(part) if part.get_content_type() == "message/rfc822" else []


def _all_parts(message: Message) -> Iterator[Message]:
    """Yield the message and its parts, without those of the mails inside it."""
    stack = [message]
    while stack:
        part = stack.pop()
        yield part
        if _is_multipart(part):
            stack.extend(reversed(_children(part)))


def _is_multipart(part: Message) -> bool:
    return part.get_content_maintype() == "multipart" and bool(_children(part))


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
