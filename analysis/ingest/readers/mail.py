"""Mails: .eml files and .mbox mailboxes, newsletters above all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import chain
from pathlib import Path
from typing import Any

from analysis.corpus import count_words
from analysis.ingest.encoding import byte_chunks
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.mail import (
    file_name,
    has_lost_parts,
    header,
    is_cut,
    mails_inside,
    own_parts,
    parse_mail,
    part_text,
    sender,
)
from analysis.ingest.markup.paragraphs import Paragraph, joined, plain_paragraphs, unwrapped
from analysis.ingest.readers.html_pages import too_many_tags, without_headline
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile
from analysis.ingest.streams import split_stream

_LONGEST = 50_000_000  # bytes of a mail with its attachments; providers allow 25 MB
_NAMES_SHOWN = 5
_NEVER = re.compile(rb"(?!)")
_SIGN = re.compile(rb"From [^\n]*\n")
_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,500}\n(?=>?[!-9;-~]{1,70}:|>From )")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_MOST_OF_PLAIN = 0.5  # of the words of the plain text, which the HTML must have to be read
_TEXTS = frozenset({"text/plain", "text/html"})
_NEVER_ATTACHED = frozenset(
    {"message/rfc822", "text/x-amp-html"}
)  # a mail inside the mail; a third version of it
_SIGNATURE = re.compile(r"\n-- \n(?:[^\n]*\n?){0,12}\Z")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_FOOTER = re.compile(
    r"\bunsubscrib|\b(?:manage|update|change) (?:your |email |newsletter )*preferences|\bprivacy policy\b|"
    r"\babmelden\b|\babbestellen\b|\bdésabonner\b|\bdésinscri|\bse désinscrire\b|\bdarse de baja\b|"
    r"\bcancelar (?:la |mi |su )?suscripción|\bdisiscri|\bannulla\w* l['’]iscrizione|\bafmelden\b|\buitschrijven\b|"
    r"\bотписаться\b|\bвідписатися\b|لغو اشتراک",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://")
_BARS = re.compile(r"\s*[|·•/–—]\s*")
_SHORT_LINK = 4  # words; a longer link alone in a paragraph may be a headline


def read_mail(path: Path) -> Iterator[Item]:
    """Read the mails of an .eml or .mbox file, numbered by their order; a mailbox is read as a stream.

    The outlet is the name of the sender, or of the mailing list if it has members who write to it. The text is that
    of the HTML part without what is hidden, buttons and the footer, or the plain text if it says more. Mails inside a
    mail are read as mails of their own. Attachments are not read; a note names them.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, is empty, or is not a mail.
    """
    attached: list[str] = []
    number = 0
    try:
        for data in _sources(path):
            number += 1
            yield from _mails(data, str(number), attached)
    except UnreadableFile as error:
        if not number:
            raise
        yield Refusal(str(number + 1), error.reason, f"{error}; the {number:,} mails before it were read")
    if not number:
        raise UnreadableFile("the file is empty", path=path, reason="empty", remedy="export it again")
    if attached:
        more = f" and {len(attached) - _NAMES_SHOWN:,} more" if len(attached) > _NAMES_SHOWN else ""
        yield Note(f"attachments are not read: {', '.join(attached[:_NAMES_SHOWN])}{more}")


def _sources(path: Path) -> Iterator[bytes | None]:
    """Yield the sources of the mails in a file; None for one that is too long."""
    chunks = byte_chunks(path)
    first = next(chunks, b"").lstrip()
    start = _START if _SIGN.match(first) else _NEVER
    for data in split_stream(chain([first], chunks), start, longest=_LONGEST):
        if data is None or data.strip():
            yield data


def _mails(data: bytes | None, row: str, attached: list[str]) -> Iterator[Item]:
    """Yield a mail and the mails inside it, or its refusal."""
    if data is None:
        yield Refusal(row, "too_large", f"the mail has more than {_LONGEST:,} bytes; save its text as .txt")
        return
    is_boxed = _SIGN.match(data) is not None
    try:
        source = _ESCAPED.sub(b"", _SIGN.sub(b"", data, count=1)) if is_boxed else data
        waiting = [(row, parse_mail(source))]
        while waiting:
            row, message = waiting.pop(0)
            parts = list(own_parts(message))
            mails = [mail for part in parts for mail in mails_inside(part)]
            waiting.extend((f"{row}.{n}", mail) for n, mail in enumerate(mails, start=1))
            item, names = _item(row, message, parts)
            attached.extend(names)
            if not mails or isinstance(item, Record) or item.reason != "no_text":
                yield item
            if is_cut(message):
                yield Note(f"row {row}: the mail is cut off or damaged; check whether text is missing")
    except RecursionError:
        yield Refusal(row, "nested", "the parts of the mail are nested too deeply; save its text as .txt")
    except Exception as error:  # whatever damage does to the parser, the other mails are still read
        yield Refusal(row, "unreadable", f"the mail cannot be parsed ({error}); save its text as .txt")


def _item(row: str, message: Message, parts: list[Message]) -> tuple[Record | Refusal, list[str]]:
    """Turn a mail into a record, or refuse it; with the names of its attachments."""
    names = [name for part in parts if (name := _attachment(part))]
    texts = {kind: [part_text(part) for part in parts if _is_text(part, kind)] for kind in ("html", "plain")}
    title = header(message, "Subject")
    message_id = header(message, "Message-ID").strip("<> ")
    if not message.keys():
        return Refusal(row, "unreadable", "this is not a mail: it has no headers"), names
    if has_lost_parts(message):
        why = "a line between two parts of the mail is damaged; save its text as .txt"
        return Refusal(row, "unreadable", why, title or None, message_id or None), names
    if why := too_many_tags("".join(texts["html"])):
        return Refusal(row, "too_long", f"{why}; save the text of the mail as .txt", title or None), names
    text = _text(texts["html"], "\n\n".join(texts["plain"]))
    if not text:
        what = f"only attachments ({', '.join(names[:_NAMES_SHOWN])})" if names else "no text"
        return Refusal(row, "no_text", f"the mail has {what}", title or None, message_id or None), names
    name, address = sender(message)
    group = _mailing_list(message)
    outlet = group or name or address.rpartition("@")[2]
    fields = {
        "article_id": message_id,
        "title": title,
        "outlet": outlet,
        "published": _date(header(message, "Date")),
        "author": name if name != outlet else "",
        "text": without_headline(text, title),
    }
    others = {"sender": address, "list_id": header(message, "List-Id"), "attachments": names}
    return Record(row, fields, {name: value for name, value in others.items() if value}), names


def _attachment(part: Message) -> str:
    """Return the name of an attachment; empty for texts, mails inside the mail and pictures of the layout."""
    kind, is_attached = part.get_content_type(), part.get_content_disposition() == "attachment"
    if kind in _NEVER_ATTACHED or kind.startswith("multipart/") or (kind in _TEXTS and not is_attached):
        return ""
    if part.get_content_maintype() == "image" and part.get("Content-ID") and not is_attached:
        return ""
    return file_name(part) or kind


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == f"text/{kind}" and not _attachment(part)


def _mailing_list(message: Message) -> str:
    """Return the name of a mailing list to which members write; empty for newsletters, which have no List-Post."""
    post = header(message, "List-Post")
    if not post or post.upper().startswith("NO"):
        return ""
    name, _, address = header(message, "List-Id").partition("<")
    return name.strip(' "') or address.rstrip("> ")


def _date(value: str) -> datetime | str:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return value


def _text(pages: list[str], plain: str) -> str:
    """Return the text of the HTML, or of the plain text if the HTML has not even half of its words."""
    unsigned = _SIGNATURE.sub("\n", plain.replace("\r\n", "\n").replace("\r", "\n"))
    of_plain = joined(_without_footer(list(plain_paragraphs(unsigned)), frozenset()))
    of_html = joined([paragraph for page in pages for paragraph in _page_paragraphs(page)])
    enough = count_words(of_html) >= _MOST_OF_PLAIN * count_words(of_plain)
    return of_html if of_html and enough else of_plain


def _page_paragraphs(page: str) -> list[Paragraph]:
    """Return the paragraphs of a newsletter.

    Its tables are layout, and an extractor made for web pages loses whole cells of them.
    """
    root: Any = parse_html(page)
    if root is None:
        return []
    for element in [element for element in root.iter() if _HIDDEN.search(element.get("style") or "")]:
        if element.getparent() is not None:
            element.drop_tree()
    links = [unwrapped(link.text_content()) for link in root.iter("a")]
    short = frozenset(link for link in links if len(link.split()) <= _SHORT_LINK)
    return _without_footer(list(html_paragraphs(root)), short)


def _without_footer(paragraphs: list[Paragraph], links: frozenset[str]) -> list[Paragraph]:
    """Return paragraphs without those that are short links only, and up to the footer in the second half."""
    texts = [unwrapped(paragraph.text) for paragraph in paragraphs]
    is_link = [all(part in links for part in _BARS.split(text)) for text in texts]
    ends = [
        place for place, text in enumerate(texts)
        if 2 * place >= len(texts) and _FOOTER.search(text)
        and (_ADDRESS.search(text) or any(link in text for link in links if _FOOTER.search(link)))
    ]  # fmt: skip
    end = ends[0] if ends else len(paragraphs)
    return [paragraph for paragraph, link in zip(paragraphs[:end], is_link, strict=False) if not link]


READER = Reader((".eml", ".mbox"), read_mail, name="mail")
