"""Exports of Factiva: HTML, RTF, text and XML, with or without field codes, in any language of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.ingest.dates import find_date
from analysis.ingest.encoding import read_page, read_text
from analysis.ingest.labels import COPYRIGHT, is_length, stated_words
from analysis.ingest.markup.html import parse_html
from analysis.ingest.markup.paragraphs import Paragraph, unwrapped
from analysis.ingest.markup.rtf import rtf_paragraphs
from analysis.ingest.records import Item, Reader, Record, Refusal, add_value, no_article_in
from analysis.ingest.sniffing import look

_CODES = {
    "SE": "section", "CLM": "column", "HD": "title", "BY": "author", "CR": "credit", "WC": "length", "PD": "date",
    "ET": "time", "SN": "outlet", "SC": "source_code", "NGC": "source_group", "GC": "group_code", "ED": "edition",
    "PG": "page", "VOL": "volume", "LA": "language", "CY": "copyright", "CX": "correction", "LP": "lead",
    "TD": "text", "ART": "graphic", "RF": "reference", "CO": "company", "IN": "industry", "NS": "subject",
    "RE": "region",
    "IPC": "ipc", "IPD": "ipd", "PUB": "publisher", "AN": "document_id", "CT": "contact", "DLN": "dateline",
    "PRD": "previous_date", "CCP": "corrected_copy", "GRF": "graphic_reference",
}  # fmt: skip
_ACCESSION = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_]{7}(?:19|20)\d{6}[A-Za-z0-9]{9}(?![A-Za-z0-9])")
_LONGEST_ID_LINE = 60  # characters: "Document" in any language, and the accession number
_ARTICLE = re.compile(
    r"<div\b[^>]*\bclass\s*=\s*(?:\"[^\"]*\b[a-z]{2}[A-Za-z]{0,4}Article\b[^\"]*\"|'[^']*\b[a-z]{2}[A-Za-z]{0,4}Article\b[^']*')",
)
_SOURCE_CODE = re.compile(r"[A-Z0-9_]{2,10}")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}\b")
_CODED_LINE = re.compile(
    rf"({'|'.join(sorted(_CODES, key=len, reverse=True))})(?:\s*\||\t|[ \xa0]{{2,}}|\xa0|\s*$)[\s|]*(.*)"
)
_CODED_SIGN = re.compile(r"(?:^|[\s}>|])(?:HD|SN|PD|WC|AN)(?=[\s\\|<}]|\t)")
_XML_ARTICLE = re.compile(r"(?=<article\b)")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0|x0);")
_MOST_LINES = 14  # between length and text

_HTML_SIGN = re.compile(r"<title>\s*(?:Dow Jones )?Factiva|factivalogo|\b[a-z]{2,6}articleParagraph\b")
_XML_SIGN = re.compile(
    r"<(?:ppsArticleResponse|PPSResponse|ppsarticle|distdoc)\b|\bxmlns(?::\w+)?\s*=\s*[\"'][^\"']*global\.factiva\.com"
)  # the name space, not the address: pages of newspapers have links to Factiva


def _is_factiva(head: str) -> bool:
    if _XML_SIGN.search(head) or (_HTML_SIGN.search(head) and _ARTICLE.search(head)):
        return True
    if head.lstrip().startswith("<"):
        return False
    codes = {match[0].strip(" \t\r\n}>|") for match in _CODED_SIGN.finditer(head)}
    accession = _ACCESSION.search(head)
    return accession is not None and ("Factiva" in head or len(codes) >= 4 or _has_length_line(head))


def _has_length_line(head: str) -> bool:
    return any(
        is_length(line.rpartition("}")[0] or line) for line in re.split(r"[\r\n]+|\\par\b", head)[:5000]
    )


def read_factiva(path: Path) -> Iterator[Item]:
    """Read the articles of an export of Factiva, numbered by their order in the file.

    The id is the accession number. What the fields say beyond title, outlet, date and byline is in `extra_*` columns.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or no article was found in it.
    """
    kind = look(path).kind
    if kind == ".xml":
        found: Iterable[_Article] = _from_xml(read_text(path))
    elif kind == ".html":
        found = _from_html(read_page(path))
    else:
        found = _from_lines(rtf_paragraphs(path) if kind == ".rtf" else _text_lines(read_text(path)))
    number = 0
    for number, article in enumerate(found, start=1):
        yield article.item(number)
    if not number:
        raise no_article_in(path, "Factiva")


@dataclass
class _Article:
    """The fields of one article by their names in `_CODES`, and the paragraphs of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    repeated: bool = False

    def add(self, name: str, value: str) -> None:
        """Keep a value; values of the same field are joined."""
        add_value(self.fields, name, unwrapped(value))

    def add_text(self, paragraphs: Iterable[str]) -> None:
        """Add paragraphs to the text."""
        self.text.extend(line for paragraph in paragraphs if (line := unwrapped(paragraph)))

    def item(self, number: int) -> Item:
        """Return the article as a record, or refuse it if it has no text or is not one article."""
        others = dict(self.fields)
        title = others.pop("title", "")
        document_id = others.pop("document_id", "")
        if accession := _ACCESSION.search(document_id):
            document_id = accession[0]
        if self.repeated:
            return Refusal(
                str(number),
                "not_split",
                "several articles run into one another here. Is the line between them damaged? Export the file again",
                title=title or None,
            )
        if not self.text:
            return Refusal(
                str(number),
                "no_text",
                "the article has no text",
                title=title or None,
                article_id=document_id or None,
            )
        date, time = others.pop("date", ""), others.pop("time", "")
        return Record(
            str(number),
            {
                "article_id": document_id,
                "title": title,
                "outlet": others.pop("outlet", ""),
                "published": find_date(f"{date} {time}") or date or None,
                "author": others.pop("author", None),
                "text": "\n\n".join(self.text),
            },
            others,
            stated_words(others.get("length", "")),
        )


