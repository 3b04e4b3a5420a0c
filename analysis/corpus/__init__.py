"""The set of articles: stable ids, language, screening, wire copy, and samples."""

from __future__ import annotations

from analysis.corpus.article_store import ArticleStore, StoreWriter
from analysis.corpus.filters import select
from analysis.corpus.identity import UNKNOWN_OUTLET, WORD, article_id, count_words, is_unknown_outlet
from analysis.corpus.languages import UNDETERMINED, language_of
from analysis.corpus.sampling import sample
from analysis.corpus.screening import (
    LANGUAGES,
    MAX_CHARACTERS,
    MAX_WORDS,
    ReadResult,
    refusal,
    screen,
    screen_store,
    warn_of_language,
)
from analysis.corpus.wire_copy import THRESHOLD, WINDOW_DAYS, families, family_ids

__all__ = [
    "LANGUAGES",
    "MAX_CHARACTERS",
    "MAX_WORDS",
    "THRESHOLD",
    "UNDETERMINED",
    "UNKNOWN_OUTLET",
    "WINDOW_DAYS",
    "WORD",
    "ArticleStore",
    "ReadResult",
    "StoreWriter",
    "article_id",
    "count_words",
    "families",
    "family_ids",
    "is_unknown_outlet",
    "language_of",
    "refusal",
    "sample",
    "screen",
    "screen_store",
    "select",
    "warn_of_language",
]
