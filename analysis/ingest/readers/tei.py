"""TEI, the format of edited texts and of many corpora: one text or a corpus of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.ingest.encoding import read_bytes
from analysis.ingest.limits import VALUES_OF_A_RECORD, check_count
from analysis.ingest.readers.html_pages import without_headline
from analysis.ingest.records import Item, Reader, Record, Refusal, UnreadableFile, add_value

_CHUNK = 65_536
_MAX_ELEMENTS = 1_000_000  # of a text; the longest that is measured has 200,000 words
_ROOT = re.compile(r"<(?:\w+:)?(?:TEI|TEI\.2|teiCorpus|teiCorpus\.2)[\s>]")
_TEXTS = ("{*}TEI", "{*}TEI.2")
_BLOCKS = frozenset(
    {
        "ab", "body", "byline", "castItem", "closer", "dateline", "desc", "div", "div1", "div2", "div3", "div4",
        "div5", "div6", "div7", "docImprint", "epigraph", "floatingText", "group", "head", "item", "l", "label", "lg",
        "list", "opener", "p", "postscript", "quote", "row", "salute", "signed", "sp", "speaker", "stage", "table",
        "text", "titlePart", "trailer", "u",
    }
)  # fmt: skip
# Notes, running headers, descriptions of figures, and the readings of an editor beside those of the source.
_SKIPPED = frozenset(
    {"note", "fw", "figDesc", "del", "reg", "corr", "expan", "rdg", "teiHeader", "back", "front"}
)
_DATES = ("when", "when-iso", "notBefore", "from", "value")
_JOURNAL = ("j", "s", "m")
_TOKENS = frozenset({"w", "pc", "s"})
_WHITE = re.compile(r"\s+")
_OPENS, _CLOSES = "([{«“‘„¿¡", ".,;:!?)]}»”’%…"


def read_tei(path: Path) -> Iterator[Item]:
    """Read the texts of a TEI file (TEI P5 or P4); those of a teiCorpus one by one.

    Title, outlet, date, author and address come from the header: those of the source that it describes, where it
    does, or those of the edition. The text is the body, with a blank line between paragraphs, without notes, running
    headers and the readings of an editor. A text that is a group of texts gives an article for each. The row is the
    number of the text in the file, or its `xml:id`.

    Raises
    ------
    UnreadableFile
        The file cannot be read, or holds no text.
    """
    from lxml import etree

    data = read_bytes(path)
    check_count(path, data.count(b"<"), "XML tags", each=VALUES_OF_A_RECORD)
    parser = etree.XMLPullParser(events=("end",), tag=_TEXTS, no_network=True, huge_tree=False)
    number, damage = 0, ""
    for start in range(0, len(data), _CHUNK):
        try:
            parser.feed(data[start : start + _CHUNK])
        except etree.XMLSyntaxError as error:
            damage = str(error)
        for _, element in parser.read_events():
            number += 1
            yield from _articles(element, str(number))
            element.clear()
        if damage:
            break
    if not damage:
        damage = _end(parser)
    if damage and not number:
        raise UnreadableFile(
            f"the XML is damaged: {damage}", path=path, reason="unreadable", remedy="export it again"
        )
    if damage:
        yield Refusal(
            None,
            "unreadable",
            f"the XML is damaged after text {number:,} ({damage}); what follows is lost; export it again",
        )
    elif not number:
        raise UnreadableFile(
            "the TEI file holds no text", path=path, reason="no_text", remedy="export it with its texts"
        )


def _end(parser: Any) -> str:
    from lxml import etree

    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        return str(error)
    return ""


def _articles(element: Any, row: str) -> Iterator[Record | Refusal]:
    """Yield the article of a TEI element, or those of a group of texts."""
    header = _child(element, "teiHeader")
    fields, others = _header(header) if header is not None else ({}, {})
    row = _id(element) or row
    if identifier := _id(element) or fields.get("article_id"):
        fields["article_id"] = identifier
    texts = [text for text in element.iter("{*}text") if next(text.iterdescendants("{*}text"), None) is None]
    if not texts:
        yield Refusal(
            row, "no_text", "the TEI element has no text; export it with its text", fields.get("title")
        )
    for number, text in enumerate(texts, start=1):
        if sum(1 for _ in text.iter()) > _MAX_ELEMENTS:
            yield Refusal(row, "too_long", f"the text has more than {_MAX_ELEMENTS:,} elements; divide it")
        elif len(texts) == 1:
            yield _article(text, row, fields, others)
        else:
            own = {**fields, "article_id": _id(text), "title": _heading(text)}
            yield _article(text, f"{row}.{number}", own, {**others, "collection": fields.get("title", "")})


def _article(text: Any, row: str, fields: dict[str, str], others: dict[str, str]) -> Record:
    title = fields.get("title") or _heading(text)
    words = without_headline("\n\n".join(_paragraphs(text)), title)
    return Record(row, {**fields, "title": title, "text": words}, others)


def _heading(text: Any) -> str:
    for name in ("titlePart", "head"):
        if (found := next(text.iter(f"{{*}}{name}"), None)) is not None:
            return _line(found)
    return ""


def _header(header: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a header says of its text: fields of an article, and others."""
    source = _first(header, "sourceDesc")
    edition = _first(header, "publicationStmt")
    titles = _titles(_first(header, "titleStmt")) or _titles(_first(source, "analytic"))
    journal = _journal(source)
    publisher = _text_of(edition, "publisher", "authority", "distributor")
    fields = {
        "title": titles[0] if titles else "",
        "outlet": journal or _text_of(source, "publisher") or publisher,
        "published": _date(source) or _date(_first(header, "creation")) or _date(edition),
        "author": "; ".join(dict.fromkeys(_authors(header))),
        "url": _address(source) or _address(edition),
        "article_id": next((_line(idno) for idno in _all(edition, "idno") if not _is_address(idno)), ""),
    }
    others: dict[str, str] = {}
    for further in titles[1:]:
        add_value(others, "subtitle", further)
    if publisher != fields["outlet"]:
        add_value(others, "publisher", publisher)
    for term in [*_all(_first(header, "textClass"), "term"), *_all(_first(header, "textClass"), "catRef")]:
        add_value(others, "keywords", _line(term) or term.get("target", ""))
    return {name: value for name, value in fields.items() if value}, others


