"""News of agencies in the XML of the IPTC: NewsML 1.2, NewsML-G2 and NITF, with any number of items in a file."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from analysis.corpus import count_words
from analysis.ingest.encoding import text_chunks, whole_characters
from analysis.ingest.labels import stated_words
from analysis.ingest.markup.html import html_paragraphs, parse_html
from analysis.ingest.markup.paragraphs import Paragraph, joined
from analysis.ingest.readers.html_pages import too_many_tags
from analysis.ingest.records import Item, Note, Reader, Record, Refusal, UnreadableFile, no_article_in
from analysis.ingest.sniffing import look, root_element
from analysis.ingest.streams import split_stream

_DEEPEST = 255  # as libxml2 has it
_ROWS_SHOWN = 5
_LONGEST = 10_000_000  # characters of an item; libxml2 reads no longer text either
_ROOTS = frozenset({"NewsML", "NewsItem", "newsMessage", "newsItem", "packageItem", "nitf"})
_ITEM = re.compile(
    r"<(?:[\w.-]+:)?(?:NewsItem|newsItem|(packageItem|conceptItem|knowledgeItem|planningItem))(?=[\s/>])"
)
_NITF = re.compile(r"<(?:[\w.-]+:)?nitf(?=[\s>])")
_SHORTEST = 50  # characters of an item with a text
_END = re.compile(r"</(?:[\w.-]+:)?(?:NewsItem|newsItem|nitf)\s*>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0|x0+);")
_MARKUP = re.compile(r"</?(?:p|br|div|span|b|i|strong|em|h\d)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n\s*\n|\n[ \t]{2,}")
_BLOCKS = {"block": "div", "hl1": "h1", "hl2": "h2"}
_NOT_TEXT = (
    "head",
    "body.head",
    "body.end",
    "media",
    "nitf-table",
    "script",
    "style",
    "figure",
    "nav",
    "header",
    "footer",
)
_BESIDE = frozenset({"caption", "thumbnail", "preview", "quicklook", "summary", "abstract", "keywords"})


def _is_newsml(head: str) -> bool:
    return root_element(head) in _ROOTS


def read_newsml(path: Path) -> Iterator[Item]:
    """Read the items of a file in NewsML 1.2, NewsML-G2 or NITF, numbered by their order; it is read as a stream.

    The outlet is the provider. An item without text (a picture, a video) is refused; packages, which only list items,
    are counted in a note. The id is that of the item, with its version.

    Raises
    ------
    UnreadableFile
        The file cannot be opened, or holds no item.
    """
    start = _ITEM if _ITEM.search(look(path).head) else _NITF
    parts = split_stream(text_chunks(path), start, longest=_LONGEST)
    number, left_out, damaged = 0, Counter[str](), list[str]()
    try:
        next(parts, None)  # what is before the first item
        for number, part in enumerate(parts, start=1):
            match = _ITEM.match(part or "")
            if match and match[1]:
                left_out[match[1]] += 1
            else:
                item = _Parsed.of(part)
                yield from _items(number, item)
                damaged.extend([str(number)] if item.is_damaged else [])
    except UnreadableFile as error:
        if not number:
            raise
        yield Refusal(str(number + 1), error.reason, f"{error}; the {number:,} items before it were read")
    if not number:
        raise no_article_in(path, "NewsML", "item")
    if damaged:
        rows = f"{', '.join(damaged[:_ROWS_SHOWN])}{', ...' if len(damaged) > _ROWS_SHOWN else ''}"
        yield Note(f"row {rows}: the item is not valid XML; check whether text is missing")
    if left_out:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(left_out.items()))
        yield Note(f"not read as articles: {kinds}")


def _items(number: int, item: _Parsed) -> Iterator[Item]:
    """Yield the article of an item, or several if its parts have headlines of their own."""
    root = item.root
    if root is None:
        yield Refusal(str(number), *item.why_not)
        return
    kinds: dict[str, type[_NewsItem | _G2Item]] = {"NewsItem": _NewsItem, "newsItem": _G2Item}
    articles = kinds.get(root.tag, _Nitf)(root).articles()
    for place, (fields, others) in enumerate(articles, start=1):
        row = str(number) if len(articles) == 1 else f"{number}.{place}"
        if fields["article_id"] and len(articles) > 1:
            fields["article_id"] += f"#{place}"
        if fields["text"]:
            length = stated_words(others.get("length", ""))
            yield Record(row, fields, {name: value for name, value in others.items() if value}, length)
        else:
            what = others.get("item_class") or "only data about it"
            yield Refusal(
                row, "no_text", f"the item has no text ({what})", fields["title"] or None,
                fields["article_id"] or None,
            )  # fmt: skip


@dataclass(frozen=True)
class _Parsed:
    """The root element of an item with names without name spaces; None if there is a reason why not."""

    root: Any = None
    why_not: tuple[str, str] = ("unreadable", "the item cannot be parsed as XML; export it again")
    is_damaged: bool = False

    @classmethod
    def of(cls, part: str | None) -> _Parsed:
        """Parse an item by itself, so that an error in it stays in it."""
        from lxml import etree

        if part is None:
            return cls(why_not=("too_large", f"the item has more than {_LONGEST:,} characters"))
        if len(part) < _SHORTEST:
            return cls(why_not=("no_text", "the item is empty"))
        if why := too_many_tags(part):
            return cls(why_not=("too_long", why))
        ends = [match.end() for match in _END.finditer(part)]
        source = _NOT_XML.sub(" ", _ENTITY.sub(_character, part[: ends[-1]] if ends else part))
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(whole_characters(source).encode(), parser)
        errors = {error.type_name for error in parser.error_log if error.level_name == "FATAL"}
        if "ERR_RESOURCE_LIMIT" in errors:
            return cls(why_not=("nested", f"the item has more than {_DEEPEST} elements inside one another"))
        if root is None:
            return cls()
        for element in root.iter(etree.Element):
            name = element.tag.rpartition("}")[2].rpartition(":")[2]
            element.tag = name if _NAME.fullmatch(name) else "unknown"
        return cls(root, is_damaged=bool(errors))


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity of HTML, which XML does not know."""
    return match[0] if match[1] in _OF_XML else unescape(match[0])