def _from_html(text: str) -> Iterator[_Article]:
    """Yield the articles of a page. Each is parsed by itself, so that an error in one stays in it."""
    starts = [match.start() for match in _ARTICLE.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        root = parse_html(text[start:end])
        if root is None:
            yield _Article()
            continue
        rows = [
            (code, cells)
            for row in root.iter("tr")
            if (cells := row.findall("td")) and (code := _code(cells))
        ]
        yield _from_rows(rows) if rows else _from_blocks(root)


def _code(cells: list[Any]) -> str:
    code = " ".join(cells[0].text_content().split())
    return code if len(cells) > 1 and code in _CODES else ""


def _from_rows(rows: list[tuple[str, list[Any]]]) -> _Article:
    """Return the article of a table with a code in each row."""
    article = _Article()
    for code, cells in rows:
        if code == "AN" and "document_id" in article.fields:
            article.repeated = True
        paragraphs = [part.text_content() for part in cells[1].iter("p")] or [cells[1].text_content()]
        if code in ("LP", "TD"):
            article.add_text(paragraphs)
        else:
            article.add(_CODES[code], " ".join(paragraphs))
    return article


def _from_blocks(root: Any) -> _Article:
    """Return the article of a page without codes: lines in a fixed order, headline and text marked by classes."""
    article = _Article()
    before: list[str] = []
    after: list[str] = []
    in_headline = False
    for element in root.iter("div", "p", "span", "b"):
        names = element.get("class") or ""
        value = unwrapped(element.text_content())
        if not value or "document_id" in article.fields:
            continue
        if "articleParagraph" in names:
            article.add_text([value])
        elif element.get("id") == "hd" or ("Headline" in names and not in_headline):
            in_headline = True
            article.add("title", value)
        elif "author" in names.split():
            article.add("author", value)
        elif element.tag == "div" and not names and not element.get("id") and not article.text:
            (after if in_headline else before).append(value)
        elif element.tag == "p" and not names:
            _read_tail(article, value)
    for value in before:
        article.add("section", value)
    _read_lines(article, after)
    return article


def _read_tail(article: _Article, value: str) -> None:
    """Read a line after the text: the publisher, or the accession number."""
    if len(value) <= _LONGEST_ID_LINE and _ACCESSION.search(value):
        article.add("document_id", value)
    elif article.text:
        article.add("publisher", value)


def _read_lines(article: _Article, lines: Sequence[str]) -> None:
    """Read the lines after the headline.

    They are credit, length, date, time, outlet, source code, edition and page, language, copyright. Only length,
    date, outlet and source code are always there.
    """
    place = next((n for n, line in enumerate(lines) if is_length(line)), None)
    if place is None:  # the length is missing or damaged
        dated = next((n for n, line in enumerate(lines) if find_date(line)), 0)
        place = dated - 1
    else:
        article.add("length", lines[place])
    for line in lines[: max(place, 0)]:
        article.add("credit", line)
    rest = list(lines[place + 1 :])
    if rest and find_date(rest[0]):
        article.add("date", rest.pop(0))
    if rest and _TIME.match(rest[0]):
        article.add("time", rest.pop(0))
    if rest:
        article.add("outlet", rest.pop(0))
    if rest and _SOURCE_CODE.fullmatch(rest[0]):
        article.add("source_code", rest.pop(0))
    copyrighted = next((n for n, line in enumerate(rest) if COPYRIGHT.match(line)), len(rest))
    article.add("copyright", " ".join(rest[copyrighted:]))
    if copyrighted:
        article.add("language", rest[copyrighted - 1])
    for line in rest[: max(copyrighted - 1, 0)]:
        article.add("edition", line)


def _text_lines(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in re.split(r"\r?\n|\r|\f", text))


def _from_lines(lines: Iterable[Paragraph]) -> Iterator[_Article]:
    """Yield the articles of RTF or plain text. Each ends with its accession number."""
    part: list[Paragraph] = []
    for line in lines:
        part.append(line)
        coded = _CODED_LINE.fullmatch(line.text)
        number = _ACCESSION.search(line.text)
        if number and number.end() == len(line.text) and (coded is None or coded[1] == "AN"):
            yield _from_part(part)
            part = []
    if any(is_length(line.text) or _CODED_LINE.fullmatch(line.text) for line in part):
        yield _from_part(part)  # the accession number is missing


def _from_part(part: list[Paragraph]) -> _Article:
    coded = [_CODED_LINE.fullmatch(line.text) for line in part]
    if sum(match is not None for match in coded) > 2:
        return _from_coded(part, coded)
    return _from_uncoded([line for line in part if line.text])


def _from_coded(part: list[Paragraph], coded: list[re.Match[str] | None]) -> _Article:
    article = _Article()
    current = ""
    blocks: dict[str, list[str]] = {}
    for line, match in zip(part, coded, strict=True):
        if match is not None:
            article.repeated = article.repeated or (match[1] == "HD" and "HD" in blocks)
            current = match[1]
            blocks.setdefault(current, []).append(match[2])
        elif current:
            blocks[current].append(line.text)
    for code, values in blocks.items():
        if code in ("LP", "TD"):
            article.add_text(_paragraphs(values))
        else:
            article.add(_CODES[code], " ".join(values))
    return article


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the paragraphs of lines: separated by blank lines where there are any, else one on each line."""
    inner = "\n".join(lines).strip("\n")
    return re.split(r"\n\s*\n", inner) if re.search(r"\n\s*\n", inner) else inner.split("\n")


def _from_uncoded(lines: list[Paragraph]) -> _Article:
    article = _Article()
    counted = [n for n, line in enumerate(lines) if is_length(line.text)]
    dated = [n for n in counted if n + 1 < len(lines) and find_date(lines[n + 1].text)]
    article.repeated = len(dated) > 1
    place = (dated or counted or [0])[0]
    _read_before_length(article, lines[:place])
    head = lines[place : place + _MOST_LINES]
    copyrighted = next((n for n, line in enumerate(head) if COPYRIGHT.match(line.text)), None)
    end = copyrighted if copyrighted is not None else _after_source_code(head)
    _read_lines(article, [line.text for line in head[: end + 1]])
    rest = [line.text for line in lines[place + end + 1 :]]
    if rest and (number := _ACCESSION.search(rest[-1])):
        article.add("document_id", number[0])
        line = rest.pop()
        rest.extend([line[: number.start()]] if len(line) > _LONGEST_ID_LINE else [])
    article.add_text(rest)
    return article


def _after_source_code(head: list[Paragraph]) -> int:
    """Return the place of the language, two lines after the source code at most."""
    code = next((n for n, line in enumerate(head) if n and _SOURCE_CODE.fullmatch(line.text)), 3)
    return min(code + 1, len(head) - 1)


def _read_before_length(article: _Article, lines: list[Paragraph]) -> None:
    """Read section, headline and byline. The headline is bold; where nothing is, it is the longest line."""
    near = lines[-4:]
    bold = [n for n, line in enumerate(near) if line.bold]
    if not near:
        return
    title = bold[-1] if bold else max(range(len(near)), key=lambda n: len(near[n].text))
    first = title
    while bold and first > 0 and near[first - 1].bold:
        first -= 1
    article.add("title", " ".join(line.text for line in near[first : title + 1]))
    if first > 0 and bold:
        article.add("section", near[first - 1].text)
    for line in near[title + 1 :]:
        article.add("author", line.text)


def _from_xml(text: str) -> Iterator[_Article]:
    """Yield the articles of the XML of Factiva's web services. Each is parsed by itself."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    for part in _XML_ARTICLE.split(_NOT_XML.sub(" ", text))[1:]:
        element = etree.fromstring(f"{part.partition('</article>')[0]}</article>".encode(), parser)
        yield _from_element(element) if element is not None else _Article()


_ELEMENTS = {
    "headline": "title", "byline": "author", "sourceName": "outlet", "accessionNo": "document_id",
    "copyright": "copyright", "baseLanguage": "language", "publisherName": "publisher", "pages": "page",
    "sourceCode": "source_code", "sectionName": "section", "columnName": "column", "edition": "edition",
    "credit": "credit", "notes": "notes", "region": "region", "newsSubject": "subject", "company": "company",
    "industry": "industry", "artWork": "graphic", "contact": "contact", "volume": "volume",
}  # fmt: skip


def _from_element(element: Any) -> _Article:
    from lxml import etree

    article = _Article()
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        value = "".join(child.itertext())
        if name in ("leadParagraph", "tailParagraphs"):
            inner = ["".join(part.itertext()) for part in child.iterchildren("{*}paragraph")]
            article.add_text(inner or re.split(r"\n\s*\n|\n[ \t]{2,}", value.strip()))
        elif name == "publicationDate":
            article.add("date", value)
        elif name == "publicationTime":
            article.add("time", value)
        elif name == "wordCount":
            article.add("length", f"{value.strip()} words")
        elif name in _ELEMENTS:
            article.add(_ELEMENTS[name], value)
    return article


READER = Reader((".html", ".rtf", ".txt", ".xml"), read_factiva, name="Factiva", recognises=_is_factiva)
