"""Exports of Nexis, Nexis Uni and Lexis Advance: DOCX, RTF, HTML and text, in the languages of the interface.

Nexis numbers its documents ("2 of 50 DOCUMENTS") and gives outlet, date, headline and fields in capitals. Nexis Uni
and Lexis Advance give the headline first, fields such as "Length:", the text under the heading "Body", and "End of
Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from analysis.ingest.dates import find_date
from analysis.ingest.encoding import read_page, read_text
from analysis.ingest.labels import COPYRIGHT, COUNTED, field_of, plain_label, stated_words
from analysis.ingest.markup.docx import docx_paragraphs
from analysis.ingest.markup.html import html_paragraphs, parse_html, style_classes
from analysis.ingest.markup.paragraphs import Paragraph, joined, plain_paragraphs, unwrapped
from analysis.ingest.markup.rtf import rtf_paragraphs
from analysis.ingest.month_names import month_number
from analysis.ingest.records import (
    Item,
    Note,
    Reader,
    Record,
    Refusal,
    UnreadableFile,
    add_value,
    no_article_in,
)
from analysis.ingest.sniffing import look

_COUNTED_LINE = re.compile(rf"^([ \t]*{COUNTED.pattern}[ \t]*)\r?$", re.IGNORECASE | re.MULTILINE)
_ANNOUNCED = re.compile(r"do[ck]ument\w*\s*\((\d[\d.,]*)\)", re.IGNORECASE)
_START = re.compile(r"Bookmark_\d+|DOC_ID_\d+_\d+")
_END = re.compile(
    r"End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento|Fine del documento|"
    r"Einde (?:van )?(?:het )?document|Fim do documento",
    re.IGNORECASE,
)
_BODY_MARK = re.compile(r"Body(?:_\d+)?")
_LABEL = re.compile(r"([^\W\d_][^:\n]{0,40}):(?=\s|$)")
_UNI_LABEL = re.compile(r"([^\W\d_][^:\n]{0,40}):\xa0")
_EDITION = re.compile(r"\b(?:edition|ausgabe|édition|edición|edizione|editie|edição)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)")
_ADDRESS = re.compile(r"(https?://[^\s/]+(/\S+)?)/?")
_BEFORE = {"byline", "section", "length", "headline", "highlight", "dateline", "series", "edition", "distribution",
           "guests", "anchors", "bio", "name", "show", "body"}  # fmt: skip
_ONCE = {"length", "load_date"}  # fields that an article has once
_HEADINGS = {"classification", "graphic", "correction", "notes"}
_LONGEST_DATE_LINE = 120
_MOST_LINES = 14  # before the fields
_MOST_TITLE_LINES = 3
_RIGHTS = re.compile(
    r"\b(?:rights|reserved|vorbehalten|réservés|reservados|riservati|voorbehouden)\b", re.IGNORECASE
)
_CONTENT_ID = re.compile(r"urn:contentItem:([0-9A-Z-]{10,40})")
_TIME_LINE = re.compile(r"\d{1,2}[:.h]\d{2}\b")
_BARE_LENGTH = re.compile(
    r"\d[\d.,]{0,8}\s+(?:words|Wörter|mots|palabras|woorden|parole|palavras)", re.IGNORECASE
)
_PART = re.compile(r"(?=<a\s[^>]*name\s*=\s*[\"']?DOC_ID_)", re.IGNORECASE)

_SIGNS_OF_UNI = re.compile(r'w:name="(?:Body|Bookmark_1)"|bkmkstart (?:Body|Bookmark_1)\}')
_SIGNS = re.compile(
    rf"<a\s[^>]*name\s*=\s*[\"']?DOC_ID_\d|<!--\s*LXNComment|(?:^|>)\s*{COUNTED.pattern}\s*(?:$|<)",
    re.IGNORECASE | re.MULTILINE,
)
_LOAD_DATE = re.compile(r"(?:^|>|\s)(?:LOAD-DATE|Load-Date|DATE-CHARGEMENT|UPDATE):", re.MULTILINE)

_RULED = re.compile(r"^_{20,}[ \t]*\r?$", re.MULTILINE)  # ProQuest numbers its documents, too


def _is_nexis(head: str) -> bool:
    if "ProQuest" in head and _RULED.search(head):
        return False
    if _SIGNS_OF_UNI.search(head) or _SIGNS.search(head):
        return True
    end = _END.search(head)
    return end is not None and _LOAD_DATE.search(head) is not None


def read_nexis(path: Path) -> Iterator[Item]:
    """Read the articles of an export of Nexis, Nexis Uni or Lexis Advance, numbered by their order in the file.

    The text is what stands between the fields. Copyright line, section, length, dateline, subjects and the like
    become `extra_*` columns; covers and lists of contents are left out.

    Raises
    ------
    UnreadableFile
        The file cannot be opened.
    """
    parts = _Parts()
    number = 0
    try:
        for part in parts.split(_paragraphs(path)):
            number += 1
            yield _item(number, part)
    except UnreadableFile as error:
        if not number:
            raise
        yield Refusal(str(number + 1), error.reason, f"{error}; the {number} articles before it were read")
    if not number:
        raise no_article_in(path, "Nexis")
    if parts.announced and parts.announced != number:
        yield Note(f"the export says that it has {parts.announced:,} documents, but {number:,} were found")


def _paragraphs(path: Path) -> Iterator[Paragraph]:
    kind = look(path).kind
    if kind == ".docx":
        return docx_paragraphs(path)
    if kind == ".rtf":
        return rtf_paragraphs(path)
    if kind == ".html":
        return _html(read_page(path))
    return plain_paragraphs(_COUNTED_LINE.sub(r"\n\n\1\n\n", read_text(path)))


def _html(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page. Each document is parsed by itself, so that an error in one stays in it."""
    bold, centred = style_classes(text)
    for part in _PART.split(text):
        yield from html_paragraphs(parse_html(part), bold=bold, centred=centred)


