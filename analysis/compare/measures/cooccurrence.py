"""Themes by article, paragraph or sentence: counts, shares of units, and co-occurrence.

Paragraphs end at an empty line, or at any line break if the article has no empty line. The headline is the first
paragraph. A hit counts for its theme and all ancestors of the theme.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import ratio_table, share_table
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import expect_known, in_voice
from analysis.compare._core.weighting import Weight

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups
    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

Unit = Literal["article", "paragraph", "sentence"]
UNITS = ("article", "paragraph", "sentence")
By = str | Sequence[str]
_EMPTY_LINE, _LINE_END = re.compile(r"\n[^\S\n]*\n\s*"), re.compile(r"\n\s*")


def theme_counts(
    tables: Tables,
    *,
    per: Unit = "article",
    themes: Sequence[str] | None = None,
    voice: str | None = None,
    include_negated: bool = True,
) -> pd.DataFrame:
    """Hits of each theme in each article, paragraph or sentence.

    Parameters
    ----------
    tables : Tables
    per : {'article', 'paragraph', 'sentence'}, default 'article'
    themes : sequence of str, optional
        Themes to count. By default, all themes with a hit.
    voice : str, optional
        Count only hits in this voice: 'outlet', 'quoted', or a side.
    include_negated : bool, default True
        Include hits under a negation.

    Returns
    -------
    pandas.DataFrame
        One row per unit and theme with a hit: article_id, outlet, `unit` (position of the paragraph or sentence in
        the article, from 0; 0 for articles), theme, hits, `n` (units of the article).

    Raises
    ------
    FramingError
        If there is no such unit or voice.
    """
    hits = _hits(tables, per, themes=themes, voice=voice, include_negated=include_negated)
    counted = hits.groupby(["article_id", "unit", "theme"]).size().rename("hits").reset_index()
    counted["n"] = counted["article_id"].map(units_per_article(tables, per)).astype("int64")
    about = tables.articles[["article_id", "outlet"]]
    counted = counted.merge(about, on="article_id", how="left")
    return counted[["article_id", "outlet", "unit", "theme", "hits", "n"]]


def theme_unit_shares(
    tables: Tables,
    *,
    per: Unit = "sentence",
    by: By = ("outlet",),
    themes: Sequence[str] | None = None,
    voice: str | None = None,
    include_negated: bool = True,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Share of the articles, paragraphs or sentences that contain a theme.

    Parameters
    ----------
    tables, per, themes, voice, include_negated
        See `theme_counts`.
    by, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`. The units of an article are resampled together.

    Returns
    -------
    pandas.DataFrame
        One row per group and theme. `numerator`: units with the theme; `denominator`: units; `n`: articles.
    """
    hits = _hits(tables, per, themes=themes, voice=voice, include_negated=include_negated)
    names = list(dict.fromkeys(themes)) if themes is not None else sorted(set(hits["theme"]))
    present = hits.drop_duplicates(["article_id", "unit", "theme"])
    groups = group_articles(tables.articles, by, cluster=cluster, weight=weight)
    cells: list[Cell] = [
        ({}, _matrix(present, groups.article_ids, names), _units(tables, per, groups.article_ids))
    ]
    how: dict[str, Any] = {"item": "theme", "items": names, "method": f"share of {per}s"}
    if per == "article":
        return share_table(groups, cells, **how)
    return ratio_table(groups, cells, what=f"{per}s", **how)


