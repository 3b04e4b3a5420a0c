"""Exports of Telegram Desktop: JSON (one chat, or all chats of an account) and HTML.

The outlet is the channel, group or person that the chat is with. Layout: `export_output_json.cpp` and
`export_output_html.cpp` of Telegram Desktop.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_page, text_chunks
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.records import (
    Item,
    Note,
    Reader,
    Record,
    Refusal,
    UnreadableFile,
    no_article_in,
    refuse_nested,
)
from analysis.ingest.sniffing import look

_LONGEST = 2_000_000  # characters of a message in JSON; Telegram allows 4,096 letters
_LONGEST_HEADER = 5_000  # characters of a chat before its messages
_KINDS = "message|service|unsupported"
_CHATS = (
    "saved_messages|replies|verification_codes|personal_chat|bot_chat|private_group|private_supergroup|"
    "public_supergroup|private_channel|public_channel"
)
# Quotes inside a JSON text are escaped, so these match outside of texts only.
_MESSAGE = re.compile(rf'\{{\s*"id"\s*:\s*-?\d+\s*,\s*"type"\s*:\s*"(?:{_KINDS})"')
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_NEXT = re.compile(rf"(?P<message>{_MESSAGE.pattern})|(?P<messages>{_MESSAGES.pattern})")
_CHAT_TYPE = re.compile(rf'"type"\s*:\s*"(?:{_CHATS})"')
_ACCOUNT = re.compile(r'(?<!\\)"(?:personal_information|chats|left_chats)"\s*:\s*\{')
_CHAT_START = re.compile(r'\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\Z')
_LEFT_CHATS = re.compile(r'"left_chats"\s*:\s*\{\s*"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"list"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,\[\]{}]*")
_HTML_MESSAGE = re.compile(r"(?=<div class=\"message (?:default|service)\b)")
_HTML_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:?\d{2})?)?")
_HTML_MEDIA = re.compile(r"media_(?!wrap)\w+|(?:photo|video_file|sticker|animated)_wrap")
_BREAK = re.compile(r" *\n *")
_KEPT = ("forwarded_from", "saved_from", "reply_to_message_id", "via_bot", "views", "forwards")
_MEDIA = ("media_type", "photo", "file", "poll", "location_information", "contact_information")


def _is_telegram(head: str) -> bool:
    if head.lstrip("\ufeff").lstrip().startswith("{"):
        first = _MESSAGES.search(head)
        start = max(0, first.start() - _LONGEST_HEADER) if first else 0
        return _ACCOUNT.search(head) is not None or (
            first is not None and _CHAT_TYPE.search(head, start, first.start()) is not None
        )
    return 'class="history"' in head and _HTML_MESSAGE.search(head) is not None


def read_telegram(path: Path) -> Iterator[Item]:
    """Read the messages of a Telegram export. The row of each is its number in the chat.

    Words in bold, links and the like are part of the text. A message without text (a photo, a sticker) is refused;
    service messages ("X joined the group") are counted in a note. A JSON file is read as a stream.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or no message was found in it.
    """
    n_messages, n_service = 0, 0
    items = _from_html(read_page(path)) if look(path).kind == ".html" else _from_json(text_chunks(path))
    try:
        for item in items:
            n_messages += item is not _SERVICE
            n_service += item is _SERVICE
            if item is not _SERVICE:
                yield item
    except UnreadableFile as error:
        if not n_messages:
            raise
        yield Refusal(None, error.reason, f"{error}; {n_messages:,} messages before this place were read")
    if not n_messages + n_service:
        raise no_article_in(path, "Telegram", "message")
    if n_service:
        yield Note(
            f"{n_service:,} service message{'s' if n_service > 1 else ''} of Telegram (members who join, "
            "pinned messages, calls ...) left out"
        )


_SERVICE = Note("service message")


@dataclass(frozen=True)
class _Chat:
    """The chat that messages belong to."""

    name: str = ""
    kind: str = ""
    number: str = ""


def _from_json(chunks: Iterable[str]) -> Iterator[Item]:
    """Yield the messages of a JSON export. A message that is not valid JSON is refused, the others are read."""
    source = _Window(chunks)
    chat = _Chat()
    is_known = (
        False  # what stands between the last message and the next one is known to be punctuation or damage
    )
    found = source.find(_NEXT)
    while found is not None:
        is_message, size = found["message"] is not None, len(found[0])
        before = source.text[source.place : found.start()]
        if not is_message:
            header = _CHAT_START.search(before, max(0, len(before) - _LONGEST_HEADER))
            chat = _chat(header[0] + found[0]) if header else _Chat()
            before = before[: header.start()] if header else before
        if is_known and (damage := _damage(before)):
            yield damage
        source.place = found.start()
        following = source.find(_NEXT, size)
        end = following.start() if following else source.place + _LONGEST
        value, length = _decoded(source.text[source.place : end]) if is_message else (None, size)
        source.place += length or size
        is_known = length > 0
        if is_message and length:
            yield _message(value, chat)
        elif is_message:
            number = re.findall(r"-?\d+", found[0])[0]
            why = "the message is not valid JSON; it may be cut off. Export the chat again"
            yield Refusal(_row(chat, number), "bad_json", why)
        found = following or source.find(_NEXT)
    rest = source.text[source.place :]
    if is_known and (damage := _damage(rest)):
        yield damage
    elif not rest.rstrip().endswith("}"):
        yield Refusal(None, "unreadable", "the file ends before the end of the chat; export the chat again")


def _decoded(text: str) -> tuple[Any, int]:
    """Return the JSON value at the beginning of a text, and its length; 0 if it is not valid."""
    try:
        return json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None, 0


class _Window:
    """The part of a long text that is being read."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self.text, self.place = "", 0

    def find(self, pattern: re.Pattern[str], after: int = 0) -> re.Match[str] | None:
        """Return the next match that begins at least `after` characters after `place`, or None if there is none.

        More is read where needed; `place` then moves with the text. With `after`, the search ends after the length
        of the longest message.
        """
        while (found := pattern.search(self.text, self.place + after)) is None:
            if len(self.text) - self.place > _LONGEST:
                if after:
                    return None
                self.place = len(self.text) - _LONGEST_HEADER
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self.text, self.place = self.text[self.place :] + chunk, 0
        return found


