"""Rows of the tables `mentions` and `tones`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.annotators.tone.portrayal import mention_sentiment
from analysis.annotators.tone.vader import voice_tones
from analysis.schemas import TABLES


def mention_rows(article: MeasuredArticle) -> Iterator[Row]:
    """One row per mention of an actor, with the tone towards it."""
    sentiments = mention_sentiment(article.document, article.mentions, article.segments)
    for mention, sentiment in zip(article.mentions, sentiments, strict=True):
        yield {
            **article.hit(mention.start, mention.end),
            "actor_id": mention.actor_id,
            "side": mention.side,
            **sentiment._asdict(),
        }


def tone_rows(article: MeasuredArticle) -> Iterator[Row]:
    """One row per voice, with VADER's scores."""
    for measured in voice_tones(article.document, article.segments, article.text):
        yield {"article_id": article.article_id, **asdict(measured)}


MEASURES = (Measure(TABLES["mentions"], mention_rows), Measure(TABLES["tones"], tone_rows))
