"""The data types that annotators share: documents, spans, entities, tokens, attributions, mentions.

Offsets are code points into `Document.text`, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Span(NamedTuple):
    """A stretch of text, end exclusive."""

    start: int
    end: int


def in_spans(offset: int, spans: Iterable[Span]) -> bool:
    """Whether an offset is in one of some spans."""
    return any(span.start <= offset < span.end for span in spans)


class Entity(NamedTuple):
    """A named entity: PERSON, ORG, GPE, NORP, LOC or FAC."""

    start: int
    end: int
    label: str


class Token(NamedTuple):
    """A word with its tags and dependency; `head` is the index of its head in the token list."""

    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True)
class Document:
    """A parsed article.

    Parameters
    ----------
    text : str
        Of the article, with spaces in place of page furniture; see `analysis.annotators.parsing.page_furniture`.
    sentences : tuple of Span
        In order, without overlap. They cover every character that is not white space.
    entities : tuple of Entity
    tokens : tuple of Token
    published : datetime, optional
        Decides who holds an office ("the president").
    """

    text: str
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...] = ()
    tokens: tuple[Token, ...] = ()
    published: datetime | None = None
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _cache: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [span.start for span in self.sentences])

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence at an offset; white space belongs to the sentence before it."""
        return max(0, bisect_right(self._starts, offset) - 1)


def cached_on_document(
    compute: Callable[Concatenate[Document, P], T],
) -> Callable[Concatenate[Document, P], T]:
    """Decorate a function of a document so that its result is computed once and kept on the document.

    Several annotators need the same quotation marks, dependency tree and name matches. The function stays in the
    module of its subject (for example `analysis.annotators.parsing.dependency_tree.dependency_tree`).

    Parameters
    ----------
    compute : callable
        Takes a `Document` and, optionally, further hashable arguments. Callers share the result and must not
        modify it.

    Returns
    -------
    callable
        With the same signature.
    """

    @wraps(compute)
    def cached(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (compute, args, tuple(sorted(kwargs.items())))
        if key not in document._cache:
            document._cache[key] = compute(document, *args, **kwargs)
        result: T = document._cache[key]
        return result

    return cached


@dataclass(frozen=True)
class Attribution:
    """Words attributed to a source.

    `content` can have several spans (`"...," she said, "..."`). `source` and `cue` can be empty. `act` is None where
    the attributor does not tell speech, belief, intent and documents apart.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    score: float = 1.0
    act: str | None = None


@dataclass(frozen=True)
class Mention:
    """A reference to an actor of the study by alias, surname, role, metonym or pronoun."""

    start: int
    end: int
    actor_id: str
    side: str
    how: str  # "alias", "surname", "role", "metonym", "pronoun"


@dataclass(frozen=True)
class Speaker:
    """The resolved source of a quote; `actor_id` is None where the source is not a known actor.

    `rule` is the step of the resolution that found the side, `source` where its knowledge comes from.
    """

    actor_id: str | None
    name: str | None
    side: str
    rule: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class VoiceSegment:
    """A stretch of text in one voice; the segments of an article cover it without gap or overlap.

    `quote` is the index of the innermost quote in the article's list of quotes; None for the outlet's own words.
    """

    start: int
    end: int
    voice: str
    quote: int | None
