"""From a number back to its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def with_sentences(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of any table of hits with the outlet, the day and the sentence they stand in.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `quotes`, `mentions`, `themes` or `relations`, filtered as you like; needs the columns article_id
        and sentence.
    tables : Tables
        The tables the rows come from.

    Returns
    -------
    pandas.DataFrame
        The rows in their order, with the further columns outlet, published, title and sentence_text.

    Examples
    --------
    >>> hits = tables.themes.query("theme == 'sanctions' and voice == 'outlet'")  # doctest: +SKIP
    >>> with_sentences(hits, tables)[["outlet", "sentence_text"]]  # doctest: +SKIP
    """
    sentences = tables.sentences.rename(columns={"start": "_start", "end": "_end"})
    about = tables.articles[["article_id", "outlet", "published", "title", "text"]].rename(
        columns={"text": "_text"}
    )
    joined = rows.merge(sentences, on=["article_id", "sentence"], how="left")
    joined = joined.merge(about, on="article_id", how="left")
    joined["sentence_text"] = [
        " ".join(text[start:end].split())
        for text, start, end in zip(joined["_text"], joined["_start"], joined["_end"], strict=True)
    ]
    return joined.drop(columns=["_start", "_end", "_text"])
