"""Word documents and RTF that are not exports, one article per file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.ingest.markup.docx import docx_paragraphs
from analysis.ingest.markup.paragraphs import joined
from analysis.ingest.markup.rtf import rtf_paragraphs
from analysis.ingest.records import Item, Reader, Record
from analysis.ingest.sniffing import look


def read_word(path: Path) -> Iterator[Item]:
    """Read a .docx or .rtf file as one article, its paragraphs with a blank line between them.

    Headers, footers, notes and pictures are left out.

    Raises
    ------
    UnreadableFile
        The file is not of these formats, or is damaged.
    """
    paragraphs = rtf_paragraphs(path) if look(path).kind == ".rtf" else docx_paragraphs(path)
    yield Record(None, {"text": joined(list(paragraphs))})


READER = Reader(
    (".docx", ".rtf"), read_word, is_text=False, named_by_file=True, is_one_article=True, name="Word document"
)
