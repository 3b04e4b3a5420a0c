"""Rows of the table `themes`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.annotators.article import Measure, MeasuredArticle, Row
from analysis.annotators.themes.extract import find_themes
from analysis.schemas import TABLES


def theme_rows(article: MeasuredArticle) -> Iterator[Row]:
    """One row per hit of the codebook."""
    for hit in find_themes(article.document.text, article.study.codebook):
        yield {
            **article.hit(hit.start, hit.end),
            "theme": hit.theme,
            "pattern": hit.pattern,
            "negated": hit.negated,
        }


MEASURES = (Measure(TABLES["themes"], theme_rows),)
