"""The voice of every character of the articles in a results folder, reconstructed from the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.annotators.parsing.document import Document, Span, VoiceSegment
from analysis.schemas import ROLES

if TYPE_CHECKING:
    from analysis.tables import Tables

Spans = tuple[Span, ...]


@dataclass(frozen=True)
class StoredQuote:
    """What the tables say about a quote that matters for its voice.

    Attributes
    ----------
    spans : tuple of tuple of Span
        Spans of content, source and cue, in the order of `analysis.schemas.ROLES`.
    side : str
        Side of the speaker.
    """

    spans: tuple[Spans, Spans, Spans]
    side: str


def voice_segments(
    tables: Tables, article_ids: Collection[str] | None = None
) -> dict[str, list[VoiceSegment]]:
    """Divide articles into segments of one voice, by the same rule as the annotation.

    Parameters
    ----------
    tables : Tables
    article_ids : collection of str, optional
        All articles by default.

    Returns
    -------
    dict of str to list of VoiceSegment
        By article. The segments are in order and cover the text.
    """
    from analysis.annotators.voice import partition

    quotes = _stored_quotes(tables, article_ids)
    segments = {}
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        if article_ids is None or article_id in article_ids:
            own = quotes.get(article_id, [])
            segments[article_id] = partition(Document(text, ()), own, own)
    return segments


def words_by_quote(tables: Tables) -> dict[str, int]:
    """Count the words of each quote, without those of quotes inside it.

    The counts add up to the attributed words of the table `tones`.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    dict of str to int
        By quote_id; quotes without a word of their own are left out.
    """
    from analysis.annotators.voice import segments_of_words

    ids: dict[str, list[str]] = {}
    for quote_id, article_id in zip(tables.quotes["quote_id"], tables.quotes["article_id"], strict=True):
        ids.setdefault(article_id, []).append(quote_id)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    counts: Counter[str] = Counter()
    for article_id, segments in voice_segments(tables, ids.keys()).items():
        counts.update(
            ids[article_id][segment.quote]
            for segment in segments_of_words(texts[article_id], segments)
            if segment.quote is not None
        )
    return dict(counts)


def _stored_quotes(tables: Tables, article_ids: Collection[str] | None) -> dict[str, list[StoredQuote]]:
    """The quotes of each article, in the order of the table."""
    import pandas as pd

    quotes = tables.data("quotes").frame(["article_id", "quote_id", "side"])
    rows = tables.data("quote_spans").frame(["quote_id", "role", "start", "end"])
    if article_ids is not None:
        quotes = quotes[quotes["article_id"].isin(article_ids)]
        rows = rows[rows["quote_id"].isin(quotes["quote_id"])]
    n = len(ROLES)
    owner = pd.Index(quotes["quote_id"]).get_indexer(pd.Index(rows["quote_id"]))
    role = pd.Index(ROLES).get_indexer(pd.Index(rows["role"]))
    spans: dict[int, list[Span]] = {}  # by place of the quote and role
    every = map(Span, rows["start"].tolist(), rows["end"].tolist())  # lists are faster than columns
    for key, span in zip((n * owner + role).tolist(), every, strict=True):
        spans.setdefault(key, []).append(span)
    found: dict[str, list[StoredQuote]] = {}
    for place, (article_id, side) in enumerate(
        zip(quotes["article_id"].tolist(), quotes["side"].tolist(), strict=True)
    ):
        content, source, cue = (tuple(spans.get(n * place + at, ())) for at in range(n))
        found.setdefault(article_id, []).append(StoredQuote((content, source, cue), side))
    return found
