"""Data of the article reader: the texts of the articles and the marks on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analysis.compare._core.grouping import group_column
from analysis.compare.measures.adoption import term_hits
from analysis.compare.measures.frames import dyad_sentences
from analysis.compare.measures.relations import FACTUAL, VALUES
from analysis.standoff import is_outline

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Row = Mapping[Any, Any]
Pair = tuple[str, str] | None
READER_SCRIPT = Path(__file__).with_name("templates") / "reader.js"
"""The ES module that finds the marks that filters ask for and shows them."""
CORRECTIONS_SCRIPT = READER_SCRIPT.with_name("corrections.js")
"""The ES module with the form that corrects what the reader lists."""


def reader_articles(
    tables: Tables, pair: Pair, *, by: str = "", with_terms: bool = True
) -> list[dict[str, Any]]:
    """All articles with the marks on their texts, but without the texts.

    Offsets are code points, not UTF-16 units; the page counts code points too.

    Parameters
    ----------
    tables : Tables
        With their study.
    pair : (str, str) or None
        The two sides of the study.
    by : str, optional
        Column of `articles`, or period, whose value each article gets as `group`.
    with_terms : bool, default True
        Look up the loaded terms, which takes as long as all else.

    Returns
    -------
    list of dict
        By date (undated articles last), outlet and id. `textless`: whether the words were removed. `quotes` and
        lists of marks: `themes` (start, end, theme, negated, voice, sentence, quote), `mentions` (start, end, actor,
        side, tone, voice, sentence, quote), `acts` (start, end, source, target, their sides, verb, direction, status,
        voice, sentence, quote, mutual; those that the figures count), `terms` (start, end, term, use, voice,
        sentence), `sentences` (start, end), `pair`: numbers of the sentences about both sides. A quote is its number
        in `quotes`, -1 for none.
    """
    numbers = _quote_numbers(tables.quotes)
    terms = _terms(tables) if with_terms and tables.has_text else _no_terms(tables)
    dyad = dyad_sentences(tables, pair) if pair else tables.sentences.iloc[:0]
    marks = {
        "quotes": _by_article(tables.quotes, _QUOTE, _quote(tables.quote_spans)),
        "themes": _by_article(tables.themes, _THEME, _theme(numbers)),
        "mentions": _by_article(tables.mentions, _MENTION, _mention(numbers)),
        "acts": _by_article(_acts(tables.relations), _ACT, _act(numbers)),
        "terms": _by_article(terms, _TERM, _listed),
        "sentences": _by_article(tables.sentences, ("start", "end"), _listed),
        "pair": _by_article(dyad, ("sentence",), int),
    }
    articles = _in_order(tables)
    made = [
        _about(row)
        | {"textless": not tables.has_text}
        | {name: found.get(row["article_id"], []) for name, found in marks.items()}
        for row in articles.drop(columns="text").to_dict("records")
    ]
    if by:
        for article, group in zip(made, group_column(articles, by), strict=True):
            article["group"] = group
    return made


def texts_in_order(tables: Tables) -> list[str]:
    """The texts in the order of `reader_articles`; empty if the words were removed."""
    articles = _in_order(tables)
    return [str(text) for text in articles["text"]] if tables.has_text else [""] * len(articles)


def script_json(value: Any) -> str:
    """JSON in which no character can end a script element or open a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def web_address(url: Any) -> str:
    """The address if a link may lead to it (http or https with a host), otherwise an empty string."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def shown_title(title: str) -> str:
    """The headline; empty if its words were removed."""
    return "" if is_outline(title) else title


def _in_order(tables: Tables) -> pd.DataFrame:
    days = tables.articles["published"].dt.strftime("%Y-%m-%d").astype("str").fillna("")
    return tables.articles.assign(day=days, undated=days == "").sort_values(
        ["undated", "day", "outlet", "article_id"], kind="stable", ignore_index=True
    )


def _about(row: Row) -> dict[str, Any]:
    return {
        "id": row["article_id"],
        "outlet": row["outlet"],
        "country": _or_none(row["outlet_country"]),
        "date": row["day"],
        "title": shown_title(row["title"]),
        "author": _or_none(row["author"]),
        "url": web_address(row["url"]),
    }


def _quote_numbers(quotes: pd.DataFrame) -> dict[str, int]:
    """The place of each quote among those of its article."""
    places = quotes.groupby("article_id", sort=False).cumcount()
    return dict(zip(quotes["quote_id"], places.tolist(), strict=True))


def _by_article(
    table: pd.DataFrame, columns: Sequence[str], convert: Callable[..., Any]
) -> dict[str, list[Any]]:
    """What `convert` makes of the values of these columns, row by row, in one list per article."""
    found: dict[str, list[Any]] = {}
    # lists are several times as fast as one mapping per row
    for article, *values in zip(*(table[name].tolist() for name in ("article_id", *columns)), strict=True):
        found.setdefault(article, []).append(convert(*values))
    return found


_QUOTE = ("quote_id", "side", "speaker", "speaker_name", "kind", "act", "cue_class", "score", "sentence")
_THEME = ("start", "end", "theme", "negated", "voice", "sentence", "quote_id")
_MENTION = ("start", "end", "actor_id", "side", "polarity", "abstained", "voice", "sentence", "quote_id")
_ACT = (
    *("start", "end", "source_actor", "target_actor", "source_side", "target_side", "verb", "direction"),
    *("status", "voice", "sentence", "quote_id", "mutual"),
)
_TERM = ("start", "end", "term", "use", "voice", "sentence")


def _quote(spans: pd.DataFrame) -> Callable[..., dict[str, Any]]:
    by_quote: dict[str, dict[str, list[list[int]]]] = {}
    columns = (spans[name].tolist() for name in ("quote_id", "role", "start", "end"))
    for quote, role, start, end in zip(*columns, strict=True):
        by_quote.setdefault(quote, {}).setdefault(role, []).append([start, end])

    def convert(
        quote: str, side: str, actor: Any, speaker: Any, kind: str, act: str, cue_class: Any, *place: Any
    ) -> dict[str, Any]:
        score, sentence = place
        return {
            **by_quote.get(quote, {}),
            "id": quote,
            **({"actor": actor} if isinstance(actor, str) else {}),
            "side": side,
            "speaker": _or_none(speaker),
            "kind": kind,
            "act": act,
            "class": _or_none(cue_class),
            "score": round(score, 2),
            "sentence": sentence,
        }

    return convert


def _theme(numbers: Mapping[str, int]) -> Callable[..., list[Any]]:
    return lambda start, end, theme, negated, voice, sentence, quote: [
        start, end, theme, int(negated), voice, sentence, numbers.get(quote, -1),
    ]  # fmt: skip


def _mention(numbers: Mapping[str, int]) -> Callable[..., list[Any]]:
    def convert(
        start: int, end: int, actor: str, side: str, polarity: float, abstained: Any, *place: Any
    ) -> list[Any]:
        voice, sentence, quote = place
        tone = None if isinstance(abstained, str) or polarity != polarity else int(polarity)
        return [start, end, actor, side, tone, voice, sentence, numbers.get(quote, -1)]

    return convert


def _acts(relations: pd.DataFrame) -> pd.DataFrame:
    """The acts that the figures count."""
    return relations[relations["direction"].isin(list(VALUES)) & relations["status"].isin(FACTUAL)]


def _act(numbers: Mapping[str, int]) -> Callable[..., list[Any]]:
    def convert(*values: Any) -> list[Any]:
        *act, quote, mutual = values
        return [*act, numbers.get(quote, -1), int(mutual)]

    return convert


def _terms(tables: Tables) -> pd.DataFrame:
    """The uses of loaded terms; empty if the study lists none."""
    if tables.study_or_error().loaded_terms is None:
        return _no_terms(tables)
    return term_hits(tables)


def _no_terms(tables: Tables) -> pd.DataFrame:
    return tables.themes.iloc[:0].assign(term="", use="")


def _listed(*values: Any) -> list[Any]:
    return list(values)


def _or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
