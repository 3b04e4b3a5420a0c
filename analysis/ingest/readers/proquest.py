"""Exports of ProQuest: text, HTML and mail, in the languages of the interface.

Every record is a headline and labelled fields; the text follows the label "Full text". Tables (CSV, XLSX) are read as
any other table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.dates import find_date
from analysis.ingest.encoding import read_bytes, read_page, read_text
from analysis.ingest.labels import COUNTED, field_of, plain_label
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.mail import parse_mail, part_text
from analysis.ingest.markup.paragraphs import Paragraph, joined, plain_paragraphs, unwrapped
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, no_article_in
from analysis.ingest.rows import publication_name
from analysis.ingest.sniffing import look

_ANCHOR = re.compile(r"(?=<a\b[^>]*\bname\s*=\s*[\"']?(?:3D[\"']?)?DocID_)", re.IGNORECASE)
_ANCHOR_MARK = re.compile(r"DocID_\w+")
_RULE = re.compile(r"^_{20,}[ \t]*\r?$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S*?/docview/(\d+)\S*")
_LABEL = re.compile(r"([^\W\d_][^:\n]{0,50}?)\s?:(?=\s|$)")
_WORDS = re.compile(r"<text\b[^>]*\bwordcount\s*=\s*[\"']?(\d+)", re.IGNORECASE)
_PAGE_TAGS = re.compile(
    r"<head\b.*?</head>|</?(?:html|body)\b[^>]*>|(?<=>)html>|(?<=>)html&gt;", re.IGNORECASE | re.DOTALL
)
_ONCE = ("document_id", "full_text")
_NOT_TEXT = ("document_view_image", "document_view_caption", "sr-only")
_QUOTED = re.compile(r"^>[ \t]?", re.MULTILINE)
_SIGN = re.compile(r"DocID_(?:MSTAR_)?\d{6,}|^_{20,}[ \t]*\r?\n", re.MULTILINE)
_NONE = re.compile(
    r"none available\.?|not available\.?|nicht verfügbar\.?|non disponible\.?|no disponible\.?", re.IGNORECASE
)


def _is_proquest(head: str) -> bool:
    return "proquest" in head.lower() and (
        _SIGN.search(head) is not None or (head.count("/docview/") > 0 and "multipart" in head)
    )


def read_proquest(path: Path) -> Iterator[Item]:
    """Read the records of an export of ProQuest, numbered by their order in the file.

    The id is ProQuest's own. A record without full text has its abstract as text; a note says how many there are.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or no record was found in it.
    """
    kind = look(path).kind
    if kind == ".eml":
        records = _in_mail(read_bytes(path))
    elif kind == ".html":
        records = _in_html(read_page(path))
    else:
        records = _in_text(read_text(path))
    number = abstracts = 0
    for number, (paragraphs, words) in enumerate(records, start=1):
        item, is_abstract = _item(number, paragraphs, words)
        abstracts += is_abstract
        yield item
    if not number:
        raise no_article_in(path, "ProQuest", "record")
    if abstracts:
        yield Note(f"{abstracts:,} of {number:,} records have no full text; their abstract is used as text")


_Part = tuple[list[Paragraph], int | None]


def _in_mail(data: bytes) -> Iterator[_Part]:
    """Yield the records of a mail: of its HTML part, or else of its plain text, which may have been quoted."""
    texts = {"text/html": "", "text/plain": ""}
    for part in parse_mail(data).walk():
        if (kind := part.get_content_type()) in texts:
            texts[kind] += f"{part_text(part)}\n"
    if _ANCHOR.search(texts["text/html"]):
        return _in_html(texts["text/html"])
    return _in_text(_QUOTED.sub("", texts["text/plain"]))


def _in_html(text: str) -> Iterator[_Part]:
    """Yield the records of a page. Each is parsed by itself, so that an error in one stays in it."""
    for part in _ANCHOR.split(text)[1:]:
        words = _WORDS.search(part)
        root = parse_html(_unnested(part))
        yield list(html_paragraphs(root, skip=_NOT_TEXT)), int(words[1]) if words else None


def _unnested(part: str) -> str:
    """Return the source of a record without the head, body and html tags of the page that was pasted into it."""
    return _PAGE_TAGS.sub(" ", part)


def _in_text(text: str) -> Iterator[_Part]:
    """Yield the records of plain text: what stands between two rules and has labelled fields."""
    for part in _RULE.split(text.replace("\r\n", "\n")):
        paragraphs = [paragraph for block in plain_paragraphs(part) for paragraph in _fields_apart(block)]
        known = {label[0] for paragraph in paragraphs if (label := _labelled(paragraph))}
        if COUNTED.fullmatch(unwrapped(paragraphs[0].text)) if paragraphs else False:
            yield paragraphs[1:], None
        elif len(known & {"title", "document_id", "full_text", "abstract", "publication_title"}) > 1:
            yield paragraphs, None


def _fields_apart(block: Paragraph) -> list[Paragraph]:
    """Return the lines of a block that has a known label on each of them; other blocks stay whole."""
    lines = block.text.split("\n")
    apart = [Paragraph(line) for line in lines]
    return apart if len(lines) > 1 and all(_labelled(line) for line in apart) else [block]


def _labelled(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the field and the value of a paragraph that begins with a known label."""
    match = _LABEL.match(paragraph.text)
    if match is None:
        return None
    name = field_of(match[1], "proquest")
    if name is None and paragraph.bold >= len(match[1]) and paragraph.bold < len(paragraph.text):
        name = plain_label(match[1])
    return (name, paragraph.text[match.end() :].strip()) if name else None


