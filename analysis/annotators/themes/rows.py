"""Rows of the table `themes`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.annotators.themes.extract import find_themes
from analysis.schemas import TABLES


def theme_rows(article: MeasuredArticle) -> Iterator[Row]:
    """One row per hit of the codebook."""
    document = article.document
    for hit in find_themes(document.text, article.study.codebook, sentences=document.sentences):
        yield {
            **article.hit(hit.start, hit.end),
            "theme": hit.theme,
            "pattern": hit.pattern,
            "negated": hit.negated,
            "probability": hit.probability,
        }


MEASURES = (Measure(TABLES["themes"], theme_rows),)
