"""Rows of the table `relations`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.annotators.relations.extract import find_relations
from analysis.schemas import TABLES


def relation_rows(article: MeasuredArticle) -> Iterator[Row]:
    """One row per act of one actor on another."""
    for relation in find_relations(article.document, article.mentions, article.study.actors):
        kind = relation.kind
        yield {
            **article.place(relation.act.start),
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


MEASURES = (Measure(TABLES["relations"], relation_rows),)
