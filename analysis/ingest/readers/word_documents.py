"""Word documents and RTF that are not exports, one article per file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from operator import attrgetter
from pathlib import Path

from analysis.ingest.markup.docx import docx_paragraphs
from analysis.ingest.markup.paragraphs import joined, unwrapped
from analysis.ingest.markup.rtf import rtf_paragraphs
from analysis.ingest.records import Item, Reader, Record
from analysis.ingest.sniffing import look


def read_word(path: Path) -> Iterator[Item]:
    """Read a .docx or .rtf file as one article, its paragraphs with a blank line between them.

    Of a Word document that begins with a paragraph of the style "Title", this paragraph is the headline. Headers,
    footers, notes and pictures are left out.

    Raises
    ------
    UnreadableFile
        The file is not of these formats, or is damaged.
    """
    paragraphs = rtf_paragraphs(path) if look(path).kind == ".rtf" else docx_paragraphs(path)
    found = [paragraph for paragraph in paragraphs if paragraph.text]
    n_titles = len(list(takewhile(attrgetter("is_title"), found)))
    if n_titles == len(found):
        n_titles = 0  # a document of headings only has a text all the same
    title = unwrapped(" ".join(paragraph.text for paragraph in found[:n_titles]))
    yield Record(None, {"title": title, "text": joined(found[n_titles:])})


READER = Reader(
    (".docx", ".rtf"), read_word, is_text=False, named_by_file=True, is_one_article=True, name="Word document"
)
