"""Rows of the tables `sentences` and `parses`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.annotators.parsing.saved_parse import PARSES, parse_row
from analysis.schemas import TABLES


def sentence_rows(article: MeasuredArticle) -> Iterator[Row]:
    """Yield one row per sentence."""
    for number, span in enumerate(article.document.sentences):
        yield {"article_id": article.article_id, "sentence": number, "start": span.start, "end": span.end}


def parse_rows(article: MeasuredArticle) -> Iterator[Row]:
    """Yield the parse of the article."""
    yield parse_row(article.article_id, article.document)


MEASURES = (Measure(TABLES["sentences"], sentence_rows), Measure(PARSES, parse_rows))