def _item(number: int, paragraphs: list[Paragraph], words: int | None) -> tuple[Item, bool]:
    """Turn a record into an item; the second value tells whether its text is the abstract."""
    values: dict[str, str] = {}
    blocks: dict[str, list[Paragraph]] = {"full_text": [], "abstract": []}
    heading, current = "", ""
    last = _last_label(paragraphs)
    names = Counter(label[0] for paragraph in paragraphs if (label := _labelled(paragraph)))
    for place, paragraph in enumerate(paragraphs):
        label = _labelled(paragraph)
        if label is not None and current == "full_text" and place < last:
            label = None  # a line of the text that looks like a field
        if label is not None:
            current, value = label
            if current in blocks:
                blocks[current].append(Paragraph(value))
            elif value:
                values.setdefault(current, unwrapped(value))
        elif current in blocks:
            blocks[current].append(paragraph)
        elif paragraph.text and not heading and not current:
            heading = unwrapped(paragraph.text)
        elif paragraph.text and (address := _ADDRESS.search(paragraph.text)):
            values.setdefault("url", address[0])
    text, abstract = (
        joined([line for line in blocks[name] if not _NONE.fullmatch(line.text)]) for name in blocks
    )
    title = heading or values.get("title", "")
    values.pop("title", None)
    document_id = values.pop("document_id", "") or _id_of(values.get("url", ""), paragraphs)
    if any(names[name] > 1 for name in _ONCE):
        return Refusal(
            str(number),
            "not_split",
            "several records run into one another here. Is the line between them damaged? Export the file again",
            title=title or None,
        ), False
    if not text and not abstract:
        return Refusal(
            str(number), "no_text", "the record has no full text and no abstract", title=title or None,
            article_id=document_id or None,
        ), False  # fmt: skip
    if text and abstract:
        values["abstract"] = abstract
    info = values.get("publication_info", "")
    fields = {
        "article_id": document_id,
        "title": title,
        "outlet": _outlet(values),
        "published": find_date(values.get("publication_date", "")) or find_date(info),
        "author": values.pop("author", None),
        "url": values.pop("url", None),
        "text": text or abstract,
    }
    return Record(str(number), fields, values, words if text else None), not text


def _last_label(paragraphs: list[Paragraph]) -> int:
    """Return the place where the fields after the text begin.

    It is the first known field from which on all are labelled, to the last known one; a footer may follow.
    """
    known = [place for place, paragraph in enumerate(paragraphs) if _labelled(paragraph)]
    place = known[-1] + 1 if known else len(paragraphs)
    while place > 0 and _may_be_field(paragraphs[place - 1].text):
        place -= 1
    while place < len(paragraphs) and _labelled(paragraphs[place]) is None:
        place += 1
    return place


def _may_be_field(text: str) -> bool:
    return not text or _LABEL.match(text) is not None or _ADDRESS.search(text) is not None


def _id_of(address: str, paragraphs: list[Paragraph]) -> str:
    """Return the number in the address of the record, or in its anchor."""
    if match := _ADDRESS.search(address):
        return match[1]
    marks = [mark for paragraph in paragraphs for mark in paragraph.marks if _ANCHOR_MARK.fullmatch(mark)]
    return marks[0].rpartition("_")[2] if marks else ""


def _outlet(values: dict[str, str]) -> str:
    """Return the name of the publication, without edition and place; of a thesis, the university."""
    for name in ("publication_title", "publication_info", "university", "source"):
        if value := values.get(name, ""):
            return publication_name(value.partition(":")[0] if name == "publication_info" else value)
    return ""


READER = Reader((".html", ".txt", ".eml"), read_proquest, name="ProQuest", recognises=_is_proquest)
