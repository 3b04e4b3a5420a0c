"""The sentence of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.evidence.reader import shown_title

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def with_sentences(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add outlet, date, title and sentence to the rows of any table of hits.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `quotes`, `mentions`, `themes` or `relations`, or any others with article_id and sentence.
    tables : Tables
        The tables that the rows come from.

    Returns
    -------
    pandas.DataFrame
        The rows in the same order, with the further columns outlet, published, title and sentence_text (white space
        collapsed). In tables without text, title and sentence_text are empty, and a column url leads to the article.

    Examples
    --------
    >>> from analysis.evidence.sentences import with_sentences
    >>> tables = analysis.load_tables("results")
    >>> hits = tables.themes.query("theme == 'sanctions' and voice == 'outlet'")
    >>> with_sentences(hits, tables)[["outlet", "sentence_text"]].head(1)
              outlet          sentence_text
    0 ...
    """
    articles = tables.articles
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    keys = ["article_id", "sentence"]
    places = rows[keys].drop_duplicates().merge(tables.sentences, on=keys, how="left")
    # a join would copy the text of the article to every row
    places["sentence_text"] = [
        " ".join(texts[article_id][start:end].split()) if tables.has_text else ""
        for article_id, start, end in zip(places["article_id"], places["start"], places["end"], strict=True)
    ]
    names = ["article_id", "outlet", "published", "title", *(() if tables.has_text else ("url",))]
    about = articles[names].assign(title=articles["title"].map(shown_title).astype("str"))
    joined = rows.merge(about, on="article_id", how="left")
    return joined.merge(places[[*keys, "sentence_text"]], on=keys, how="left")