def co_occurrence(
    tables: Tables,
    *,
    within: Unit = "sentence",
    by: By = (),
    themes: Sequence[str] | None = None,
    voice: str | None = None,
    include_negated: bool = True,
    minimum: int = 1,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Co-occurrence of themes: the share of units with both themes among units with either (Jaccard index).

    Parameters
    ----------
    tables, themes, voice, include_negated
        See `theme_counts`.
    within : {'article', 'paragraph', 'sentence'}, default 'sentence'
        Unit of co-occurrence.
    by, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.
    minimum : int, default 1
        Leave out pairs that co-occur in fewer units over all groups.

    Returns
    -------
    pandas.DataFrame
        One row per group and pair of themes (`one`, `other`, in alphabetical order), without pairs of a theme and its
        ancestor. `numerator`: units with both; `denominator`: units with either; `n`: articles with either. Further
        columns: `n_units` (units of the group), `n_one`, `n_other` (units with each theme), and `lift`: observed
        co-occurrence divided by that expected if the themes were independent.

    References
    ----------
    Brin, Motwani & Silverstein (1997), Beyond market baskets: generalizing association rules to correlations. SIGMOD
        (lift, there called interest).
    Jaccard (1912), The distribution of the flora in the alpine zone. New Phytologist 11.
    """
    hits = _hits(tables, within, themes=themes, voice=voice, include_negated=include_negated)
    groups = group_articles(tables.articles, by, cluster=cluster, weight=weight)
    units: dict[str, set[tuple[str, int]]] = {}
    for article_id, unit, theme in zip(hits["article_id"], hits["unit"], hits["theme"], strict=True):
        units.setdefault(theme, set()).add((article_id, unit))
    pairs = [
        (one, other)
        for one, other in combinations(sorted(units), 2)
        if len(units[one] & units[other]) >= minimum and not _related(tables, one, other)
    ]
    cells: list[Cell] = []
    for one, other in pairs:
        both = _per_article(units[one] & units[other], groups.article_ids)
        either = _per_article(units[one] | units[other], groups.article_ids)
        cells.append(({"one": one, "other": other}, both[:, None], either))
    table = ratio_table(
        groups,
        cells,
        method=f"share of {within}s with either theme that have both",
        what=f"{within}s with either theme",
        labels=["one", "other"],
    )
    return _with_lift(table, groups, units, _units(tables, within, groups.article_ids))


def units_per_article(tables: Tables, per: Unit) -> pd.Series:
    """Number of units of each article.

    Parameters
    ----------
    tables : Tables
    per : {'article', 'paragraph', 'sentence'}

    Returns
    -------
    pandas.Series of int
        By article_id; 1 for articles.
    """
    import pandas as pd

    ids = tables.articles["article_id"]
    if per == "article":
        return pd.Series(1, index=pd.Index(ids), dtype="int64")
    if per == "sentence":
        return tables.sentences["article_id"].value_counts().reindex(ids).fillna(0).astype("int64")
    counts = [len(paragraph_starts(text)) for text in tables.articles["text"]]
    return pd.Series(counts, index=pd.Index(ids), dtype="int64")


def paragraph_starts(text: str) -> list[int]:
    """Offsets in `text` at which paragraphs begin.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of int
        In ascending order; the first is 0.
    """
    ends = _EMPTY_LINE if _EMPTY_LINE.search(text.strip()) else _LINE_END
    first = len(text) - len(text.lstrip())
    starts = [match.end() for match in ends.finditer(text) if first < match.end() < len(text)]
    return [0, *starts]


def _hits(
    tables: Tables, per: Unit, *, themes: Sequence[str] | None, voice: str | None, include_negated: bool
) -> pd.DataFrame:
    """Hits with the columns article_id, unit and theme."""
    expect_known("unit", [per], UNITS)
    hits = in_voice(theme_hits(tables, include_negated=include_negated), tables, voice)
    hits = hits.assign(unit=_unit_of(hits, tables, per))[["article_id", "unit", "theme"]]
    return hits if themes is None else hits[hits["theme"].isin(list(themes))]


def _unit_of(hits: pd.DataFrame, tables: Tables, per: Unit) -> list[int]:
    if per == "article":
        return [0] * len(hits)
    if per == "sentence":
        return [int(sentence) for sentence in hits["sentence"]]
    texts = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    starts = {article_id: paragraph_starts(text) for article_id, text in texts}
    places = zip(hits["article_id"], hits["start"], strict=True)
    return [bisect_right(starts[article_id], start) - 1 for article_id, start in places]


def _related(tables: Tables, one: str, other: str) -> bool:
    if tables.study is None:
        return False
    codebook = tables.study.codebook
    return one in codebook.ancestors(other) or other in codebook.ancestors(one)


def _units(tables: Tables, per: Unit, article_ids: Sequence[str]) -> np.ndarray:
    return units_per_article(tables, per).reindex(list(article_ids)).to_numpy(dtype=float)


def _matrix(present: pd.DataFrame, article_ids: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """Number of units with each theme, shape (articles, themes)."""
    table = present.groupby(["article_id", "theme"]).size().unstack(fill_value=0)
    return table.reindex(index=list(article_ids), columns=list(names), fill_value=0).to_numpy(dtype=float)


def _per_article(units: set[tuple[str, int]], article_ids: Sequence[str]) -> np.ndarray:
    import numpy as np

    place = {article_id: number for number, article_id in enumerate(article_ids)}
    return np.bincount([place[article_id] for article_id, _ in units], minlength=len(article_ids)).astype(
        float
    )


def _with_lift(
    table: pd.DataFrame, groups: Groups, units: dict[str, set[tuple[str, int]]], sizes: np.ndarray
) -> pd.DataFrame:
    """Add the columns n_units, n_one, n_other and lift."""
    import numpy as np

    n_pairs = len(table) // max(1, len(groups.keys))
    code = np.repeat(np.arange(len(groups.keys)), n_pairs)
    totals = np.bincount(groups.codes, weights=sizes, minlength=len(groups.keys))
    by_theme = {
        theme: np.bincount(
            groups.codes, weights=_per_article(found, groups.article_ids), minlength=len(groups.keys)
        )
        for theme, found in units.items()
    }
    n_one = np.array([by_theme[theme][c] for theme, c in zip(table["one"], code, strict=True)])
    n_other = np.array([by_theme[theme][c] for theme, c in zip(table["other"], code, strict=True)])
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = table["numerator"].to_numpy() * totals[code] / (n_one * n_other)
    return table.assign(
        n_units=totals[code].astype(int), n_one=n_one.astype(int), n_other=n_other.astype(int), lift=lift
    )
