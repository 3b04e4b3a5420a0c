"""What the article reader on the page needs of each article: its text and the marks on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Row = Mapping[Any, Any]


def articles_json(tables: Tables) -> str:
    """All articles with their quotes, theme hits and mentions, as JSON that is safe inside a script element.

    Offsets stay code points; the page counts code points too, not UTF-16 units.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    str
    """
    quotes = _by_article(tables.quotes, _quote(tables.quote_spans))
    themes = _by_article(tables.themes, _theme)
    mentions = _by_article(tables.mentions, _mention)
    sentences = _by_article(tables.sentences, _sentence)
    articles = [
        {
            "id": row["article_id"],
            "outlet": row["outlet"],
            "date": row["day"] if isinstance(row["day"], str) else "",
            "title": row["title"],
            "text": row["text"],
            "quotes": quotes.get(row["article_id"], []),
            "themes": themes.get(row["article_id"], []),
            "mentions": mentions.get(row["article_id"], []),
            "sentences": sentences.get(row["article_id"], []),
        }
        for row in tables.articles.assign(day=tables.articles["published"].dt.strftime("%Y-%m-%d")).to_dict(
            "records"
        )
    ]
    return script_json(sorted(articles, key=lambda a: (a["date"], a["outlet"], a["id"])))


def script_json(value: Any) -> str:
    """JSON in which no character can end a script element or open a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _by_article(table: pd.DataFrame, convert: Callable[[Row], Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["article_id"], []).append(convert(row))
    return found


def _quote(spans: pd.DataFrame) -> Callable[[Row], Any]:
    by_quote: dict[str, dict[str, list[list[int]]]] = {}
    for span in spans.to_dict("records"):
        by_quote.setdefault(span["quote_id"], {}).setdefault(span["role"], []).append(
            [span["start"], span["end"]]
        )

    def convert(row: Row) -> dict[str, Any]:
        return {
            **by_quote.get(row["quote_id"], {}),
            "side": row["side"],
            "speaker": _or_none(row["speaker_name"]),
            "kind": row["kind"],
            "act": row["act"],
            "class": _or_none(row["cue_class"]),
            "score": round(row["score"], 2),
        }

    return convert


def _theme(row: Row) -> list[Any]:
    return [row["start"], row["end"], row["theme"], int(row["negated"]), row["voice"]]


def _sentence(row: Row) -> list[int]:
    return [row["start"], row["end"]]


def _mention(row: Row) -> list[Any]:
    polarity = row["polarity"]
    tone = None if isinstance(row["abstained"], str) or polarity != polarity else int(polarity)
    return [row["start"], row["end"], row["actor_id"], row["side"], tone, row["voice"]]


def _or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
