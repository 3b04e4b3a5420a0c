"""One article after another through all annotators, into rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from analysis.annotators import actors, quotes, relations, speakers, themes, tone, voice
from analysis.annotators.parsing import spacy_parser
from analysis.annotators.parsing.document import Document, Mention, Speaker, VoiceSegment
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.quotes.extract import QuoteRecord
from analysis.annotators.tone import vader
from analysis.rejects import reject
from analysis.schemas import ROLES
from analysis.study import Study

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Article:
    """What the annotators need to know of an article."""

    article_id: str
    title: str
    text: str
    published: datetime | None
    source_file: str


def annotate_batch(articles: Sequence[Article], study: Study) -> Rows:
    """Rows of all tables for some articles; an article that fails becomes a row of `rejects`.

    Parameters
    ----------
    articles : sequence of Article
    study : Study

    Returns
    -------
    dict of list of dict
        Rows by table name, as `analysis.schemas.Table.frame` takes them.
    """
    rows: Rows = {}
    for article in articles:
        try:
            measured = annotate_article(article, study)
        except Exception as error:  # whatever one article does to a model, the others are still measured
            measured = {"rejects": [_failure(article, error)]}
        for name, new in measured.items():
            rows.setdefault(name, []).extend(new)
    return rows


def annotate_article(article: Article, study: Study) -> Rows:
    """Rows of all tables for one article."""
    newlines = PlainNewlines(article.text)
    rows = _measured(replace(article, text=newlines.text), study)
    return (
        rows
        if newlines.text == newlines.original
        else {name: [_moved(row, newlines) for row in rows[name]] for name in rows}
    )


def _moved(row: dict[str, Any], newlines: PlainNewlines) -> dict[str, Any]:
    """A row with its place in the text as given."""
    if "start" not in row:
        return row
    start, end = newlines.original_offset(row["start"]), newlines.original_offset(row["end"])
    text = {"text": newlines.original[start:end]} if "text" in row else {}
    return {**row, "start": start, "end": end, **text}


def _measured(article: Article, study: Study) -> Rows:
    document = spacy_parser.parse(article.text, article.published)
    records = quotes.quote_records(document)
    mentions = actors.find_mentions(document, study.actors)
    who = speakers.resolve_speakers(document, records, mentions, study.actors)
    segments = voice.partition(document, records, who)
    place = _Places(article.article_id, document, records, segments)
    return {
        "sentences": [
            {"article_id": article.article_id, "sentence": number, "start": span.start, "end": span.end}
            for number, span in enumerate(document.sentences)
        ],
        "quotes": list(_quote_rows(place, who)),
        "quote_spans": list(_span_rows(place)),
        "mentions": list(_mention_rows(place, mentions)),
        "themes": list(_theme_rows(place, study)),
        "tones": list(_tone_rows(place)),
        "relations": list(_relation_rows(place, mentions, study)),
    }


def _failure(article: Article, error: Exception) -> dict[str, Any]:
    detail = f"{type(error).__name__}: {error}; please report it with the text"
    return reject(article.source_file, "failed", detail, article_id=article.article_id, title=article.title)


class _Places:
    """Where a hit stands: its sentence, its voice, and the quote around it."""

    def __init__(
        self,
        article_id: str,
        document: Document,
        records: Sequence[QuoteRecord],
        segments: Sequence[VoiceSegment],
    ) -> None:
        self.article_id = article_id
        self.document = document
        self.records = records
        self.segments = segments

    def quote_id(self, number: int) -> str:
        return f"{self.article_id}-q{number:04d}"

    def hit(self, start: int, end: int) -> dict[str, Any]:
        """The columns that every table of hits shares."""
        return {**self.voice(start), "start": start, "end": end, "text": self.document.text[start:end]}

    def voice(self, start: int) -> dict[str, Any]:
        """Sentence, voice and quote of a place."""
        segment = voice.voice_at(self.segments, start)
        return {
            "article_id": self.article_id,
            "sentence": self.document.sentence_at(start),
            "voice": segment.voice,
            "quote_id": None if segment.quote is None else self.quote_id(segment.quote),
        }


def _quote_rows(place: _Places, who: Sequence[Speaker]) -> Iterator[dict[str, Any]]:
    for number, (record, speaker) in enumerate(zip(place.records, who, strict=True)):
        yield {
            "quote_id": place.quote_id(number),
            "article_id": place.article_id,
            "sentence": record.sentence,
            "kind": record.kind,
            "act": record.act,
            "content": record.content,
            "source": record.source,
            "cue": record.cue,
            "cue_lemma": record.cue_lemma,
            "cue_class": record.cue_class,
            "speaker": speaker.actor_id,
            "speaker_name": speaker.name,
            "side": speaker.side,
            "start": record.start,
            "end": record.end,
            "score": record.score,
        }


def _span_rows(place: _Places) -> Iterator[dict[str, Any]]:
    for number, record in enumerate(place.records):
        for role, spans in zip(ROLES, record.spans, strict=True):
            for span in spans:
                yield {"quote_id": place.quote_id(number), "role": role, "start": span.start, "end": span.end}


def _mention_rows(place: _Places, mentions: Sequence[Mention]) -> Iterator[dict[str, Any]]:
    for mention, sentiment in zip(mentions, tone.target_sentiment(place.document, mentions), strict=True):
        yield {
            **place.hit(mention.start, mention.end),
            "actor_id": mention.actor_id,
            "side": mention.side,
            **sentiment._asdict(),
        }


def _theme_rows(place: _Places, study: Study) -> Iterator[dict[str, Any]]:
    for hit in themes.find_themes(place.document.text, study.codebook):
        yield {
            **place.hit(hit.start, hit.end),
            "theme": hit.theme,
            "pattern": hit.pattern,
            "negated": hit.negated,
        }


def _tone_rows(place: _Places) -> Iterator[dict[str, Any]]:
    for measured in vader.voice_tones(place.document, place.segments):
        yield {"article_id": place.article_id, **asdict(measured)}


def _relation_rows(place: _Places, mentions: Sequence[Mention], study: Study) -> Iterator[dict[str, Any]]:
    for relation in relations.find_relations(place.document, mentions, study.actors):
        kind = relation.kind
        yield {
            **place.voice(relation.act.start),
            "start": relation.start,
            "end": relation.end,
            "source_actor": relation.source.actor_id,
            "source_side": relation.source.side,
            "target_actor": relation.target.actor_id,
            "target_side": relation.target.side,
            "verb": relation.verb,
            "direction": kind.direction,
            "quadrant": kind.quadrant if kind.sign else None,
            "weight": kind.weight,
            "status": relation.status,
            "negated": relation.negated,
            "passive": relation.passive,
            "mutual": relation.mutual,
            "score": relation.score,
        }