def _chat(start: str) -> _Chat:
    """Return the chat of an object that is cut off after the beginning of its list of messages."""
    try:
        value = json.loads(start + "]}")
    except (ValueError, RecursionError):
        return _Chat()
    name, kind = value.get("name"), value.get("type")
    kind = kind if isinstance(kind, str) else ""
    return _Chat(
        name if isinstance(name, str) else kind.replace("_", " ").capitalize(), kind, _line(value.get("id"))
    )


def _damage(between: str) -> Refusal | None:
    """Return the refusal of what stands between two messages, unless it is punctuation."""
    plain = between if len(between) > _LONGEST else _LEFT_CHATS.sub("", between)
    if _BETWEEN.fullmatch(plain):
        return None
    shown = " ".join(plain[:200].split())[:60]
    return Refusal(
        None,
        "bad_json",
        f"between two messages stands '{shown}', which cannot be read; export the chat again",
    )


def _row(chat: _Chat, number: object) -> str:
    return f"{chat.number}-{number}" if chat.number else str(number)


def _message(value: Any, chat: _Chat) -> Item:
    row = _row(chat, value["id"])
    if value["type"] == "service":
        return _SERVICE
    if (nested := refuse_nested(row, value.values())) is not None:
        return nested
    text = _joined(value.get("text")) or _joined(value.get("text_entities"))
    if not text.strip():
        return _without_text(row, _media(value))
    sender = _line(value.get("from"))
    others = {
        "chat_type": chat.kind,
        "message_id": value["id"],
        "edited": _time(value, "edited"),
        "media": _media(value),
        "links": _links(value),
        "reactions": _reactions(value.get("reactions")),
        **{name: value.get(name) for name in _KEPT},
    }
    fields = {
        "article_id": row if chat.number else "",
        "outlet": chat.name or sender,
        "published": _time(value, "date"),
        "author": _line(value.get("author")) or (sender if sender != chat.name else ""),
        "title": "",
        "text": text,
    }
    return Record(row, fields, {name: cell for name, cell in others.items() if cell not in (None, "")})


def _without_text(row: str, media: str) -> Refusal:
    return Refusal(row, "no_text", f"the message has no text ({media or 'it is empty'})")


def _line(value: Any) -> str:
    return str(value) if isinstance(value, str | int) else ""


def _joined(text: Any) -> str:
    """Return a text whose parts may be objects: bold words, links, mentions ..."""
    parts = text if isinstance(text, list) else [text]
    words = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return "".join(word for word in words if isinstance(word, str))


