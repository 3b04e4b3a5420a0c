"""Keyword in context: every hit of a theme or a pattern with the words around it, and whose words they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.compare._core.voices import expect_known, in_voice
from analysis.errors import FramingError, expect

if TYPE_CHECKING:
    import pandas as pd

    from analysis.evidence.concordance import Concordance
    from analysis.tables import Tables

COLUMNS = (
    *("left", "hit", "right", "outlet", "published", "voice", "speaker", "theme", "pattern", "negated"),
    *("sentence_text", "title", "article_id", "sentence", "start", "end"),
)
Names = str | Sequence[str]
_BEGUN, _UNFINISHED = re.compile(r"^\S+"), re.compile(r"\S+$")  # words that the width cuts through


def kwic(
    tables: Tables,
    *,
    theme: Names | None = None,
    pattern: Names | None = None,
    outlet: Names | None = None,
    voice: str | None = None,
    width: int = 60,
    sort: str = "text",
) -> Concordance:
    """Keyword in context.

    Parameters
    ----------
    tables : Tables
    theme : str or sequence of str, optional
        Themes of the codebook; hits of the themes below them count as well.
    pattern : str or sequence of str, optional
        Any pattern in the language of `analysis.study.patterns`, looked for in the texts. One of the two is given.
    outlet : str or sequence of str, optional
        Only these outlets.
    voice : str, optional
        Only 'outlet' (the outlets' own words), 'quoted' (all words they attribute), or one side.
    width : int, default 60
        Characters of context on either side, cut between words.
    sort : str, default 'text'
        'text': by outlet, day and place; 'left', 'hit' or 'right': by the words there; or a column.

    Returns
    -------
    Concordance
        A data frame, one row per hit: left, hit, right, outlet, published, voice, speaker (empty in the outlet's own
        words), theme, pattern, negated, sentence_text, title, and the keys article_id, sentence, start, end.

    Raises
    ------
    FramingError
        Neither or both of theme and pattern are given, or a theme, pattern, outlet or voice does not exist.

    Examples
    --------
    >>> tables = analysis.load_tables("results")
    >>> hits = analysis.kwic(tables, theme="sanctions", outlet="Meridian Post")
    >>> set(hits["theme"]), set(hits["outlet"])
    ({'sanctions'}, {'Meridian Post'})
    >>> analysis.kwic(tables, pattern="some of the heaviest sanction*", width=25)
    Meridian Post ... live under [some of the heaviest sanctions] ever imposed. American
    1 hit
    >>> hits.to_csv("sanctions.csv")
    """
    from analysis.evidence.concordance import Concordance
    from analysis.tables import Tables

    remedy = 'load them first: analysis.load_tables("results")'
    expect(tables, Tables, what="tables", expected="the tables of a run", remedy=remedy)
    if (theme is None) == (pattern is None):
        raise FramingError("give either a theme or a pattern", remedy='for instance theme="sanctions"')
    if width < 0:
        raise FramingError(f"width is {width}, but there is no context of less than 0 characters")
    articles = _articles(tables, outlet)
    hits = (
        _of_themes(tables, _listed(theme))
        if theme is not None
        else _of_patterns(tables, articles, _listed(pattern))
    )
    hits = in_voice(hits[hits["article_id"].isin(articles["article_id"])], tables, voice)
    rows = _with_context(hits, articles, tables, width)
    return Concordance(rows[list(COLUMNS)]).sorted_by(sort)


def _listed(names: Names | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _articles(tables: Tables, outlet: Names | None) -> pd.DataFrame:
    if outlet is None:
        return tables.articles
    wanted = _listed(outlet)
    known = sorted(set(tables.articles["outlet"]))
    expect_known("outlet", wanted, known)
    return tables.articles[tables.articles["outlet"].isin(wanted)]


def _of_themes(tables: Tables, themes: list[str]) -> pd.DataFrame:
    codebook = tables.study.codebook if tables.study is not None else None
    known = [theme.id for theme in codebook.themes] if codebook else sorted(set(tables.themes["theme"]))
    expect_known("theme", themes, known)
    wanted = {
        theme
        for theme in known
        if theme in themes or (codebook is not None and not set(codebook.ancestors(theme)).isdisjoint(themes))
    }
    return tables.themes[tables.themes["theme"].isin(wanted)]


def _of_patterns(tables: Tables, articles: pd.DataFrame, patterns: list[str]) -> pd.DataFrame:
    """Hits of patterns in the form of the table `themes`, with voices from the quotes of the tables."""
    from analysis.annotators.themes.extract import find_themes
    from analysis.compare._core.voice_segments import voice_segments
    from analysis.schemas import TABLES

    codebook = _codebook(patterns)
    segments = voice_segments(tables, set(articles["article_id"]))
    sentences = {key: list(rows) for key, rows in tables.sentences.groupby("article_id")["start"]}
    quote_ids = {key: list(rows) for key, rows in tables.quotes.groupby("article_id")["quote_id"]}
    rows: list[dict[str, Any]] = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        parts = segments[article_id]
        starts = [part.start for part in parts]
        for hit in find_themes(text, codebook):
            part = parts[bisect_right(starts, hit.start) - 1]
            rows.append(
                {
                    "article_id": article_id,
                    "start": hit.start,
                    "end": hit.end,
                    "theme": "",
                    "text": text[hit.start : hit.end],
                    "sentence": max(0, bisect_right(sentences.get(article_id, []), hit.start) - 1),
                    "pattern": hit.pattern,
                    "voice": part.voice,
                    "quote_id": None if part.quote is None else quote_ids[article_id][part.quote],
                    "negated": hit.negated,
                }
            )
    return TABLES["themes"].frame(rows)


def _codebook(patterns: list[str]) -> Any:
    from analysis.study.codebook import Codebook
    from analysis.study.patterns import PatternError, parse_pattern

    for pattern in patterns:
        try:
            parse_pattern(pattern)
        except PatternError as error:
            raise FramingError(f"the pattern cannot be read: {error}") from None
    if not patterns:
        raise FramingError("an empty list of patterns")
    theme = {"id": "pattern", "label": "pattern", "definition": "-", "patterns": patterns}
    return Codebook.from_data({"title": "kwic", "themes": [theme]})


def _with_context(hits: pd.DataFrame, articles: pd.DataFrame, tables: Tables, width: int) -> pd.DataFrame:
    from analysis.evidence.sentences import with_sentences

    rows = with_sentences(hits, tables).drop(columns="text")
    speakers = tables.quotes.set_index("quote_id")["speaker_name"]
    rows["speaker"] = rows["quote_id"].map(speakers).astype("str")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    places = list(zip(rows["article_id"], rows["start"], rows["end"], strict=True))
    around = [context(texts[key], start, end, width=width) for key, start, end in places]
    for number, name in enumerate(("left", "hit", "right")):
        rows[name] = [parts[number] for parts in around]
    return rows.astype({"left": "str", "hit": "str", "right": "str"})


def context(text: str, start: int, end: int, *, width: int) -> tuple[str, str, str]:
    """A place and what stands on either side of it, each in one line and without words cut in two."""
    return _before(text, start, width), " ".join(text[start:end].split()), _after(text, end, width)


def _before(text: str, start: int, width: int) -> str:
    """What stands before a place, in one line, without the word that the width cuts through."""
    first = max(0, start - width)
    piece = text[first:start]
    if first and not text[first - 1].isspace():
        piece = _BEGUN.sub("", piece)
    return " ".join(piece.split()) + (" " if piece[-1:].isspace() and piece.strip() else "")


def _after(text: str, end: int, width: int) -> str:
    piece = text[end : end + width]
    if end + width < len(text) and not text[end + width].isspace():
        piece = _UNFINISHED.sub("", piece)
    return (" " if piece[:1].isspace() and piece.strip() else "") + " ".join(piece.split())
