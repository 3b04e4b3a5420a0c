"""Paragraphs of HTML, as exports of archives use it: styles by class, tables for layout, and any errors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from analysis.ingest.markup.paragraphs import Paragraph

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "text",
    }
)  # fmt: skip
_SKIPPED = frozenset({"script", "style", "title", "head", "noscript", "template", "button", "input", "select", "img"})
_BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_IS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_IS_CENTRED = re.compile(r"text-align\s*:\s*center|margin-left\s*:\s*1\d%")
_LINE = "\n"
_WHITE = re.compile(r"[ \t\r\n\f]+")
_NUL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def parse_html(source: str) -> Any:
    """Return the root element of a page or of a part of one, or None if there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.fromstring(_NUL.sub("", source), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def style_classes(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the classes that a style sheet in a page makes bold, and of those that it centres."""
    rules = [(match[1], match[2]) for match in _RULE.finditer(source)]
    return (
        frozenset(name for name, rule in rules if _IS_BOLD.search(rule)),
        frozenset(name for name, rule in rules if _IS_CENTRED.search(rule)),
    )


def html_paragraphs(
    root: Any,
    *,
    bold: Collection[str] = (),
    centred: Collection[str] = (),
    skip: Collection[str] = (),
) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element.

    Parameters
    ----------
    root : lxml element or None
    bold, centred : collection of str
        Names of classes with that style; see `style_classes`.
    skip : collection of str
        Names of classes whose elements are left out.
    """
    if root is None:
        return
    builder = _Builder(frozenset(bold), frozenset(centred), frozenset(skip))
    yield from builder.paragraphs(root)


class _Builder:
    """Walks over elements and gathers the text between block elements."""

    def __init__(self, bold: frozenset[str], centred: frozenset[str], skip: frozenset[str]) -> None:
        self.bold_classes, self.centred_classes, self.skip = bold, centred, skip
        self.pieces: list[tuple[str, bool]] = []
        self.centred = False
        self.marks: list[str] = []

    def paragraphs(self, root: Any) -> Iterator[Paragraph]:
        # (element, bold and centred before it, next step); a stack, because pages can be nested very deeply
        stack: list[tuple[Any, bool, bool, bool]] = [(root, False, False, False)]
        while stack:
            element, is_bold, is_centred, left = stack.pop()
            is_block = element.tag in _BLOCKS
            if left:
                if is_block:
                    yield from self._flush(is_centred)
                if element is not root and element.tail:
                    self._add(element.tail, is_bold)
                continue
            if not isinstance(element.tag, str) or element.tag in _SKIPPED or self._is_skipped(element):
                if element is not root and element.tail:
                    self._add(element.tail, is_bold)
                continue
            if is_block:
                yield from self._flush(is_centred)
            for name in (element.get("name") if element.tag == "a" else None, element.get("id")):
                if name:
                    self.marks.append(name)
            if element.tag == "br":
                self._add(_LINE, is_bold, keep=True)
            inner_bold, inner_centred = self._style(element, is_bold, is_centred)
            self.centred = inner_centred
            stack.append((element, is_bold, is_centred, True))
            if element.text:
                self._add(element.text, inner_bold, keep=element.tag == "pre")
            stack.extend((child, inner_bold, inner_centred, False) for child in reversed(element))
        yield from self._flush(False)

    def _is_skipped(self, element: Any) -> bool:
        return bool(self.skip and self.skip & set((element.get("class") or "").split()))

    def _style(self, element: Any, is_bold: bool, is_centred: bool) -> tuple[bool, bool]:
        names = set((element.get("class") or "").split())
        style = element.get("style") or ""
        bold = is_bold or element.tag in _BOLD_TAGS or bool(names & self.bold_classes) or bool(_IS_BOLD.search(style))
        centred = (
            is_centred
            or element.tag == "center"
            or element.get("align") == "center"
            or bool(names & self.centred_classes)
            or bool(_IS_CENTRED.search(style))
        )
        return bold, centred

    def _add(self, text: str, is_bold: bool, *, keep: bool = False) -> None:
        self.pieces.append((text if keep else _WHITE.sub(" ", text), is_bold))

    def _flush(self, centred: bool) -> Iterator[Paragraph]:
        """Yield what was gathered as a paragraph."""
        text = "".join(piece for piece, _ in self.pieces)
        stripped = text.strip(" \n\t\xa0")
        if stripped or self.marks:
            bold = 0
            for piece, is_bold in self.pieces:
                if not is_bold and piece.strip(" \n\t\xa0"):
                    break
                bold += len(piece)
            before = len(text) - len(text.lstrip(" \n\t\xa0"))
            yield Paragraph(
                stripped, max(0, min(bold - before, len(stripped))), self.centred or centred, tuple(self.marks)
            )
        self.pieces, self.marks = [], []
