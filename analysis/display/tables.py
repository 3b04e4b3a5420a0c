"""HTML of the tables of a results folder: names, sizes and meanings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.display.html import block, escape, paragraph, table

_ONE_ROW = {
    "articles": "an article",
    "sentences": "a sentence",
    "quotes": "a quote, with source, speaker and cue",
    "quote_spans": "a span of a quote: its content, source or cue",
    "mentions": "a mention of an actor, with the tone towards it",
    "themes": "a match of a pattern of the codebook",
    "tones": "the words of one voice in one article, with VADER",
    "relations": "one actor acting on another",
    "rejects": "an article that was refused, with the reason",
}


def tables_html(articles: Any, rows: Mapping[str, int], run: Mapping[str, Any]) -> str:
    """Names, sizes and meanings of tables.

    Parameters
    ----------
    articles : pandas.DataFrame
        The table `articles`; the texts may be missing.
    rows : mapping of str to int
        Number of rows by table.
    run : mapping
        The record of the run; may be empty.
    """
    days = articles["published"].dropna()
    period = f", {_day(days.min())} to {_day(days.max())}" if len(days) else ""
    outlets = articles["outlet"].nunique()
    head = f"{len(articles):,} articles from {outlets:,} outlets{period}; {int(articles['n_words'].sum()):,} words"
    refused = rows["rejects"]
    corrected = len(run.get("corrections", {}).get("applied", ()))
    return block(
        f"<p><b>{escape(head)}</b></p>",
        paragraph(f"{refused:,} refused: see .rejects") if refused else "",
        paragraph(f"{corrected:,} corrections by hand: see .run['corrections']") if corrected else "",
        table(
            ("table", "rows", "one row is"),
            ((name, n, _ONE_ROW[name]) for name, n in rows.items()),
        ),
        paragraph(
            "analysis.explore(tables) shows figures and their sentences, tables.article(article_id) an article with "
            "everything marked, analysis.kwic(tables, theme=...) hits in context.",
            soft=True,
        ),
    )


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"