def _titles(within: Any) -> list[str]:
    """Return the titles, the main title first."""
    found = [title for title in _all(within, "title") if title.get("level") in {None, "a"} and _line(title)]
    return [
        _line(title) for title in sorted(found, key=lambda title: title.get("type") not in {None, "main"})
    ]


def _journal(source: Any) -> str:
    titles = {title.get("level"): _line(title) for title in reversed(list(_all(source, "title")))}
    return next((titles[level] for level in _JOURNAL if titles.get(level)), "")


def _authors(header: Any) -> Iterator[str]:
    for within in ("titleStmt", "sourceDesc"):
        found = [name for author in _all(_first(header, within), "author") if (name := _line(author))]
        if found:
            yield from found
            return


def _date(within: Any) -> str:
    for date in _all(within, "date"):
        stated = [value for name in _DATES if (value := date.get(name))]
        if stated or _line(date):
            return str((stated or [_line(date)])[0])
    return ""


def _address(within: Any) -> str:
    for name in ("ref", "ptr", "idno"):
        for element in _all(within, name):
            found = element.get("target") or _line(element)
            if found.startswith(("http://", "https://")):
                return str(found)
    return ""


def _is_address(idno: Any) -> bool:
    return _line(idno).startswith(("http://", "https://"))


def _text_of(within: Any, *names: str) -> str:
    return next((_line(element) for name in names for element in _all(within, name) if _line(element)), "")


def _first(within: Any, name: str) -> Any:
    return next(_all(within, name), None)


def _all(within: Any, name: str) -> Iterator[Any]:
    return iter(()) if within is None else within.iter(f"{{*}}{name}")


def _child(element: Any, name: str) -> Any:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def _id(element: Any) -> str:
    return str(element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get("id") or "")


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _paragraphs(text: Any) -> Iterator[str]:
    """Yield the paragraphs of a text; the lines of a stanza are one."""
    pieces: list[str] = []
    # (element, whether it is being left); a stack, because elements can be nested very deeply
    stack: list[tuple[Any, bool]] = [(text, False)]
    while stack:
        element, leaving = stack.pop()
        name = _name(element)
        if name in _BLOCKS:
            if name == "l" and _name(element.getparent()) == "lg":
                pieces.append("\n" if leaving else "")
            else:
                yield from _flushed(pieces)
        if not leaving and name and name not in _SKIPPED:
            pieces.append(_before(element, name, pieces) + _WHITE.sub(" ", element.text or ""))
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
        elif element is not text:
            pieces.append(_WHITE.sub(" ", element.tail or ""))
    yield from _flushed(pieces)


def _before(element: Any, name: str, pieces: list[str]) -> str:
    """Return the space before a token or at the end of a line, where the file has none."""
    if name in {"lb", "pb", "cb"}:
        return "" if element.get("break") == "no" else " "
    before = element.getprevious()
    if name not in _TOKENS or before is None or _name(before) not in _TOKENS or before.tail:
        return ""
    joined = element.get("join") in {"left", "both"} or before.get("join") in {"right", "both"}
    word = "".join(element.itertext())
    last = next((piece[-1] for piece in reversed(pieces) if piece), "")
    return "" if joined or word[:1] in _CLOSES or last in _OPENS else " "


def _flushed(pieces: list[str]) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    if paragraph := "\n".join(filter(None, lines)):
        yield paragraph
    pieces.clear()


def _is_tei(head: str) -> bool:
    """Whether the root element of a file is one of TEI, judged by its beginning."""
    return _ROOT.search(head[:20_000]) is not None


READER = Reader((".xml",), read_tei, name="TEI", recognises=_is_tei)
