"""Parses as rows of a table, so that articles can be measured again without running the parser."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from analysis.annotators.parsing.document import Document, Entity, Span, Token
from analysis.schemas import Column, Table

_PER_TOKEN = {
    "gaps": "characters between the end of the token before and the start of each token",
    "lengths": "characters of each token; offsets count the text with plain newlines (LF)",
    "pos": "universal part of speech of each token",
    "tags": "Penn Treebank tag of each token",
    "dependencies": "dependency of each token on its head",
    "heads": "distance in tokens from each token to its head",
}
PARSES = Table(
    "parses",
    ("article_id",),
    {
        "article_id": Column("text", "the article, a key of `articles`"),
        **{name: Column("text", f"{meaning}, separated by spaces") for name, meaning in _PER_TOKEN.items()},
        "lemmas": Column("text", "lemma of each token as a JSON list; null if it is the token in lower case"),
        "entities": Column("text", "named entities as a JSON list of [start, end, label]"),
    },
    "one row per article: its tokens, tags, dependencies and entities as the parser gave them",
)


def parse_row(article_id: str, document: Document) -> dict[str, Any]:
    """The row of a document in the table `parses`."""
    tokens = document.tokens
    ends = [0, *(token.end for token in tokens)]
    words = [document.text[token.start : token.end].lower() for token in tokens]
    per_token: dict[str, Iterable[object]] = {
        "gaps": (token.start - end for token, end in zip(tokens, ends, strict=False)),
        "lengths": (token.end - token.start for token in tokens),
        "pos": (token.pos for token in tokens),
        "tags": (token.tag for token in tokens),
        "dependencies": (token.dep for token in tokens),
        "heads": (token.head - number for number, token in enumerate(tokens)),
    }
    lemmas = [None if t.lemma == word else t.lemma for t, word in zip(tokens, words, strict=True)]
    return {
        "article_id": article_id,
        **{name: " ".join(map(str, values)) for name, values in per_token.items()},
        "lemmas": json.dumps(lemmas, ensure_ascii=False, separators=(",", ":")),
        "entities": json.dumps(document.entities, separators=(",", ":")),
    }


def saved_document(
    text: str, published: datetime | None, sentences: Sequence[Span], row: Mapping[str, Any]
) -> Document:
    """The document of a row that `parse_row` made.

    Parameters
    ----------
    text : str
        With plain newlines, as it was parsed.
    published : datetime, optional
    sentences : sequence of Span
        Offsets into `text`.
    row : mapping
        A row of the table `parses`.

    Returns
    -------
    Document
        Equal to the document that was parsed.
    """
    lemmas = json.loads(row["lemmas"])
    per_token = (row[name].split(" ") if lemmas else [] for name in _PER_TOKEN)
    tokens = []
    end = 0
    for number, (lemma, gap, length, pos, tag, dependency, head) in enumerate(
        zip(lemmas, *per_token, strict=True)
    ):
        start = end + int(gap)
        end = start + int(length)
        if lemma is None:
            lemma = text[start:end].lower()
        tokens.append(Token(start, end, lemma, pos, tag, dependency, number + int(head)))
    entities = tuple(Entity(*entity) for entity in json.loads(row["entities"]))
    return Document(text, tuple(sentences), entities, tuple(tokens), published)
