"""A paragraph of a document of any format, and paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK_LINE = re.compile(r"\n(?:[ \t\xa0\u200b]*\n)+")
_CENTRED = 10  # spaces at the beginning of a line of plain text that is centred
_SPACES = re.compile(r"[ \t\xa0\u2028]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes
    ----------
    text : str
        Without spaces at the ends; line breaks inside it are kept.
    bold : int
        How many characters at its beginning are bold.
    centred : bool
    marks : tuple of str
        Names of the bookmarks and anchors in it.
    links : tuple of str
        Targets of the links in it, where the format has them apart from the text (Word, RTF).
    is_title : bool
        It has the paragraph style "Title" (Word).
    """

    text: str
    bold: int = 0
    centred: bool = False
    marks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    is_title: bool = False


def plain_paragraphs(text: str) -> Iterator[Paragraph]:
    """Split plain text at blank lines. Lines of one paragraph stay apart; `unwrapped` joins them."""
    for block in _BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")):
        lines = block.strip("\n").split("\n")
        indents = [len(line) - len(line.lstrip(" ")) for line in (lines[0], lines[-1])]
        if stripped := block.strip():
            yield Paragraph(stripped, centred=max(indents) >= _CENTRED)


def unwrapped(text: str) -> str:
    """Return a paragraph on one line, with single spaces."""
    return " ".join(_SPACES.sub(" ", text).split())


def joined(paragraphs: list[Paragraph]) -> str:
    """Return the text of paragraphs, with a blank line between them."""
    return "\n\n".join(line for paragraph in paragraphs if (line := unwrapped(paragraph.text)))