@dataclass
class _Part:
    """The paragraphs of one document, and whether a number or a bookmark stood before it."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    counted: bool = False
    started: bool = False
    ended: bool = False

    @property
    def is_document(self) -> bool:
        return self.started or (self.ended and any(paragraph.text for paragraph in self.paragraphs))

    @property
    def is_fresh(self) -> bool:
        return self.started and not any(paragraph.text for paragraph in self.paragraphs)


class _Parts:
    """Splits the paragraphs of an export into documents."""

    def __init__(self) -> None:
        self.announced = 0

    def split(self, paragraphs: Iterable[Paragraph]) -> Iterator[_Part]:
        """Yield the documents. What stands before the first and between two of them is left out."""
        part = _Part()
        for paragraph in paragraphs:
            counted = COUNTED.fullmatch(unwrapped(paragraph.text)) if len(paragraph.text) < 60 else None
            marked = any(_START.fullmatch(mark) for mark in paragraph.marks)
            if marked or counted:
                if marked or part.counted or not part.is_fresh:
                    if part.is_document:
                        yield part
                    part = _Part(started=True)
                part.counted = part.counted or counted is not None
                if counted:
                    continue
            elif _END.fullmatch(paragraph.text):
                part.ended = True
                if part.is_document:
                    yield part
                part = _Part()
                continue
            elif not part.started and (announced := _ANNOUNCED.fullmatch(paragraph.text)):
                self.announced = _number(announced[1])
            part.paragraphs.append(paragraph)
        if part.is_document:
            yield part


def _number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _item(number: int, part: _Part) -> Item:
    """Turn a document into a record, or refuse it."""
    paragraphs = [
        line
        for paragraph in part.paragraphs
        if paragraph.text or paragraph.marks
        for line in _lines(paragraph)
    ]
    fields = _Fields()
    fields.document_id = _content_id(paragraphs)
    start, inline = _body_start(paragraphs)
    if start is None:
        rest = fields.read_header_and_find_text(paragraphs)
    else:
        fields.read_header(paragraphs[:start], is_uni=not part.counted, started=part.started)
        rest = [Paragraph(inline), *paragraphs[start + 1 :]] if inline else paragraphs[start + 1 :]
    text = fields.read_text(rest)
    if fields.repeated:
        return Refusal(
            str(number),
            "not_split",
            f"the document has the field '{fields.repeated}' twice, so it may be several articles. "
            "Is the line between them damaged? Export it again, unedited",
            title=fields.title or None,
        )
    if not text:
        shown = unwrapped(" ".join(paragraph.text for paragraph in paragraphs))[:120]
        return Refusal(
            str(number), "no_text", f"the document has no text: '{shown}'", title=fields.title or None
        )
    return fields.record(number, text)


def _content_id(paragraphs: list[Paragraph]) -> str:
    """Return the number of the document, which is in the link of its headline; empty if there is none."""
    links = [link for paragraph in paragraphs[:_MOST_LINES] for link in paragraph.links]
    found = next((match for link in links if (match := _CONTENT_ID.search(link))), None)
    return found[1] if found else ""


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of a centred paragraph: outlet, date and edition may each be on one. Others stay whole."""
    if not paragraph.centred or "\n" not in paragraph.text:
        return [paragraph]
    texts: list[str] = []
    for line in map(str.strip, paragraph.text.split("\n")):
        if texts and COPYRIGHT.match(texts[-1]) and (_RIGHTS.search(line) or line[:1].islower()):
            texts[-1] += f" {line}"
        elif line:
            texts.append(line)
    return [Paragraph(text, centred=True, bold=len(text) if paragraph.bold else 0) for text in texts]