def _links(value: dict[str, Any]) -> list[str]:
    """Return the addresses behind words; other addresses are in the text itself."""
    parts = [*_listed(value.get("text")), *_listed(value.get("text_entities"))]
    addresses = [part.get("href") for part in parts if isinstance(part, dict)]
    return list(dict.fromkeys(address for address in addresses if isinstance(address, str) and address))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _reactions(value: Any) -> str:
    """Return how often each reaction was given, as in '👍 12; ❤ 3'."""
    given = [part for part in _listed(value) if isinstance(part, dict)]
    return "; ".join(f"{part.get('emoji') or part.get('type')} {part.get('count')}" for part in given)


def _media(value: dict[str, Any]) -> str:
    """Return what is attached to a message, as in 'photo' or 'video_file'."""
    name = next((name for name in _MEDIA if value.get(name)), "")
    return _line(value[name]) if name == "media_type" else name.removesuffix("_information")


def _time(value: dict[str, Any], name: str) -> datetime | str | None:
    """Return a time in UTC; exports from before 2021 have local time only."""
    seconds = value.get(f"{name}_unixtime")
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else value.get(name)
    except (ValueError, TypeError, OverflowError, OSError):
        return value.get(name)


# HTML --------------------------------------------------------------------------------------------------------------


def _from_html(text: str) -> Iterator[Item]:
    """Yield the messages of a page. Each is parsed by itself, so that an error in one stays in it."""
    starts = [match.start() for match in _HTML_MESSAGE.finditer(text)]
    name = _header(text[: starts[0]]) if starts else ""
    sender = ""
    for start, end in pairwise([*starts, len(text)]):
        part = _HtmlMessage.parsed(text[start:end])
        if part.is_service:
            yield _SERVICE
            continue
        sender = (
            part.sender or sender
        )  # a message that follows one of the same sender does not repeat the name
        yield part.item(name, sender)


def _header(text: str) -> str:
    root = parse_html(text)
    if root is None:
        return ""
    found = root.xpath("//div[contains(@class, 'page_header')]//div[contains(@class, 'text')]")
    return " ".join(found[0].text_content().split()) if found else ""


@dataclass
class _HtmlMessage:
    """One message of a page."""

    is_service: bool = False
    sender: str = ""
    number: str = ""
    published: str = ""
    texts: list[str] = field(default_factory=list)
    others: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def parsed(cls, source: str) -> _HtmlMessage:
        """Read a message from its part of the page."""
        root = parse_html(source)
        message = cls()
        if root is None:
            return message
        root = root if root.get("class") else next(root.iter("div"), root)
        message.is_service = "service" in (root.get("class") or "").split()
        message.number = (root.get("id") or "").removeprefix("message")
        in_forwarded: set[Any] = set()
        for element in root.iter("div", "span", "a"):
            message._add(element, in_forwarded)
        return message

    def _add(self, element: Any, in_forwarded: set[Any]) -> None:
        names = (element.get("class") or "").split()
        if "forwarded" in names:
            in_forwarded.update(element.iter())
        value = " ".join((element.text or "").split())
        if "from_name" in names and element in in_forwarded:
            self.others.setdefault("forwarded_from", value)
        elif "from_name" in names and not self.sender:
            self.sender = value
        elif "date" in names and element.get("title") and element not in in_forwarded:
            self.published = self.published or _html_time(element.get("title"))
        elif names == ["text"]:
            self.texts.extend(_BREAK.sub("\n", one.text) for one in html_paragraphs(element))
            links = [link.get("href") for link in element.iter("a")]
            self.others["links"] = [link for link in links if link and link not in element.text_content()]
        elif "signature" in names:
            self.others["signature"] = value
        elif "reaction" in names:
            self.others.setdefault("reactions", []).append(" ".join(element.text_content().split()))
        elif media := [name for name in names if _HTML_MEDIA.fullmatch(name)]:
            self.others.setdefault("media", media[0].removeprefix("media_").removesuffix("_wrap"))

    def item(self, chat: str, sender: str) -> Item:
        """Return the message as a record, or refuse it if it has no text."""
        row = self.number or None
        text = "\n\n".join(filter(None, self.texts))
        if not text:
            return _without_text(row or "?", self.others.get("media", ""))
        others = {name: value for name, value in self.others.items() if value}
        return Record(
            row,
            {
                "outlet": chat or sender,
                "published": self.published,
                "author": others.pop("signature", "") or (sender if sender != chat else ""),
                "title": "",
                "text": text,
            },
            {"message_id": self.number, **others},
        )


def _html_time(title: str) -> str:
    match = _HTML_DATE.search(title)
    if match is None:
        return title
    day, month, year, clock, offset = match.groups()
    return f"{year}-{month}-{day}T{clock}{offset or '+00:00'}"


READER = Reader((".json", ".txt", ".html"), read_telegram, name="Telegram", recognises=_is_telegram)
