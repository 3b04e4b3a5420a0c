"""What follows from the sides of quotes: the voice of each hit, and VADER's scores of each voice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.annotators.tone.rows import tone_rows
from analysis.revision.saved_article import SavedArticle, saved_rows
from analysis.schemas import OUTLET, TABLES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

_OF_HITS = ("mentions", "themes", "relations")


def with_voices(hits: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Rows with the voice of the quote around them: the side of its speaker, or the outlet.

    Parameters
    ----------
    hits : pandas.DataFrame
        Rows of a table with the columns `quote_id` and `voice`.
    quotes : pandas.DataFrame
        The table `quotes`.

    Returns
    -------
    pandas.DataFrame
    """
    sides = quotes.set_index("quote_id")["side"]
    voices = hits["quote_id"].map(sides).astype("str")
    return hits.assign(voice=voices.where(hits["quote_id"].notna(), OUTLET))


def with_derived_voices(tables: Tables, article_ids: Collection[str]) -> Tables:
    """Tables whose voices and VADER scores follow from the sides of the quotes.

    Parameters
    ----------
    tables : Tables
        With their study.
    article_ids : collection of str
        The articles in which the side of a quote changed.

    Returns
    -------
    Tables
    """
    import pandas as pd

    if not article_ids:
        return tables
    hits: dict[str, Any] = {name: with_voices(getattr(tables, name), tables.quotes) for name in _OF_HITS}
    study = tables.study_or_error()
    rows = [
        row
        for saved in saved_rows(tables.select(article_ids))
        for row in tone_rows(SavedArticle(saved, study, keep_speakers=True))
    ]
    tones = TABLES["tones"]
    kept = tables.tones[~tables.tones["article_id"].isin(article_ids)]
    scored = pd.concat([kept, tones.frame(rows)]).sort_values(list(tones.key), ignore_index=True)
    return replace(tables, **hits, tones=scored)
