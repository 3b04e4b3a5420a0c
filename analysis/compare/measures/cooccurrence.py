"""Themes in the articles, paragraphs and sentences that make up the corpus: counts, shares, and what comes together.

A paragraph ends at an empty line, or at any line break where an article has no empty line; the headline is the first
one. A hit counts for its theme and for the themes above that; two hits of a theme and its parent at one place do not
exist, since look-up counts one place once.
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
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

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
        Themes to count; by default all that have a hit.
    voice : str, optional
        Only hits in 'outlet', 'quoted', or one side.
    include_negated : bool, default True
        Count hits under a negation as well.

    Returns
    -------
    pandas.DataFrame
        One row per unit and theme that comes up in it: article_id, outlet, `unit` (number of the paragraph or
        sentence in the article, from 0; 0 for articles), theme, hits, `n` (units of the article).
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
) -> pd.DataFrame:
    """Share of the articles, paragraphs or sentences in which a theme comes up.

    Parameters
    ----------
    tables, per, themes, voice, include_negated
        As for `theme_counts`.
    by, cluster
        As for `analysis.compare.measures.rates.theme_rates`; units are resampled with the article they belong to.

    Returns
    -------
    pandas.DataFrame
        One row per group and theme: `numerator` units with the theme, `denominator` units, `n` articles.
    """
    hits = _hits(tables, per, themes=themes, voice=voice, include_negated=include_negated)
    names = list(dict.fromkeys(themes)) if themes is not None else sorted(set(hits["theme"]))
    present = hits.drop_duplicates(["article_id", "unit", "theme"])
    groups = group_articles(tables.articles, by, cluster=cluster)
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
) -> pd.DataFrame:
    """Themes that come up together: of the units that have either, the share that has both (Jaccard's index).

    Parameters
    ----------
    tables, themes, voice, include_negated
        As for `theme_counts`.
    within : {'article', 'paragraph', 'sentence'}, default 'sentence'
    by, cluster
        As for `analysis.compare.measures.rates.theme_rates`.
    minimum : int, default 1
        Units in which two themes have to come together, over all groups, for the pair to be reported.

    Returns
    -------
    pandas.DataFrame
        One row per group and pair of themes (`one`, `other`, in alphabetical order; a theme and the one above it make
        no pair): `numerator` units with both, `denominator` units with either, `n` articles that have either,
        `estimate`, interval, method and note as everywhere, and `n_units`, `n_one`, `n_other` (units of the group in
        all, with the one, with the other theme) and `lift`: how often more the two come together than if they were
        strewn over the units without regard to one another.

    References
    ----------
    Jaccard (1912), The distribution of the flora in the alpine zone. New Phytologist 11.
    """
    hits = _hits(tables, within, themes=themes, voice=voice, include_negated=include_negated)
    groups = group_articles(tables.articles, by, cluster=cluster)
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
    """How many articles (1), paragraphs or sentences each article has, by article_id."""
    import pandas as pd

    ids = tables.articles["article_id"]
    if per == "article":
        return pd.Series(1, index=pd.Index(ids), dtype="int64")
    if per == "sentence":
        return tables.sentences["article_id"].value_counts().reindex(ids).fillna(0).astype("int64")
    counts = [len(paragraph_starts(text)) for text in tables.articles["text"]]
    return pd.Series(counts, index=pd.Index(ids), dtype="int64")


def paragraph_starts(text: str) -> list[int]:
    """Where the paragraphs of a text begin; the first at 0."""
    ends = _EMPTY_LINE if _EMPTY_LINE.search(text.strip()) else _LINE_END
    first = len(text) - len(text.lstrip())
    starts = [match.end() for match in ends.finditer(text) if first < match.end() < len(text)]
    return [0, *starts]


def _hits(
    tables: Tables, per: Unit, *, themes: Sequence[str] | None, voice: str | None, include_negated: bool
) -> pd.DataFrame:
    """Hits with the number of their unit."""
    from analysis.compare._core.voices import in_voice

    if per not in UNITS:
        raise FramingError(f"there is no unit '{per}'", remedy=f"choose one of: {', '.join(UNITS)}")
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
    """Units with each theme, shape (articles, themes)."""
    table = present.groupby(["article_id", "theme"]).size().unstack(fill_value=0)
    return table.reindex(index=list(article_ids), columns=list(names), fill_value=0).to_numpy(dtype=float)


def _per_article(units: set[tuple[str, int]], article_ids: Sequence[str]) -> np.ndarray:
    import numpy as np

    place = {article_id: number for number, article_id in enumerate(article_ids)}
    return np.bincount([place[article_id] for article_id, _ in units], minlength=len(article_ids)).astype(
        float
    )


def _with_lift(
    table: pd.DataFrame, groups: Any, units: dict[str, set[tuple[str, int]]], sizes: np.ndarray
) -> pd.DataFrame:
    """The columns n_units, n_one, n_other and lift, group by group."""
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
