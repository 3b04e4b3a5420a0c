"""Test a codebook on articles: unused and frequent patterns, overlaps, coverage, and hits to read first.

Use it to revise a codebook: narrow patterns with wrong hits, repair patterns without hits, and first read the
hits that decide most articles. It does not judge whether a hit is correct.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.compare._core.intervals import wilson
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.study.codebook import Codebook

ANY = "(any theme)"
_HITS = {
    "article_id": "str",
    "start": "int64",
    "end": "int64",
    "theme": "str",
    "text": "str",
    "pattern": "str",
    "negated": "bool",
}


@dataclass(frozen=True)
class CodebookCheck:
    """How a codebook performs on a set of articles.

    Attributes
    ----------
    themes : pandas.DataFrame
        One row per theme and one for any theme: hits and articles (including sub-themes), n (all articles), share,
        ci95_low, ci95_high (Wilson), patterns, dead (patterns without a hit).
    patterns : pandas.DataFrame
        One row per pattern and exception: theme, kind, pattern, hits, articles, share (of the theme's hits), alone
        (matches if no other pattern is looked up), decides (articles that have the theme only because of this hit),
        status.
    overlaps : pandas.DataFrame
        One row per pair of themes with overlapping hits: one, other, places, share_of_one, share_of_other, articles,
        words.
    to_read : pandas.DataFrame
        Hits to read first, most important first: theme, pattern, left, hit, right, outlet, article_id, start, why.
    n_articles : int
    """

    themes: pd.DataFrame
    patterns: pd.DataFrame
    overlaps: pd.DataFrame
    to_read: pd.DataFrame
    n_articles: int


def check_codebook(codebook: Codebook, articles: pd.DataFrame, *, per_theme: int = 5) -> CodebookCheck:
    """Test a codebook on a set of articles.

    Parameters
    ----------
    codebook : Codebook
    articles : pandas.DataFrame
        With the columns article_id, outlet and text.
    per_theme : int, default 5
        Number of hits of each theme in the reading list.

    Returns
    -------
    CodebookCheck

    Raises
    ------
    FramingError
        If there are no articles.

    Examples
    --------
    >>> from analysis.validation.codebook_check import check_codebook
    >>> study = analysis.load_study("data")
    >>> check = check_codebook(study.codebook, analysis.read_articles("data/articles"))
    >>> check.n_articles
    52
    >>> dead = check.patterns.query("hits == 0")[["theme", "pattern"]]
    """
    if articles.empty:
        raise FramingError("articles is empty")
    hits = find_hits(codebook, articles)
    patterns = pattern_table(codebook, hits, articles)
    return CodebookCheck(
        themes=theme_table(codebook, hits, patterns, n_articles=len(articles)),
        patterns=patterns,
        overlaps=overlap_table(codebook, hits),
        to_read=reading_list(hits, patterns, articles, per_theme=per_theme),
        n_articles=len(articles),
    )


def find_hits(codebook: Codebook, articles: pd.DataFrame) -> pd.DataFrame:
    """All hits in all articles: article_id, start, end, theme, text, pattern, negated."""
    import pandas as pd

    from analysis.annotators.themes.extract import find_themes

    rows = [
        (article_id, hit.start, hit.end, hit.theme, text[hit.start : hit.end], hit.pattern, hit.negated)
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for hit in find_themes(text, codebook)
    ]
    return pd.DataFrame(rows, columns=list(_HITS)).astype(_HITS)


def pattern_table(codebook: Codebook, hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Hits of each pattern, and articles that depend on it alone; see `CodebookCheck.patterns`."""
    import pandas as pd

    listed = pd.DataFrame(
        [
            (theme.id, kind, pattern)
            for theme in codebook.themes
            for kind, sources in (("pattern", theme.patterns), ("exception", theme.exceptions))
            for pattern in dict.fromkeys(sources)
        ],
        columns=["theme", "kind", "pattern"],
    )
    keys = ["theme", "pattern"]
    counted = hits.groupby(keys)["article_id"].agg(hits="size", articles="nunique").reset_index()
    sole = hits[hits.groupby(["article_id", "theme"])["start"].transform("size") == 1]
    decides = sole.groupby(keys).size().rename("decides").reset_index()
    table = listed.merge(counted, on=keys, how="left").merge(decides, on=keys, how="left")
    numbers = ["hits", "articles", "decides"]
    table[numbers] = table[numbers].fillna(0).astype("int64")
    # if an exception equals a pattern of its theme, the hits belong to the pattern
    table.loc[table["kind"] == "exception", numbers] = 0
    table["share"] = (table["hits"] / table.groupby("theme")["hits"].transform("sum")).fillna(0.0)
    silent = table.loc[table["hits"] == 0, "pattern"]
    found = pd.Series(_alone(silent.tolist(), articles), index=silent.index, dtype="int64")
    table["alone"] = found.reindex(table.index).fillna(table["hits"]).astype("int64")
    table["status"] = [_status(*row) for row in table[["kind", "hits", "alone"]].itertuples(index=False)]
    columns = ["theme", "kind", "pattern", "hits", "articles", "share", "alone", "decides", "status"]
    return table[columns]


def _alone(patterns: list[str], articles: pd.DataFrame) -> list[int]:
    """Number of matches of each pattern if no other pattern is looked up."""
    from analysis.study.codebook import Codebook

    if not patterns:
        return []
    themes = [
        {"id": f"p{number}", "label": pattern, "definition": "-", "patterns": [pattern]}
        for number, pattern in enumerate(patterns)
    ]
    found = find_hits(Codebook.from_data({"title": "alone", "themes": themes}), articles)
    counts = found["theme"].value_counts()
    return [int(counts.get(f"p{number}", 0)) for number in range(len(patterns))]


def _status(kind: str, hits: int, alone: int) -> str:
    if hits:
        return ""
    if kind == "exception":
        return "" if alone else "dead: matches nothing"
    return "dead: always within a longer hit or an exception" if alone else "dead: matches nothing"


def theme_table(
    codebook: Codebook, hits: pd.DataFrame, patterns: pd.DataFrame, *, n_articles: int
) -> pd.DataFrame:
    """Hits of each theme and its share of articles; see `CodebookCheck.themes`."""
    import pandas as pd

    present = {theme.id: set[str]() for theme in codebook.themes}
    n_hits = dict.fromkeys(present, 0)
    for article_id, theme in zip(hits["article_id"], hits["theme"], strict=True):
        for name in (theme, *codebook.ancestors(theme)):
            present[name].add(article_id)
            n_hits[name] += 1
    own = patterns[patterns["kind"] == "pattern"]
    rows = [
        _coverage(theme.id, n_hits[theme.id], len(present[theme.id]), n_articles)
        | {
            "patterns": int((own["theme"] == theme.id).sum()),
            "dead": int(((own["theme"] == theme.id) & (own["hits"] == 0)).sum()),
        }
        for theme in codebook.themes
    ]
    covered = len(set(hits["article_id"]))
    whole = {"patterns": len(own), "dead": int((own["hits"] == 0).sum())}
    return pd.DataFrame([*rows, _coverage(ANY, len(hits), covered, n_articles) | whole])


def _coverage(theme: str, hits: int, articles: int, n: int) -> dict[str, Any]:
    low, high = wilson(articles, n)
    return {
        "theme": theme,
        "hits": hits,
        "articles": articles,
        "n": n,
        "share": articles / n,
        "ci95_low": low,
        "ci95_high": high,
    }


def overlap_table(codebook: Codebook, hits: pd.DataFrame) -> pd.DataFrame:
    """Pairs of themes with overlapping hits, most overlaps first; see `CodebookCheck.overlaps`."""
    import pandas as pd

    totals: dict[Any, int] = hits["theme"].value_counts().to_dict()
    pairs = pd.DataFrame(list(_shared(hits)), columns=["one", "other", "article_id", "text"])
    rows = [
        {
            "one": one,
            "other": other,
            "places": len(group),
            "share_of_one": len(group) / totals[one],
            "share_of_other": len(group) / totals[other],
            "articles": group["article_id"].nunique(),
            "words": "; ".join(group["text"].str.lower().value_counts().index[:3]),
        }
        for (one, other), group in pairs.groupby(["one", "other"], sort=True)
    ]
    columns = ["one", "other", "places", "share_of_one", "share_of_other", "articles", "words"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(
        ["places", "one", "other"], ascending=[False, True, True], kind="stable", ignore_index=True
    )


def _shared(hits: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Each pair of overlapping hits of different themes, once."""
    ordered = hits.sort_values(["article_id", "start", "end"], kind="stable")
    open_hits: list[tuple[int, int, str, str]] = []
    current = None
    columns = (ordered[name] for name in ("article_id", "start", "end", "theme", "text"))
    for article_id, start, end, theme, text in zip(*columns, strict=True):
        if article_id != current:
            current, open_hits = article_id, []
        open_hits = [hit for hit in open_hits if hit[1] > start]
        for other_start, other_end, other_theme, other_text in open_hits:
            if other_theme != theme:
                one, other = sorted((other_theme, theme))
                yield one, other, article_id, text if end - start > other_end - other_start else other_text
        open_hits.append((start, end, theme, text))


def reading_list(
    hits: pd.DataFrame, patterns: pd.DataFrame, articles: pd.DataFrame, *, per_theme: int
) -> pd.DataFrame:
    """Hits to read first, the most consequential of each theme; see `CodebookCheck.to_read`.

    One hit is enough for an article to have a theme. The list therefore starts with hits that decide an article
    alone, from the patterns that decide most articles. If a theme has too few of these, hits of its most frequent
    patterns follow. Every pattern of the theme appears once before any appears twice.
    """
    import pandas as pd

    from analysis.evidence.kwic import context

    ranked = hits.merge(
        patterns[patterns["kind"] == "pattern"][["theme", "pattern", "hits", "decides"]],
        on=["theme", "pattern"],
    )
    ranked["sole"] = ranked.groupby(["article_id", "theme"])["start"].transform("size") == 1
    order = ["theme", "decides", "hits", "pattern", "sole", "article_id", "start"]
    ranked = ranked.sort_values(
        order, ascending=[True, False, False, True, False, True, True], kind="stable", ignore_index=True
    )
    ranked["turn"] = ranked.groupby(["theme", "pattern"]).cumcount()
    ranked = ranked.sort_values(["theme", "turn"], kind="stable", ignore_index=True)
    chosen = ranked.groupby("theme", sort=False).head(per_theme).reset_index(drop=True)
    about = articles.set_index("article_id")[["outlet", "text"]].loc[chosen["article_id"]]
    around = [
        context(text, start, end, width=60)
        for text, start, end in zip(about["text"], chosen["start"], chosen["end"], strict=True)
    ]
    chosen[["left", "hit", "right"]] = pd.DataFrame(around, columns=["left", "hit", "right"], dtype="str")
    chosen["outlet"] = about["outlet"].to_numpy()
    chosen["why"] = [
        _why(sole, decides, n)
        for sole, decides, n in zip(chosen["sole"], chosen["decides"], chosen["hits"], strict=True)
    ]
    return chosen[["theme", "pattern", "left", "hit", "right", "outlet", "article_id", "start", "why"]]


def _why(sole: bool, decides: int, hits: int) -> str:
    if sole:
        return f"its pattern alone decides {decides:,} article{'s' if decides > 1 else ''}"
    return f"one of {hits:,} hits of its pattern" if hits > 1 else "the only hit of its pattern"
