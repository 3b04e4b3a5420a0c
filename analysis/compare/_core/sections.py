"""Headline, lead and body: the section of each hit, and the words of each voice in each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.parsing.sections import PartSpan
    from analysis.tables import Tables


def with_parts(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add the column `part` to a table of hits: headline, lead or body.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `quotes`, `mentions`, `themes`, `relations` or `sentences`, with article_id and start.
    tables : Tables
        The tables that the rows come from.

    Returns
    -------
    pandas.DataFrame
        The rows in the same order.
    """
    from analysis.annotators.parsing.sections import part_at

    parts = _parts(tables)
    column = [
        part_at(parts[article_id], start)
        for article_id, start in zip(rows["article_id"], rows["start"], strict=True)
    ]
    return rows.assign(part=column).astype({"part": "str"})


def words_by_part(tables: Tables) -> pd.DataFrame:
    """Words of every article by voice and part: the denominators for hits in a part.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    pandas.DataFrame
        One row per article, voice and part with at least one word: article_id, voice, part, n_words. The sum over an
        article is its number of words.
    """
    import pandas as pd

    from analysis.annotators.parsing.sections import words_by_voice_and_part
    from analysis.compare._core.voice_segments import voice_segments

    parts, segments = _parts(tables), voice_segments(tables)
    texts = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    rows = [
        (article_id, voice, part, n_words)
        for article_id, text in texts
        for (voice, part), n_words in words_by_voice_and_part(
            text, segments[article_id], parts[article_id]
        ).items()
    ]
    columns = {"article_id": "str", "voice": "str", "part": "str", "n_words": "int64"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _parts(tables: Tables) -> dict[str, list[PartSpan]]:
    from analysis.annotators.parsing.document import Span
    from analysis.annotators.parsing.sections import article_parts

    sentences: dict[str, list[Span]] = {}
    found = tables.sentences
    for article_id, start, end in zip(found["article_id"], found["start"], found["end"], strict=True):
        sentences.setdefault(article_id, []).append(Span(start, end))
    columns = tables.articles[["article_id", "text", "title"]].itertuples(index=False)
    return {
        article_id: article_parts(text, title, sentences.get(article_id, ()))
        for article_id, text, title in columns
    }
