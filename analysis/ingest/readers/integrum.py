"""Exports of Integrum: workbooks, HTML, and Word documents that contain HTML. All are in Russian."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.ingest.columns import other_columns
from analysis.ingest.dates import find_date
from analysis.ingest.encoding import decode, read_page
from analysis.ingest.limits import DAMAGE, check_archive
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.paragraphs import Paragraph, joined, plain_paragraphs, unwrapped
from analysis.ingest.readers.excel import read_sheets
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile, no_article_in
from analysis.ingest.sniffing import look

_COLUMNS = {
    "источник": "outlet", "дата": "date", "время": "time", "заголовок": "title", "анонс": "text", "текст": "text",
    "полный текст": "text", "автор": "author", "оригинал": "url", "ссылка": "url",
}  # fmt: skip
_CODES = {"ИС": "outlet", "ДТ": "date", "ЗГ": "title", "АВ": "author", "НР": "page", "РБ": "section", "НМ": "issue",
          "КС": "keywords", "ГР": "graphic"}  # fmt: skip
_CODE = re.compile(r"\^?([А-Я]{2}):\s*(.*)")
_SHORT_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})(?!\d)")
_RECENT = 70  # years 70 to 99 are of the 20th century
_CHUNK = "word/afchunk.htm"
_DOCUMENT = re.compile(r"(?=<h1\b)", re.IGNORECASE)
_DIVISION = re.compile(r"(?=<div\b)", re.IGNORECASE)
_SIGN = re.compile(r"\^(?:ИС|ДТ|ЗГ):")


def _is_integrum(head: str) -> bool:
    is_table = all(f">{name}<" in head for name in ("Источник", "Дата", "Заголовок"))
    return is_table or len(set(_SIGN.findall(head))) > 1 or ("altChunk" in head and "<h1" in head)


def read_integrum(path: Path) -> Iterator[Item]:
    """Read the articles of an export of Integrum, numbered by their rows or by their order in the file.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or no article was found in it.
    """
    kind = look(path).kind
    if kind == ".xlsx":
        items: Iterator[Item] = _in_workbook(path)
    elif kind == ".docx":
        items = _numbered(_in_word(path))
    else:
        items = _numbered(_in_html(read_page(path)))
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        raise no_article_in(path, "Integrum")


_Fields = dict[str, str]
_KNOWN = {"outlet", "date", "title", "author"}


def _in_workbook(path: Path) -> Iterator[Item]:
    for name, rows in read_sheets(path):
        header = [str(cell or "").strip() for cell in rows[0][1]] if rows else []
        columns = {}
        for place, title in enumerate(header):
            if (field := _COLUMNS.get(title.casefold())) and field not in columns:
                columns[field] = place
        if "text" not in columns:
            yield Note(f"the sheet '{name}' was left out, because it has no column with the text")
            continue
        others = other_columns(header, columns)
        for number, row in rows[1:]:
            cells = {field: _cell(row[place]) for field, place in columns.items() if place < len(row)}
            further = {title: row[place] for title, place in others.items() if place < len(row)}
            text = list(plain_paragraphs(cells.pop("text", "").replace("_x000D_", "")))
            yield _item(str(number), cells, text, further)


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else str(value)


def _numbered(documents: Iterator[tuple[_Fields, list[Paragraph]]]) -> Iterator[Item]:
    for number, (fields, text) in enumerate(documents, start=1):
        known = {name: value for name, value in fields.items() if name in _KNOWN}
        fields = {name: value for name, value in fields.items() if name not in _KNOWN}
        yield _item(str(number), known, text, fields)


def _in_html(text: str) -> Iterator[tuple[_Fields, list[Paragraph]]]:
    """Yield the fields and paragraphs of each document: fields in a table, text in `pre`."""
    for part in _DIVISION.split(text):
        if not _SIGN.search(part):
            continue
        root = parse_html(part)
        fields: _Fields = {}
        pres = list(root.iter("pre")) if root is not None else []
        if root is not None:
            _read_codes(root, fields)
        blocks = [_indented_paragraphs(pre.text_content()) for pre in pres]
        yield fields, [paragraph for block in blocks for paragraph in block]


def _read_codes(root: Any, fields: _Fields) -> None:
    """Read the codes and their values, which may be on the next line."""
    current = ""
    for paragraph in html_paragraphs(root):
        for line in paragraph.text.split("\n"):
            match = _CODE.fullmatch(line.strip())
            if match:
                current = _CODES.get(match[1], match[1].casefold())
                fields.setdefault(current, unwrapped(match[2]))
            elif current and not fields[current]:
                fields[current] = unwrapped(line)


def _indented_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of wrapped lines: a new one begins with spaces or after a blank line."""
    return [Paragraph(unwrapped(part)) for part in re.split(r"\n\s*\n|\n(?=[ \t\xa0])", text) if part.strip()]


def _in_word(path: Path) -> Iterator[tuple[_Fields, list[Paragraph]]]:
    """Yield the documents of the page inside a Word document: headline, outlet and date are headings."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(path, archive)
            data = archive.read(_CHUNK)
    except (*DAMAGE, KeyError) as error:
        raise UnreadableFile(
            f"the Word document cannot be read: {error}",
            path=path,
            reason="unreadable",
            remedy="export it again",
        ) from None
    for part in _DOCUMENT.split(decode(data) or "")[1:]:
        root = parse_html(part)
        if root is None:
            yield {}, []
            continue
        names = [unwrapped(element.text_content()) for element in root.iter("h2")]
        title = next((unwrapped(element.text_content()) for element in root.iter("h1")), "")
        skipped = {title, *names}
        text = [line for line in html_paragraphs(root) if unwrapped(line.text) not in skipped]
        yield (
            {"title": title, "outlet": names[0] if names else "", "date": names[1] if len(names) > 1 else ""},
            text,
        )


def _item(row: str, fields: _Fields, text: list[Paragraph], others: dict[str, Any]) -> Item:
    title = unwrapped(fields.get("title", ""))
    lines = [paragraph for paragraph in text if paragraph.text]
    while lines and (unwrapped(lines[0].text) == title or _is_date(lines[0].text)) and len(lines) > 1:
        lines.pop(0)  # headline and date stand above the text once more
    content = joined(lines)
    if not content:
        return Refusal(row, "no_text", "the document has no text", title=title or None)
    known = {
        "title": title,
        "outlet": fields.get("outlet", ""),
        "published": _date(fields.get("date", ""), fields.get("time", "")),
        "author": fields.get("author") or None,
        "url": fields.get("url") or None,
        "text": content,
    }
    return Record(row, known, others)


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", text.strip()) is not None


def _date(day: str, time: str) -> datetime | str | None:
    """Return day and time. The day is written as 28.02.05 or 28.02.2005."""
    if match := _SHORT_DATE.fullmatch(day.strip()):
        century = 1900 if int(match[3]) >= _RECENT else 2000
        day = f"{match[1]}.{match[2]}.{century + int(match[3])}"
    return find_date(f"{day} {time}") or day or None


READER = Reader(
    (".xlsx", ".html", ".docx"), read_integrum, is_text=False, name="Integrum", recognises=_is_integrum
)
