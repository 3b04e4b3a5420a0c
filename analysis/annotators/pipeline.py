"""Run all measures on an article and return rows of the tables."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from analysis import annotators
from analysis.annotators.article import Article, Measure, MeasuredArticle, Row
from analysis.annotators.parsing.document import Document
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.parsing.spacy_parser import parse_many
from analysis.integrity import check_files
from analysis.rejects import reject
from analysis.study import Study

Rows = dict[str, list[Row]]
PARSED_TOGETHER = 16  # articles whose parses are in memory at the same time


def _find_measures() -> Iterator[Measure]:
    """Yield the `MEASURES` of each package of `analysis.annotators` that has a module `rows`."""
    for package in pkgutil.iter_modules(annotators.__path__, f"{annotators.__name__}."):
        if package.ispkg and importlib.util.find_spec(f"{package.name}.rows"):
            yield from importlib.import_module(f"{package.name}.rows").MEASURES


MEASURES = tuple(_find_measures())


def annotate_batch(articles: Sequence[Article], study: Study) -> Rows:
    """Annotate a batch of articles. An article that raises an error becomes a row of `rejects`.

    The articles are parsed together, which is faster. The rows do not depend on the other articles of the batch.

    Parameters
    ----------
    articles : sequence of Article
    study : Study

    Returns
    -------
    dict of list of dict
        Rows by table name, as `analysis.schemas.Table.frame` takes them.

    Raises
    ------
    FramingError
        A model or a knowledge file of the toolkit is damaged.
    """
    check_files()
    rows: Rows = {}
    for first in range(0, len(articles), PARSED_TOGETHER):
        with _garbage_collection_paused():
            for measured in _annotate_together(articles[first : first + PARSED_TOGETHER], study):
                for name, new in measured.items():
                    rows.setdefault(name, []).extend(new)
    return rows


def _annotate_together(articles: Sequence[Article], study: Study) -> Iterator[Rows]:
    """Yield the rows of each article. All parses are in memory at the same time."""
    for article, document in zip(articles, _parse(articles), strict=True):
        try:
            yield annotate_article(article, study, document)
        except Exception as error:  # an error in one article must not stop the others
            yield {"rejects": [failure(article, error)]}


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause Python's search for reference cycles. With models and study in memory it takes 4 % of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parse(articles: Sequence[Article]) -> Sequence[Document | None]:
    """Parse the articles together. If one of them raises an error, each is parsed when it is annotated."""
    try:
        return list(parse_many((PlainNewlines(a.text).text, a.published) for a in articles))
    except Exception:
        return [None] * len(articles)


def annotate_article(article: Article, study: Study, document: Document | None = None) -> Rows:
    """Annotate one article and return the rows of all tables.

    Parameters
    ----------
    article : Article
    study : Study
    document : Document, optional
        The parsed text with plain newlines, if it was parsed before.
    """
    newlines = PlainNewlines(article.text)
    measured = MeasuredArticle(replace(article, text=newlines.text), study, document)
    return original_rows({measure.table.name: list(measure.rows(measured)) for measure in MEASURES}, newlines)


def original_rows(rows: Rows, newlines: PlainNewlines) -> Rows:
    """Return rows of a text with plain newlines as rows of the original text."""
    if newlines.text == newlines.original:
        return rows
    return {name: [_with_original_newlines(row, newlines) for row in rows[name]] for name in rows}


def _with_original_newlines(row: Row, newlines: PlainNewlines) -> Row:
    """Return a row with offsets into the original text."""
    if "start" not in row:
        return row
    start, end = newlines.original_offset(row["start"]), newlines.original_offset(row["end"])
    text = {"text": newlines.original[start:end]} if "text" in row else {}
    return {**row, "start": start, "end": end, **text}


def failure(article: Article, error: Exception) -> Row:
    """Return the row of `rejects` of an article whose measurement raised an error."""
    detail = f"{type(error).__name__}: {error}; please report it with the text"
    return reject(article.source_file, "failed", detail, article_id=article.article_id, title=article.title)