_Article = tuple[dict[str, Any], dict[str, Any]]


class _NewsItem:
    """An item of NewsML 1.2."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def articles(self) -> list[_Article]:
        """Return fields and other fields of each article."""
        found = [(component, _component_text(component)) for component in self.root.iter("NewsComponent")]
        texts = [(component, text) for component, text in found if text]
        headlines = {self._line(component, "HeadLine") for component, _ in texts}
        if len(headlines) < 2 and texts:  # versions of one text
            texts = [max(texts, key=lambda one: len(one[1]))]
        if not texts:
            component = self.root.find("NewsComponent")
            texts = [(self.root if component is None else component, "")]
        return [self._article(component, text) for component, text in texts]

    def _article(self, component: Any, text: str) -> _Article:
        nitf = _Nitf(component)
        provider = _near(component, "AdministrativeMetadata/Provider/Party/@FormalName")
        source = _near(component, "AdministrativeMetadata/Source/Party/@FormalName")
        fields = {
            "article_id": _first(self.root, "Identification/NewsIdentifier/PublicIdentifier")
            or self._made_id(),
            "title": self._line(component, "HeadLine") or nitf.title,
            "outlet": provider or source or nitf.outlet or _first(self.root, ".//ProviderId"),
            "published": _first(self.root, "NewsManagement/ThisRevisionCreated")
            or _first(self.root, "NewsManagement/FirstCreated")
            or _first(self.root, ".//DateId"),
            "author": self._line(component, "ByLine") or nitf.author,
            "text": text,
        }
        others = {
            "dateline": self._line(component, "DateLine") or nitf.dateline,
            "subtitle": self._line(component, "SubHeadLine"),
            "slugline": self._line(component, "SlugLine"),
            "keywords": self._line(component, "KeywordLine"),
            "credit": self._line(component, "CreditLine"),
            "copyright": self._line(component, "CopyrightLine"),
            "status": _first(self.root, "NewsManagement/Status/@FormalName"),
            "language": _near(component, "DescriptiveMetadata/Language/@FormalName"),
            "source": source if source != provider else "",
            "item_class": "; ".join(dict.fromkeys(self.root.xpath(".//ContentItem/MediaType/@FormalName"))),
        }
        return fields, others

    def _line(self, component: Any, name: str) -> str:
        return _near(component, f"NewsLines/{name}")

    def _made_id(self) -> str:
        names = ("ProviderId", "DateId", "NewsItemId", "RevisionId")
        parts = [_first(self.root, f".//NewsIdentifier/{name}") for name in names]
        return ":".join(parts) if parts[2] else ""


def _component_text(component: Any) -> str:
    """Return the text of a component of NewsML 1.2, without that of the components in it; empty if it has none."""
    roles = {role.lower() for role in component.xpath("Role/@FormalName")}
    if roles & _BESIDE:
        return ""
    texts = [
        _body_text(content)
        for item in component.findall("ContentItem")
        if (item.xpath("string(MediaType/@FormalName)") or "Text").lower() in ("text", "complexdata")
        for content in item.findall("DataContent")
    ]
    return "\n\n".join(filter(None, texts))


class _G2Item:
    """An item of NewsML-G2."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def articles(self) -> list[_Article]:
        """Return fields and other fields of the article, in a list."""
        root = self.root
        texts = [
            _body_text(content)
            for content in root.xpath("contentSet/inlineXML | contentSet/inlineData")
            if "base64" not in (content.get("encoding") or "")
        ]
        guid, version = root.get("guid") or "", root.get("version") or ""
        words = _first(root, "contentSet/inlineXML/@wordcount")
        nitf = _Nitf(root)
        fields = {
            "article_id": f"{guid}:{version}" if guid and version else guid,
            "title": _first(root, "contentMeta/headline") or nitf.title or _first(root, "itemMeta/title"),
            "outlet": _named(root, "itemMeta/provider") or nitf.outlet,
            "published": _first(root, "itemMeta/versionCreated")
            or _first(root, "contentMeta/contentCreated")
            or _first(root, "itemMeta/firstCreated"),
            "author": _first(root, "contentMeta/by", " ")
            or nitf.author
            or _person(_named(root, "contentMeta/creator")),
            "text": max(texts, key=count_words, default=""),  # the others are versions of it
        }
        others = {
            "dateline": _first(root, "contentMeta/dateline")
            or nitf.dateline
            or _named(root, "contentMeta/located"),
            "slugline": _first(root, "contentMeta/slugline"),
            "keywords": "; ".join(_texts(root, "contentMeta/keyword")),
            "subject": "; ".join(_texts(root, "contentMeta/subject/name")),
            "credit": _first(root, "contentMeta/creditline"),
            "copyright": _first(root, "rightsInfo/copyrightNotice"),
            "status": _first(root, "itemMeta/pubStatus/@qcode").rpartition(":")[2],
            "language": _first(root, "contentMeta/language/@tag"),
            "source": _named(root, "contentMeta/infoSource"),
            "length": f"{words} words" if words else "",
            "item_class": _first(root, "itemMeta/itemClass/@qcode").rpartition(":")[2],
        }
        return [(fields, others)]


