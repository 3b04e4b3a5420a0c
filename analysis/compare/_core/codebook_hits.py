"""Look up any codebook in the texts of a results folder, with the voice and sentence of each hit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from analysis.compare._core.voice_segments import voice_segments
from analysis.schemas import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.codebook import Codebook
    from analysis.tables import Tables


def codebook_hits(
    tables: Tables, codebook: Codebook, article_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """Find the hits of a codebook that need not be the study's own.

    Parameters
    ----------
    tables : Tables
        Their quotes determine the voices.
    codebook : Codebook
    article_ids : collection of str, optional
        All articles by default.

    Returns
    -------
    pandas.DataFrame
        Rows with the columns of `themes`, sorted by its key.
    """
    import pandas as pd

    found = [_hits_of_shard(part, codebook, article_ids) for part in tables.shards()]
    key = list(TABLES["themes"].key)
    return pd.concat(found, ignore_index=True).sort_values(key, kind="stable", ignore_index=True)


def _hits_of_shard(tables: Tables, codebook: Codebook, article_ids: Collection[str] | None) -> pd.DataFrame:
    from analysis.annotators.themes.extract import find_themes
    from analysis.annotators.voice import voice_at

    tables.expect_text("a search for patterns")
    texts = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    found = {
        article_id: (text, hits)
        for article_id, text in texts
        if (article_ids is None or article_id in article_ids) and (hits := find_themes(text, codebook))
    }
    if not found:
        return TABLES["themes"].empty()
    segments = voice_segments(tables, found.keys())
    starts = _by_article(tables, "sentences", "start", found)
    quote_ids = _by_article(tables, "quotes", "quote_id", found)
    rows = []
    for article_id, (text, hits) in found.items():
        for hit in hits:
            segment = voice_at(segments[article_id], hit.start)
            rows.append(
                {
                    "article_id": article_id,
                    "start": hit.start,
                    "end": hit.end,
                    "theme": hit.theme,
                    "text": text[hit.start : hit.end],
                    "sentence": max(0, bisect_right(starts.get(article_id, []), hit.start) - 1),
                    "pattern": hit.pattern,
                    "voice": segment.voice,
                    "quote_id": None if segment.quote is None else quote_ids[article_id][segment.quote],
                    "negated": hit.negated,
                }
            )
    return TABLES["themes"].frame(rows)


def _by_article(tables: Tables, name: str, column: str, article_ids: Collection[str]) -> dict[str, list[Any]]:
    """The values of a column for each of some articles, in the order of the table."""
    rows = tables.data(name).frame(["article_id", column])
    rows = rows[rows["article_id"].isin(article_ids)]
    found: dict[str, list[Any]] = {}
    for article_id, value in zip(rows["article_id"].tolist(), rows[column].tolist(), strict=True):
        found.setdefault(article_id, []).append(value)
    return found
