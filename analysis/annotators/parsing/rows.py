"""Rows of the table `sentences`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.schemas import TABLES


def sentence_rows(article: MeasuredArticle) -> Iterator[Row]:
    """Yield one row per sentence."""
    for number, span in enumerate(article.document.sentences):
        yield {"article_id": article.article_id, "sentence": number, "start": span.start, "end": span.end}


MEASURES = (Measure(TABLES["sentences"], sentence_rows),)
