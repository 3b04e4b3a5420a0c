"""Exports of Europresse (Eureka.cc): HTML, in the older and in the present layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.dates import find_date
from analysis.ingest.encoding import read_page
from analysis.ingest.labels import COPYRIGHT
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.paragraphs import Paragraph, joined, unwrapped
from analysis.ingest.records import Item, Reader, Record, Refusal, add_value, no_article_in

_SIGN = re.compile(r"class\s*=\s*[\"'](?:[^\"']*\s)?(?:rdp__)?DocPublicationName", re.IGNORECASE)
_ARTICLE = re.compile(r"(?=<article\b)", re.IGNORECASE)
_OLD_ARTICLE = re.compile(r"(?=<span\b[^>]*class\s*=\s*[\"']?DocPublicationName)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:news|web|cinf|biom|news_hc|\w{2,8})·(\d{8})·[\w-]{2,12}·[\w-]+")
_ISSUE = re.compile(
    r"\s*,\s*(?:no\.?|n[°º]|nº|vol\.?|numéro|issue)\s*[\w.-]*\d.*$", re.IGNORECASE | re.DOTALL
)
_WORDS = re.compile(
    r"(?<!\d)(\d{1,3}(?:[\s\xa0]\d{3})+|\d{1,5})\s*(?:mots|words|palabras|Wörter)\b", re.IGNORECASE
)
_PAGE = re.compile(r",?\s*\bp\.\s*([\w*-]+(?:,\s*[\w*-]+)*)\s*$")
_NOT_TEXT = ("apd-wrapper", "docImages", "rdp__images")
_NAME, _HEADER, _TITLE = "DocPublicationName", "DocHeader", "titrearticlevisu"


def _is_europresse(head: str) -> bool:
    return _SIGN.search(head) is not None


def read_europresse(path: Path) -> Iterator[Item]:
    """Read the articles of an export of Europresse, numbered by their order in the file.

    The id is the document number, such as ``news·20210529·LF·001``. Section, page, notes and the copyright line
    become `extra_*` columns; the certificate below each article is left out.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or no article was found in it.
    """
    text = read_page(path)
    splits = _ARTICLE if _ARTICLE.search(text) else _OLD_ARTICLE
    number = 0
    for number, part in enumerate(splits.split(text)[1:], start=1):
        root = parse_html(part)
        fields = _Fields()
        if root is not None:
            (fields.read if splits is _ARTICLE else fields.read_old)(root)
        yield fields.item(number)
    if not number:
        raise no_article_in(path, "Europresse")


class _Fields:
    """The fields of one article."""

    def __init__(self) -> None:
        self.title = self.outlet = self.header = self.author = self.text = self.number = ""
        self.others: dict[str, str] = {}
        self.words: int | None = None

    def read(self, root: Any) -> None:
        """Read an article of the present layout: header, text, notes and footer are elements of their own."""
        header = _first(root, "header")
        self._read_names(header if header is not None else root)
        if header is not None:
            self._read_around_title(header)
        texts = (
            _with_class(root, "doctext")
            or _with_class(root, "dococcurrcontainer")
            or list(root.iter("section"))
        )
        outer = [
            element for element in texts if not any(parent in texts for parent in element.iterancestors())
        ]
        self.text = joined([line for element in outer for line in html_paragraphs(element, skip=_NOT_TEXT)])
        for aside in root.iter("aside"):
            self._add("notes", _text(aside))
        for footer in root.iter("footer"):
            self._read_footer(_text(footer), [_text(part) for part in footer.iter("small", "p", "span")])

    def read_old(self, root: Any) -> None:
        """Read an article of the older layout: names in spans, and everything else between line breaks."""
        self._read_names(root)
        paragraphs = [
            Paragraph(line.strip(), paragraph.bold)
            for paragraph in html_paragraphs(root)
            for line in paragraph.text.split("\n")
            if line.strip()
        ]
        texts = [unwrapped(line.text) for line in paragraphs]
        start = texts.index(self.title) if self.title in texts else -1
        if start > 0 and texts[start - 1] not in self.header and self.outlet not in texts[start - 1]:
            self._add("subtitle", texts[start - 1])
        ends = (
            n for n, text in enumerate(texts) if n > start and (COPYRIGHT.match(text) or _NUMBER.search(text))
        )
        end = next(ends, len(paragraphs))
        inner = paragraphs[start + 1 : end]
        if self._author_follows(root) and len(inner) > 1:
            self.author = unwrapped(inner.pop(0).text)
        self.text = joined(inner)
        rest = [line.text for line in paragraphs[end:]]
        self._read_footer(" ".join(rest), rest)

    @staticmethod
    def _author_follows(root: Any) -> bool:
        """Whether text stands between the headline and the first paragraph of the text."""
        titles = _with_class(root, _TITLE)
        if not titles:
            return False
        pieces = [titles[0].tail or ""]
        for element in titles[0].itersiblings():
            if element.tag != "br":
                return (
                    element.tag == "p"
                    and not "".join(element.itertext()).strip()
                    and bool("".join(pieces).strip())
                )
            pieces.append(element.tail or "")
        return False

    def _read_names(self, root: Any) -> None:
        name = unwrapped(" ".join(_text(element) for element in _with_class(root, _NAME)[:1]))
        self.outlet = _ISSUE.sub("", name)
        self._add("issue", name[len(self.outlet) :].strip(" ,") if name != self.outlet else "")
        self.header = unwrapped(" ".join(_text(element) for element in _with_class(root, _HEADER)))
        self.title = unwrapped(" ".join(_text(element) for element in _with_class(root, _TITLE)[:1]))
        if words := _WORDS.search(self.header):
            self.words = int(re.sub(r"\D", "", words[1]))
            self._add("length", words[0])
        if page := _PAGE.search(self.header):
            self._add("page", page[1])
        section, comma, _ = self.header.partition(",")
        if comma and find_date(section) is None and not section.startswith(self.outlet):
            self._add("section", section)

    def _read_around_title(self, header: Any) -> None:
        """Read section or subtitle before the headline, and the byline after it."""
        block = next(iter(_with_class(header, "titrearticle")), None)
        authors = _with_class(header, "docauthors") or _with_class(header, "sm-margin-bottomnews")
        if authors:
            self.author = _text(authors[-1])
        if block is None:
            return
        for element in block.iter("p"):
            if (value := _text(element)) and value != self.title:
                self._add("subtitle", value)
        if not self.title:
            self.title = _text(block)
        if not self.author:
            after = [_text(element) for element in block.itersiblings("div", "p")]
            self.author = next((value for value in after if value), "")

    def _read_footer(self, text: str, lines: list[str]) -> None:
        if number := _NUMBER.search(text):
            self.number = number[0]
        self._add("copyright", next((line for line in lines if COPYRIGHT.match(line)), ""))

    def _add(self, name: str, value: str) -> None:
        add_value(self.others, name, unwrapped(value))

    def item(self, number: int) -> Item:
        """Return the article as a record, or refuse it if it has no text."""
        if not self.text:
            return Refusal(
                str(number),
                "no_text",
                "the article has no text",
                title=self.title or None,
                article_id=self.number or None,
            )
        day = _NUMBER.fullmatch(self.number)
        return Record(
            str(number),
            {
                "article_id": self.number,
                "title": self.title,
                "outlet": self.outlet,
                "published": find_date(self.header) or (day[1] if day else None),
                "author": self.author or None,
                "text": self.text,
            },
            self.others,
            self.words,
        )


def _text(element: Any) -> str:
    return unwrapped("".join(element.itertext()))


def _first(root: Any, tag: str) -> Any:
    return next(root.iter(tag), None)


def _with_class(root: Any, name: str) -> list[Any]:
    """Return the elements that have a class, compared without case and without the prefix of the present layout."""
    return [
        element
        for element in root.iter()
        if isinstance(element.tag, str)
        and name.lower()
        in {part.removeprefix("rdp__").lower() for part in (element.get("class") or "").split()}
    ]


READER = Reader((".html",), read_europresse, name="Europresse", recognises=_is_europresse)
