"""Keyword in context: every hit of a theme or pattern with its context and voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.counts import distinct
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import expect_known, in_voice
from analysis.errors import FramingError, expect

if TYPE_CHECKING:
    import pandas as pd

    from analysis.evidence.concordance import Concordance
    from analysis.study.codebook import Codebook
    from analysis.tables import Tables

    Find = Callable[[Tables, set[str]], pd.DataFrame]

COLUMNS = (
    *("left", "hit", "right", "outlet", "published", "voice", "speaker", "theme", "pattern", "negated"),
    *("sentence_text", "title", "article_id", "sentence", "start", "end"),
)
Names = str | Sequence[str]
_FIRST_WORD, _LAST_WORD = re.compile(r"^\S+"), re.compile(r"\S+$")


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
        Themes of the codebook, including their sub-themes. Pass either `theme` or `pattern`.
    pattern : str or sequence of str, optional
        Patterns to look up in the texts, in the language of `analysis.study.patterns`.
    outlet : str or sequence of str, optional
        Show only hits in these outlets.
    voice : str, optional
        Show only hits in this voice: 'outlet', 'quoted' (all attributed words), or a side.
    width : int, default 60
        Characters of context on each side, cut between words.
    sort : str, default 'text'
        'text': by outlet, date and position in the text; 'left', 'hit' or 'right': by these words; or the name of a
        column.

    Returns
    -------
    Concordance
        A data frame with one row per hit: left, hit, right, outlet, published, voice, speaker (empty in the outlet's
        own words), theme, pattern, negated, sentence_text, title, article_id, sentence, start, end. In tables without
        text, the words are empty, and a column url leads to the article.

    Raises
    ------
    FramingError
        If not exactly one of `theme` and `pattern` is given, if a theme, outlet, voice or order does not exist, or if
        a pattern cannot be read.

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
        raise FramingError("pass either theme or pattern", remedy='for example theme="sanctions"')
    if width < 0:
        raise FramingError(f"width must be at least 0, got {width}")
    outlets = None if outlet is None else _listed(outlet)
    if outlets is not None:
        expect_known("outlet", outlets, sorted(set(tables.metadata["outlet"])))
    find = _theme_hits(tables, _listed(theme)) if theme is not None else _pattern_hits(_listed(pattern))
    columns = [*COLUMNS, *(() if tables.has_text else ("url",))]
    parts: list[pd.DataFrame] = []
    for part in tables.shards():
        articles = part.articles
        if outlets is not None:
            articles = articles[articles["outlet"].isin(outlets)]
        hits = in_voice(find(part, set(articles["article_id"])), tables, voice)
        if len(hits) or not parts:
            parts.append(_with_context(hits, articles, part, width)[columns])
    return Concordance(_joined(parts)).sorted_by(sort)


def _listed(names: Names | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The hits of all shards in the order of the table."""
    import pandas as pd

    if len(parts) == 1:
        return parts[0]
    return pd.concat(parts).sort_values(["article_id", "start"], kind="stable", ignore_index=True)


def _theme_hits(tables: Tables, themes: list[str]) -> Find:
    """A function that finds the hits of themes and their sub-themes in some of the articles."""
    codebook = tables.study.codebook if tables.study is not None else None
    known = [theme.id for theme in codebook.themes] if codebook else distinct(theme_hits(tables)["theme"])
    expect_known("theme", themes, known)
    wanted = {
        theme
        for theme in known
        if theme in themes or (codebook is not None and not set(codebook.ancestors(theme)).isdisjoint(themes))
    }

    def find(part: Tables, ids: set[str]) -> pd.DataFrame:
        hits = part.themes
        return hits[hits["theme"].isin(wanted) & hits["article_id"].isin(ids)]

    return find


def _pattern_hits(patterns: list[str]) -> Find:
    """A function that finds the hits of patterns as rows of `themes`, without a theme."""
    from analysis.annotators.themes.matcher import may_match
    from analysis.compare._core.codebook_hits import codebook_hits

    codebook = _codebook(patterns)

    def find(part: Tables, ids: set[str]) -> pd.DataFrame:
        part.expect_text("a search for patterns")
        texts = zip(part.articles["article_id"], part.articles["text"], strict=True)
        possible = {key for key, text in texts if key in ids and may_match(text, codebook)}
        hits = codebook_hits(part, codebook, possible)
        return hits.assign(theme="").astype({"theme": "str"})

    return find


def _codebook(patterns: list[str]) -> Codebook:
    from analysis.study.codebook import Codebook
    from analysis.study.patterns import PatternError, parse_pattern

    for pattern in patterns:
        try:
            parse_pattern(pattern)
        except PatternError as error:
            raise FramingError(f"cannot read the pattern: {error}") from None
    if not patterns:
        raise FramingError("pattern is an empty list")
    theme = {"id": "pattern", "label": "pattern", "definition": "-", "patterns": patterns}
    return Codebook.from_data({"title": "kwic", "themes": [theme]})


def _with_context(hits: pd.DataFrame, articles: pd.DataFrame, tables: Tables, width: int) -> pd.DataFrame:
    from analysis.evidence.sentences import with_sentences

    rows = with_sentences(hits, tables).drop(columns="text")
    speakers = tables.data("quotes").frame(["quote_id", "speaker_name"]).set_index("quote_id")["speaker_name"]
    rows["speaker"] = rows["quote_id"].map(speakers).astype("str")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    places = list(zip(rows["article_id"], rows["start"], rows["end"], strict=True))
    around = (
        [context(texts[key], start, end, width=width) for key, start, end in places]
        if tables.has_text
        else [("", "", "")] * len(places)
    )
    for number, name in enumerate(("left", "hit", "right")):
        rows[name] = [parts[number] for parts in around]
    return rows.astype({"left": "str", "hit": "str", "right": "str"})


def context(text: str, start: int, end: int, *, width: int) -> tuple[str, str, str]:
    """Split a text around a hit.

    Parameters
    ----------
    text : str
    start, end : int
        Offsets of the hit, end exclusive.
    width : int
        Characters of context on each side. Words that the width would cut are left out.

    Returns
    -------
    (left, hit, right) : tuple of str
        Each on one line.
    """
    return _before(text, start, width), " ".join(text[start:end].split()), _after(text, end, width)


def _before(text: str, start: int, width: int) -> str:
    first = max(0, start - width)
    piece = text[first:start]
    if first and not text[first - 1].isspace():
        piece = _FIRST_WORD.sub("", piece)
    return " ".join(piece.split()) + (" " if piece[-1:].isspace() and piece.strip() else "")


def _after(text: str, end: int, width: int) -> str:
    piece = text[end : end + width]
    if end + width < len(text) and not text[end + width].isspace():
        piece = _LAST_WORD.sub("", piece)
    return (" " if piece[:1].isspace() and piece.strip() else "") + " ".join(piece.split())
