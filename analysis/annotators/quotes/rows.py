"""Rows of the tables `quotes` and `quote_spans`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.actors.name_shapes import speaker_name
from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.schemas import ROLES, TABLES


def quote_rows(article: MeasuredArticle) -> Iterator[Row]:
    """Yield one row per quote, with its speaker."""
    for number, (record, speaker) in enumerate(zip(article.quotes, article.speakers, strict=True)):
        yield {
            "quote_id": article.quote_id(number),
            "article_id": article.article_id,
            "sentence": record.sentence,
            "kind": record.kind,
            "act": record.act,
            "content": record.content,
            "source": record.source,
            "cue": record.cue,
            "cue_lemma": record.cue_lemma,
            "cue_class": record.cue_class,
            "speaker": speaker.actor_id,
            "speaker_name": speaker_name(speaker.name, article.document, record.spans[1]),
            "side": speaker.side,
            "speaker_rule": speaker.rule,
            "speaker_source": speaker.source,
            "start": record.start,
            "end": record.end,
            "score": record.score,
        }


def span_rows(article: MeasuredArticle) -> Iterator[Row]:
    """Yield one row per span of content, source or cue."""
    for number, record in enumerate(article.quotes):
        for role, spans in zip(ROLES, record.spans, strict=True):
            for span in spans:
                yield {
                    "quote_id": article.quote_id(number),
                    "role": role,
                    "start": span.start,
                    "end": span.end,
                }


MEASURES = (Measure(TABLES["quotes"], quote_rows), Measure(TABLES["quote_spans"], span_rows))