def _body_start(paragraphs: list[Paragraph]) -> tuple[int | None, str]:
    """Return the place of the heading of the text, and the text on the same line."""
    for place, paragraph in enumerate(paragraphs):
        if any(_BODY_MARK.fullmatch(mark) for mark in paragraph.marks):
            return place, ""
        label = _labelled(paragraph)
        if label and label[0] == "body":
            return place, label[1]
        if field_of(paragraph.text, "nexis") == "body" and (
            paragraph.bold == len(paragraph.text) or any(_labelled(before) for before in paragraphs[:place])
        ):
            return place, ""
        if label and label[0] in _TRAILING:
            break
    return None, ""


def _labelled(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return the field and the value of a paragraph that begins with a label.

    A label that is not known counts if it is written as only labels are: bold and in capitals, or with a non-breaking
    space after the colon.
    """
    match = _LABEL.match(paragraph.text)
    if match is None:
        return ("length", paragraph.text) if _BARE_LENGTH.fullmatch(paragraph.text) else None
    label, value = match[1], unwrapped(paragraph.text[match.end() :])
    known = field_of(label, "nexis")
    if known == "length" and not value[:1].isdigit():
        return None
    is_bold = paragraph.bold >= len(label)
    if _UNI_LABEL.match(paragraph.text) and (known or is_bold):
        return known or plain_label(label), value
    if label.upper() == label and (known or (is_bold and paragraph.bold < len(paragraph.text))):
        return known or plain_label(label), value
    return (known, value) if known and is_bold else None


def _begins_fields(paragraph: Paragraph) -> bool:
    label = _labelled(paragraph)
    return label is not None and label[0] in _BEFORE


_TRAILING = {
    "load_date", "language", "publication_type", "subject", "organization", "company", "ticker", "industry", "person",
    "geographic", "graphic", "correction", "document_type", "journal_code", "issn", "publication_place",
    "original_page",
}  # fmt: skip
_AFTER = {*_TRAILING, "section", "length"}


class _Fields:
    """The fields of one document as they are found."""

    def __init__(self) -> None:
        self.title = self.outlet = self.date = self.document_id = ""
        self.values: dict[str, str] = {}
        self.repeated = ""

    def add(self, name: str, value: str) -> None:
        """Keep a value; values of the same field are joined."""
        if value and name in self.values and name in _ONCE:
            self.repeated = name
        add_value(self.values, name, value)

    def read_header(self, paragraphs: list[Paragraph], *, is_uni: bool, started: bool) -> None:
        """Read what stands before the text when its beginning is marked."""
        lines = []
        for paragraph in paragraphs:
            label = _labelled(paragraph)
            if label is not None and (self.values or label[0] in _BEFORE):
                self.add(*label)
            elif COPYRIGHT.match(paragraph.text):
                self.add("copyright", unwrapped(paragraph.text))
            elif paragraph.text and not self.values.keys() & _BEFORE:
                lines.append(paragraph)
        if is_uni:
            self._read_uni_lines(lines, started=started)
        else:
            self.read_header_and_find_text(lines)

    def read_header_and_find_text(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """Read what stands before the text, and return the paragraphs from its beginning on."""
        place = self._read_names(paragraphs)
        unlabelled = 0
        while place + unlabelled < len(paragraphs) and _labelled(paragraphs[place + unlabelled]) is None:
            unlabelled += 1
        fields_follow = place + unlabelled < len(paragraphs) and unlabelled <= _MOST_TITLE_LINES
        if not self.title and unlabelled and (fields_follow or unlabelled > 1):
            self.title = unwrapped(paragraphs[place].text)
            place, unlabelled = place + 1, unlabelled - 1
            if fields_follow and _begins_fields(paragraphs[place + unlabelled]):
                for line in paragraphs[place : place + unlabelled]:
                    self.add("byline", unwrapped(line.text))
                place += unlabelled
        while (
            place < len(paragraphs) and (label := _labelled(paragraphs[place])) and label[0] not in _TRAILING
        ):
            self.add(*label)
            place += 1
        return paragraphs[place:]

    def _read_names(self, paragraphs: list[Paragraph]) -> int:
        """Read outlet, date and edition, and a headline before the date; return how many paragraphs they are.

        They are centred, the headline is not. In RTF, nothing may be.
        """
        unlabelled = list(takewhile(lambda line: line.centred or _labelled(line) is None, paragraphs))[
            :_MOST_LINES
        ]
        dated = next((n for n, line in enumerate(unlabelled) if _is_date_line(unwrapped(line.text))), None)
        centred = any(line.centred for line in unlabelled)
        place = 0
        for place, line in enumerate(unlabelled):
            text = unwrapped(line.text)
            before_date = dated is not None and place < dated
            if label := _labelled(line):
                self.add(*label)
            elif COPYRIGHT.match(text):
                self.add("copyright", text)
            elif _ADDRESS.fullmatch(text.replace(" ", "")):
                self.add("url", text.replace(" ", ""))
            elif place == dated:
                self.date = text
            elif not self.outlet and (before_date or dated is None) and (line.centred or not centred):
                self.outlet = text
            elif centred and before_date and not line.centred:
                self.title = f"{self.title} {text}".strip()
            elif self.date and _TIME_LINE.match(text):
                self.date += f" {text}"
            elif (
                line.centred
                or before_date
                or (not centred and (_EDITION.search(text) or _is_date_line(text)))
            ):
                self.add("edition", text)
            else:
                return place
        return place + 1 if unlabelled else 0

    def _read_uni_lines(self, lines: list[Paragraph], *, started: bool) -> None:
        """Read headline, outlet and date in the order of Nexis Uni. The headline is bold."""
        texts = [unwrapped(line.text) for line in lines]
        dated = [place for place, text in enumerate(texts) if place and _is_date_line(text)]
        place = dated[-1] if dated else len(lines)
        self.date = texts[place] if dated else ""
        start, end = _bold_block(lines[:place], first=started)
        if start == end and place > 1:  # nothing is bold
            start, end = (0 if started else place - 2), place - 1
        self.title = " ".join(texts[start:end])
        after = [text for text, line in zip(texts[end:place], lines[end:place], strict=True) if not line.bold]
        self.outlet = after[0] if after else ""
        for text in after[1:]:
            self.add("edition", text)

    def read_text(self, paragraphs: list[Paragraph]) -> str:
        """Return the text, and read the fields after it."""
        text: list[Paragraph] = []
        abstract: list[Paragraph] = []
        current, target = "", text
        for paragraph in paragraphs:
            label = _labelled(paragraph)
            heading = _heading(paragraph)
            if label is not None and label[0] == "body" and not current:
                text.append(Paragraph(label[1]))
            elif label is not None and (current or label[0] in _AFTER or _UNI_LABEL.match(paragraph.text)):
                current = label[0]
                self.add(*label)
            elif heading in _HEADINGS:
                current = str(heading)
            elif current:
                current = self._add_after_text(current, paragraph)
            elif heading == "abstract":
                target = abstract
            elif heading == "full_text":
                target = text
            elif COPYRIGHT.match(paragraph.text) and paragraph.centred:
                current = "copyright"
                self.add("copyright", unwrapped(paragraph.text))
            else:
                target.append(paragraph)
        self.add("abstract", unwrapped(joined(abstract)) if text else "")
        return self._without_address(text or abstract)

    def _add_after_text(self, current: str, paragraph: Paragraph) -> str:
        """Add a line after the text to the field that it continues, and return that field."""
        value = unwrapped(paragraph.text)
        if COPYRIGHT.match(value) or (current == "copyright" and value):
            self.add("copyright", value)
            return "copyright"
        if current in _HEADINGS:
            self.add(current, value)
        elif value and current in self.values:
            self.values[current] += f" {value}"
        return current

    def _without_address(self, paragraphs: list[Paragraph]) -> str:
        """Return the text without the address of the article, which some outlets put below it."""
        filled = [paragraph for paragraph in paragraphs if paragraph.text]
        if len(filled) > 1 and (match := _ADDRESS.fullmatch(filled[-1].text)):
            if match[2]:
                self.add("url", filled[-1].text)
            filled.pop()
        return joined(filled)

    def record(self, number: int, text: str) -> Record:
        """Return the document as a record."""
        others = dict(self.values)
        return Record(
            str(number),
            {
                "article_id": self.document_id,
                "title": self.title or others.pop("headline", ""),
                "outlet": self.outlet.rstrip("."),
                "published": find_date(self.date) if self.date else None,
                "author": others.pop("byline", None),
                "url": others.pop("url", None),
                "text": text,
            },
            others,
            stated_words(others.get("length", "")),
        )


def _bold_block(lines: list[Paragraph], *, first: bool) -> tuple[int, int]:
    """Return where the first or the last block of bold lines begins and ends; an empty range if nothing is bold."""
    bold = [place for place, line in enumerate(lines) if line.bold]
    if not bold:
        return 0, 0
    start = end = bold[0] if first else bold[-1]
    while end + 1 < len(lines) and lines[end + 1].bold:
        end += 1
    while start > 0 and lines[start - 1].bold:
        start -= 1
    return start, end + 1


def _heading(paragraph: Paragraph) -> str | None:
    """Return the field of a heading that stands alone and is bold."""
    if not paragraph.text or len(paragraph.text) > 40 or paragraph.bold < len(paragraph.text):
        return None
    plain = plain_label(paragraph.text)
    if paragraph.text.isupper() and plain in ("abstract", "full text"):
        return plain.replace(" ", "_")
    return field_of(paragraph.text, "nexis")


def _is_date_line(text: str) -> bool:
    """Whether a line gives a date, at least a month and a year, and begins with it or with the day of the week."""
    if len(text) > _LONGEST_DATE_LINE or not _YEAR.search(text):
        return False
    first = re.findall(r"[^\s,.;]+", text)[:4]
    if find_date(text) is not None:
        return any(word[0].isdigit() or month_number(word) for word in first[:3])
    return any(month_number(word) for word in first[:2]) and len(text.split()) <= 4


READER = Reader((".docx", ".rtf", ".html", ".txt"), read_nexis, name="Nexis", recognises=_is_nexis)
