"""An article as the measures use it: parsed, with its quotes, speakers, mentions and voices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from analysis.annotators import actors, quotes, speakers, voice
from analysis.annotators.actors.world_actors import Publication, WorldActors
from analysis.annotators.parsing import spacy_parser
from analysis.annotators.parsing.document import Document, Mention, Speaker, VoiceSegment
from analysis.annotators.quotes.extract import QuoteRecord
from analysis.schemas import Table
from analysis.study import Study

Row = dict[str, Any]


@dataclass(frozen=True)
class Article:
    """The columns of `articles` that the annotators need."""

    article_id: str
    title: str
    text: str
    published: datetime | None
    source_file: str
    outlet: str = ""
    outlet_country: str = ""


class MeasuredArticle:
    """An article with what several measures need of it. Each part is computed on first use.

    Parameters
    ----------
    article : Article
        With plain newlines, see `analysis.annotators.parsing.newlines`.
    study : Study
    document : Document, optional
        The parsed text, if it was parsed before.

    Attributes
    ----------
    text : str
        The whole text. That of `document` has spaces in place of page furniture.
    """

    def __init__(self, article: Article, study: Study, document: Document | None = None) -> None:
        self.article_id = article.article_id
        self.text = article.text
        self.study = study
        self._article = article
        self._document = document

    @cached_property
    def document(self) -> Document:
        """Text, sentences, tokens and entities."""
        return self._document or spacy_parser.parse(self.text, self._article.published)

    @cached_property
    def quotes(self) -> list[QuoteRecord]:
        """The quotes in the order of the text."""
        return quotes.quote_records(self.document)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions of the study's actors in the order of the text."""
        return actors.find_mentions(self.document, self.study.actors)

    @cached_property
    def speakers(self) -> list[Speaker]:
        """The speaker of each quote."""
        study, article = self.study, self._article
        publication = Publication(
            article.outlet, article.outlet_country, article.outlet in study.outlets.governments
        )
        world = WorldActors(self.document, study.actors, study.world, publication)
        return speakers.resolve_speakers(self.document, self.quotes, self.mentions, study.actors, world)

    @cached_property
    def segments(self) -> list[VoiceSegment]:
        """The text divided into segments of one voice each."""
        return voice.partition(self.document, self.quotes, self.speakers)

    def quote_id(self, number: int) -> str:
        """Return the id of a quote by its index in `quotes`."""
        return f"{self.article_id}-q{number:04d}"

    def place(self, start: int) -> Row:
        """Return the columns that locate an offset: article, sentence, voice and innermost quote."""
        segment = voice.voice_at(self.segments, start)
        return {
            "article_id": self.article_id,
            "sentence": self.document.sentence_at(start),
            "voice": segment.voice,
            "quote_id": None if segment.quote is None else self.quote_id(segment.quote),
        }

    def hit(self, start: int, end: int) -> Row:
        """Return the columns that tables of hits share: those of `place`, start, end and text."""
        return {**self.place(start), "start": start, "end": end, "text": self.text[start:end]}


@dataclass(frozen=True)
class Measure:
    """A table that is computed article by article.

    Attributes
    ----------
    table : Table
        The contract of its columns. A measure can define a table that is not in `analysis.schemas.TABLES`; it needs a
        column `article_id`.
    rows : callable
        Takes a `MeasuredArticle` and returns the rows. `start` and `end` are offsets into the text of its document.
    """

    table: Table
    rows: Callable[[MeasuredArticle], Iterable[Row]]
