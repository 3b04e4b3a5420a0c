"""Themes by article, paragraph or sentence: counts, shares of units, and co-occurrence.

Paragraphs end at an empty line, or at any line break if the article has no empty line. The headline is the first
paragraph. A hit counts for its theme and all ancestors of the theme.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare._core.counts import COUNT, count_rows, distinct, encoded, is_one_of, per_article
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table, share_table, totals
from analysis.compare._core.theme_hits import chosen_themes
from analysis.compare._core.voices import QUOTED, expect_known, known_voices
from analysis.compare._core.weighting import Weight
from analysis.dataset.storage import sql_text
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from analysis.compare._core.grouping import Groups
    from analysis.compare._core.ratios import Cell
    from analysis.dataset.metadata import ArticleIndex
    from analysis.tables import Tables

Unit = Literal["article", "paragraph", "sentence"]
UNITS = ("article", "paragraph", "sentence")
By = str | Sequence[str]
_UNITS = """
    SELECT article_id, theme, count(DISTINCT unit) AS count FROM hits
    GROUP BY article_id, theme ORDER BY article_id, theme
"""
_SHARED = """
    , present AS (SELECT DISTINCT article_id, unit, theme FROM hits)
    SELECT a.article_id AS article_id, a.theme AS one, b.theme AS other, count(*) AS count
    FROM present a JOIN present b ON a.article_id = b.article_id AND a.unit = b.unit AND a.theme < b.theme
    GROUP BY ALL ORDER BY article_id, one, other
"""
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
        If there is no such unit, voice or theme.
    """
    hits = _Hits(tables, per, themes, voice, include_negated)
    counted = hits.query(
        "SELECT article_id, unit, theme, count(*) AS hits FROM hits GROUP BY ALL ORDER BY ALL"
    )
    counted = counted.astype({"article_id": "str", "unit": "int64", "theme": "str", "hits": "int64"})
    counted = counted.sort_values(["article_id", "unit", "theme"], kind="stable", ignore_index=True)
    counted["n"] = counted["article_id"].map(units_per_article(tables, per)).astype("int64")
    about = tables.metadata[["article_id", "outlet"]]
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
    units = _Hits(tables, per, themes, voice, include_negated).query(_UNITS)
    names = distinct(units["theme"]) if themes is None else chosen_themes(tables, themes)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    present = counts_matrix(groups, units, "theme", names, weight=COUNT)
    cells: list[Cell] = [({}, present, _units(tables, per, groups.article_ids))]
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
    hits = _Hits(tables, within, themes, voice, include_negated)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    units, shared = hits.query(_UNITS), hits.query(_SHARED)
    with_theme = {
        str(theme): totals(groups.article_ids, rows, COUNT)
        for theme, rows in units.groupby("theme", sort=True)
    }
    with_both = {
        (str(one), str(other)): rows for (one, other), rows in shared.groupby(["one", "other"], sort=True)
    }
    nothing = shared.iloc[:0]
    pairs = [
        (one, other)
        for one, other in combinations(sorted(with_theme), 2)
        if with_both.get((one, other), nothing)[COUNT].sum() >= minimum and not _related(tables, one, other)
    ]

    def cells() -> Iterator[Cell]:
        for one, other in pairs:
            both = totals(groups.article_ids, with_both.get((one, other), nothing), COUNT)
            yield {"one": one, "other": other}, both[:, None], with_theme[one] + with_theme[other] - both

    table = ratio_table(
        groups,
        cells(),
        method=f"share of {within}s with either theme that have both",
        what=f"{within}s with either theme",
        labels=["one", "other"],
    )
    return _with_lift(table, groups, with_theme, _units(tables, within, groups.article_ids))


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

    ids = tables.metadata["article_id"]
    if per == "article":
        return pd.Series(1, index=pd.Index(ids), dtype="int64")
    if per == "sentence":
        counted = count_rows(tables, "sentences", []).set_index("article_id")[COUNT]
        return counted.rename(index=str).reindex(ids).fillna(0).astype("int64")
    found = {
        article_id: len(paragraph_starts(text))
        for part in tables.shards()
        for article_id, text in zip(part.articles["article_id"], part.articles["text"], strict=True)
    }
    return pd.Series(found, dtype="int64").reindex(ids)


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


