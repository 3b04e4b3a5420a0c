"""Paragraphs of HTML, as exports of archives use it: styles by class, tables for layout, and any errors."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from analysis.ingest.markup.paragraphs import Paragraph

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav",
        "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "text",
    }
)  # fmt: skip
_SKIPPED = frozenset(
    {"script", "style", "title", "head", "noscript", "template", "button", "input", "select", "img"}
)
_BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_IS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_IS_CENTRED = re.compile(r"text-align\s*:\s*center|margin-left\s*:\s*1\d%")
_BLANK = " \n\t\xa0"
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
        self.pieces: list[tuple[str, _Style]] = []
        self.marks: list[str] = []

    def paragraphs(self, root: Any) -> Iterator[Paragraph]:
        # (element, style around it, whether it is being left); a stack, because pages can be nested very deeply
        stack: list[tuple[Any, _Style, bool]] = [(root, _Style(), False)]
        while stack:
            element, around, leaving = stack.pop()
            is_block = element.tag in _BLOCKS
            entering = not leaving and isinstance(element.tag, str) and self._is_shown(element)
            if is_block and (leaving or entering):
                yield from self._flush()
            if entering:
                self._mark(element)
                inner = self._style(element, around)
                stack.append((element, around, True))
                self._add(element.text, inner, keep=element.tag == "pre")
                stack.extend((child, inner, False) for child in reversed(element))
            elif element is not root:
                self._add(element.tail, around)
        yield from self._flush()

    def _is_shown(self, element: Any) -> bool:
        return element.tag not in _SKIPPED and not self.skip & set((element.get("class") or "").split())

    def _mark(self, element: Any) -> None:
        names = (element.get("name") if element.tag == "a" else None, element.get("id"))
        self.marks.extend(name for name in names if name)
        if element.tag == "br":
            self._add("\n", _Style(), keep=True)

    def _style(self, element: Any, around: _Style) -> _Style:
        names = set((element.get("class") or "").split())
        style = element.get("style") or ""
        return _Style(
            bold=around.bold
            or element.tag in _BOLD_TAGS
            or bool(names & self.bold_classes)
            or bool(_IS_BOLD.search(style)),
            centred=around.centred
            or element.tag == "center"
            or element.get("align") == "center"
            or bool(names & self.centred_classes)
            or bool(_IS_CENTRED.search(style)),
        )

    def _add(self, text: str | None, style: _Style, *, keep: bool = False) -> None:
        if text:
            self.pieces.append((text if keep else _WHITE.sub(" ", text), style))

    def _flush(self) -> Iterator[Paragraph]:
        """Yield what was gathered as a paragraph."""
        text = "".join(piece for piece, _ in self.pieces)
        stripped = text.strip(_BLANK)
        if stripped or self.marks:
            filled = [(piece, style) for piece, style in self.pieces if piece.strip(_BLANK)]
            bold = 0
            for piece, style in self.pieces:
                if piece.strip(_BLANK) and not style.bold:
                    break
                bold += len(piece)
            before = len(text) - len(text.lstrip(_BLANK))
            yield Paragraph(
                stripped,
                max(0, min(bold - before, len(stripped))),
                bool(filled) and filled[0][1].centred,
                tuple(self.marks),
            )
        self.pieces, self.marks = [], []


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    centred: bool = False