class _Nitf:
    """An article in NITF, by itself or inside an item of NewsML."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.title = _first(root, ".//body.head/hedline/hl1") or _first(root, ".//head/title")
        self.author = _first(root, ".//body.head/byline", " ")
        self.dateline = _first(root, ".//body.head/dateline", " ")
        self.outlet = (
            _first(root, ".//pubdata/@name")
            or _first(root, ".//body.head/distributor", " ")
            or _first(root, ".//docdata/doc-id/@regsrc")
            or _first(root, ".//docdata/doc.copyright/@holder")
        )

    def articles(self) -> list[_Article]:
        """Return fields and other fields of the article, in a list."""
        root = self.root
        fields = {
            "article_id": _first(root, ".//docdata/doc-id/@id-string"),
            "title": self.title,
            "outlet": self.outlet,
            "published": _first(root, ".//docdata/date.issue/@norm")
            or _first(root, ".//pubdata/@date.publication")
            or _first(root, ".//docdata/date.release/@norm"),
            "author": self.author,
            "url": _first(root, ".//pubdata/@ex-ref"),
            "text": _body_text(root),
        }
        others = {
            "dateline": self.dateline,
            "subtitle": _first(root, ".//body.head/hedline/hl2"),
            "keywords": "; ".join(_texts(root, ".//key-list/keyword/@key")),
            "section": _first(root, ".//pubdata/@position.section"),
            "copyright": _first(root, ".//docdata/doc.copyright/@holder"),
            "urgency": _first(root, ".//docdata/urgency/@ed-urg"),
        }
        return [(fields, others)]


def _texts(element: Any, path: str, joint: str = "") -> list[str]:
    """Return the different texts of the elements or attributes of a path; `joint` stands between inner elements."""
    found = (node if isinstance(node, str) else joint.join(node.itertext()) for node in element.xpath(path))
    return list(dict.fromkeys(text for one in found if (text := " ".join(one.split()))))


def _first(element: Any, path: str, joint: str = "") -> str:
    """Return the first text of a path; see `_texts`."""
    return next(iter(_texts(element, path, joint)), "")


def _near(component: Any, path: str) -> str:
    """Return the text of a path in a component, or in the nearest one around it that has it."""
    while component is not None:
        if text := _first(component, path):
            return text
        component = component.getparent()
    return ""


def _named(root: Any, path: str) -> str:
    """Return the name of a party or a place of NewsML-G2: its element name, or its code."""
    return (
        _first(root, f"{path}/name")
        or _first(root, f"{path}/@literal")
        or _first(root, f"{path}/@qcode").rpartition(":")[2]
    )


def _person(name: str) -> str:
    """Return a name of several words; others are codes or accounts."""
    return name if " " in name else ""


def _body_text(content: Any) -> str:
    """Return the text of NITF, HTML or plain text inside an element."""
    body = next((found for name in ("body.content", "body") for found in content.iter(name)), content)
    whole = body.xpath(
        "block[@class='full_text']"
    )  # as the archive of a newspaper has it, which repeats the lead
    body = whole[0] if whole else body
    if len(body) == 0:
        text = body.text or ""
        return _page_text(parse_html(text)) if _MARKUP.search(text) else _plain_text(text)
    for element in [element for element in body.iter() if isinstance(element.tag, str)]:
        if element.tag in _NOT_TEXT:
            element.clear(keep_tail=True)
        else:
            element.tag = _BLOCKS.get(element.tag.lower(), element.tag.lower())
    return _page_text(body)


def _page_text(root: Any) -> str:
    paragraphs = (
        part for paragraph in html_paragraphs(root) for part in _PARAGRAPH_END.split(paragraph.text)
    )
    return joined([Paragraph(part) for part in paragraphs])


def _plain_text(text: str) -> str:
    lines = textwrap.dedent(text.replace("\r\n", "\n").strip("\n"))
    return joined([Paragraph(part) for part in _PARAGRAPH_END.split(lines)])


READER = Reader((".xml", ".txt"), read_newsml, name="NewsML", recognises=_is_newsml)