@dataclass(frozen=True)
class _Hits:
    """Hits of themes, with the unit that each is in."""

    tables: Tables
    per: Unit
    themes: Sequence[str] | None
    voice: str | None
    include_negated: bool

    def query(self, sql: str) -> pd.DataFrame:
        """The result of a query on `hits`, which has the columns article_id, unit and theme; texts are categories."""
        from analysis.dataset.metadata import article_index

        expect_known("unit", [self.per], UNITS)
        whole = f"WITH hits AS ({self._hits()}) {sql}"
        if self.per != "paragraph":
            return per_article(self.tables, "themes", whole)
        index = article_index(self.tables.data("articles"))
        return encoded((_in_paragraphs(part, whole, index) for part in self.tables.shards()), index.ids)

    def _hits(self) -> str:
        unit = {"article": "0", "paragraph": "paragraph", "sentence": "sentence"}[self.per]
        conditions = [_voice_condition(self.tables, self.voice)]
        conditions.append("true" if self.include_negated else "NOT negated")
        counted = "theme"
        join = ""
        if self.tables.study is not None:  # a hit counts for the ancestors of its theme as well
            codebook = self.tables.study.codebook
            lines = [(theme.id, above) for theme in codebook.themes for above in codebook.ancestors(theme.id)]
            if lines:
                pairs = ", ".join(f"({sql_text(one)}, {sql_text(above)})" for one, above in lines)
                itself = ", ".join(
                    f"({sql_text(theme.id)}, {sql_text(theme.id)})" for theme in codebook.themes
                )
                join = f" JOIN (VALUES {itself}, {pairs}) AS line(own, counted) ON theme = own"
                counted = "counted"
        if self.themes is not None:
            conditions.append(is_one_of(counted, chosen_themes(self.tables, self.themes)))
        where = " AND ".join(conditions)
        return f"SELECT article_id, {unit} AS unit, {counted} AS theme FROM rows{join} WHERE {where}"


def _in_paragraphs(tables: Tables, sql: str, index: ArticleIndex) -> pa.Table:
    """The result of a query on the hits of a shard, which have the further column paragraph."""
    from analysis.dataset.query import count
    from analysis.dataset.storage import InMemory

    texts = zip(tables.articles["article_id"], tables.articles["text"], strict=True)
    starts = {article_id: paragraph_starts(text) for article_id, text in texts}
    themes = tables.themes[["article_id", "start", "theme", "voice", "negated"]]
    places = zip(themes["article_id"], themes["start"], strict=True)
    numbers = [bisect_right(starts[article_id], start) - 1 for article_id, start in places]
    placed = InMemory(themes.assign(paragraph=numbers).astype({"paragraph": "int64"}))
    return next(count(placed, sql, index.only(tables.articles["article_id"])))


def _voice_condition(tables: Tables, voice: str | None) -> str:
    if voice is None:
        return "true"
    if voice == QUOTED:
        return f"voice <> {sql_text(OUTLET)}"
    expect_known("voice", [voice], [OUTLET, QUOTED, *sorted(set(known_voices(tables)) - {OUTLET})])
    return f"voice = {sql_text(voice)}"


def _related(tables: Tables, one: str, other: str) -> bool:
    if tables.study is None:
        return False
    codebook = tables.study.codebook
    return one in codebook.ancestors(other) or other in codebook.ancestors(one)


def _units(tables: Tables, per: Unit, article_ids: pd.Index) -> np.ndarray:
    return units_per_article(tables, per).reindex(article_ids).to_numpy(dtype=float)


def _with_lift(
    table: pd.DataFrame, groups: Groups, with_theme: dict[str, np.ndarray], sizes: np.ndarray
) -> pd.DataFrame:
    """Add the columns n_units, n_one, n_other and lift."""
    import numpy as np

    n_pairs = len(table) // max(1, len(groups.keys))
    code = np.repeat(np.arange(len(groups.keys)), n_pairs)
    every = np.bincount(groups.codes, weights=sizes, minlength=len(groups.keys))
    by_theme = {
        theme: np.bincount(groups.codes, weights=units, minlength=len(groups.keys))
        for theme, units in with_theme.items()
    }
    n_one = np.array([by_theme[theme][c] for theme, c in zip(table["one"], code, strict=True)])
    n_other = np.array([by_theme[theme][c] for theme, c in zip(table["other"], code, strict=True)])
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = table["numerator"].to_numpy() * every[code] / (n_one * n_other)
    return table.assign(
        n_units=every[code].astype(int), n_one=n_one.astype(int), n_other=n_other.astype(int), lift=lift
    )
