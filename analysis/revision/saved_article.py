"""An article that was measured before, read back from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.annotators.article import Article, MeasuredArticle, Row
from analysis.annotators.parsing.document import Document, Span, Speaker
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.annotators.parsing.page_furniture import without_furniture
from analysis.annotators.parsing.saved_parse import PARSES, saved_document
from analysis.annotators.quotes.extract import QuoteRecord
from analysis.schemas import ROLES
from analysis.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

_OF_A_RECORD = [field.name for field in fields(QuoteRecord) if field.name not in ("spans", "start", "end")]

_OF_A_SPEAKER = ("speaker", "speaker_name", "side", "speaker_rule", "speaker_source")


@dataclass(frozen=True)
class SavedRows:
    """The rows of one article: `quote_spans` by quote, the others as in their tables; tables may have no `parse`."""

    article: Article
    parse: Row
    sentences: list[Row]
    quotes: list[Row]
    quote_spans: dict[str, list[Row]]
    mentions: list[Row]
    tones: list[Row]


class SavedArticle(MeasuredArticle):
    """A measured article whose document and quotes are read back; mentions, speakers and voices are computed.

    Parameters
    ----------
    saved : SavedRows
    study : Study
    keep_speakers : bool, default False
        Read the speakers back as well, for measures that need no tokens.

    Attributes
    ----------
    newlines : PlainNewlines
        Of the text; offsets of the document count the plain one.
    """

    def __init__(self, saved: SavedRows, study: Study, *, keep_speakers: bool = False) -> None:
        self.newlines = PlainNewlines(saved.article.text)
        super().__init__(replace(saved.article, text=self.newlines.text), study)
        self.saved = saved
        self._keep_speakers = keep_speakers

    @cached_property
    def document(self) -> Document:
        """Text, sentences, tokens and entities as they were parsed; where speakers are kept, no tokens are needed."""
        sentences = tuple(self.plain_span(row) for row in self.saved.sentences)
        text, published = without_furniture(self.newlines.text), self._article.published
        if self._keep_speakers:
            return Document(text, sentences, published=published)
        return saved_document(text, published, sentences, self.saved.parse)

    @cached_property
    def quotes(self) -> list[QuoteRecord]:
        """The quotes as they were found."""
        return [self._record(row) for row in self.saved.quotes]

    @cached_property
    def speakers(self) -> list[Speaker]:
        """The speaker of each quote, read back or resolved."""
        if not self._keep_speakers:
            return super().speakers
        return [Speaker(*(row[column] for column in _OF_A_SPEAKER)) for row in self.saved.quotes]

    def _record(self, row: Row) -> QuoteRecord:
        spans = self.saved.quote_spans[row["quote_id"]]
        content, source, cue = (
            tuple(self.plain_span(span) for span in spans if span["role"] == role) for role in ROLES
        )
        span = self.plain_span(row)
        cells = {name: row[name] for name in _OF_A_RECORD}
        return QuoteRecord(**cells, spans=(content, source, cue), start=span.start, end=span.end)

    def plain_span(self, row: Row) -> Span:
        """The span of a row in the text with plain newlines."""
        return Span(self.newlines.plain_offset(row["start"]), self.newlines.plain_offset(row["end"]))


def saved_rows(tables: Tables) -> Iterator[SavedRows]:
    """Yield the rows of each article of the tables, in the order of `articles`."""
    from analysis.annotators.shard import articles_of

    parses = {row["article_id"]: row for row in _rows(tables.further.get(PARSES.name, PARSES.empty()))}
    spans = _grouped(tables.quote_spans, "quote_id")
    by_article = {
        name: _grouped(getattr(tables, name), "article_id")
        for name in ("sentences", "quotes", "mentions", "tones")
    }
    for article in articles_of(tables.articles):
        of_article = {name: rows.get(article.article_id, []) for name, rows in by_article.items()}
        ids = [row["quote_id"] for row in of_article["quotes"]]
        yield SavedRows(
            article,
            parses.get(article.article_id, {}),
            quote_spans={quote_id: spans[quote_id] for quote_id in ids},
            **of_article,
        )


def _grouped(table: pd.DataFrame, key: str) -> dict[str, list[Row]]:
    """Rows of a table by a column, in the order of the table."""
    grouped: dict[str, list[Row]] = {}
    for row in _rows(table):
        grouped.setdefault(row[key], []).append(row)
    return grouped


def _rows(table: pd.DataFrame) -> Iterable[Row]:
    """Rows as dicts; missing cells are None."""
    columns = [str(name) for name in table.columns]
    cells = [table[name].astype("object").where(table[name].notna(), None).tolist() for name in columns]
    return (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))
