"""Wire copy: when a story appeared where, and which differences do not depend on how often it was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from analysis.compare._core.theme_hits import chosen_themes
from analysis.compare._core.voices import known_voices
from analysis.compare._core.weighting import Weight
from analysis.compare.inference.differences import compare_groups, label_articles
from analysis.compare.inference.group_tests import Method, clip_to_shares
from analysis.compare.inference.multiple_testing import adjust
from analysis.compare.measures.units import quoted_units, units_by_theme
from analysis.schemas import OUTLET, UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Treatment = Literal["as independent", "as one", "first only"]
TREATMENTS: tuple[Treatment, ...] = ("as independent", "as one", "first only")
_SECONDS_PER_DAY = 86_400


def deduplicate(tables: Tables, *, within: Sequence[str] = ()) -> Tables:
    """Keep one article of each family: the earliest, and among equally early ones the first by id.

    Parameters
    ----------
    tables : Tables
    within : sequence of str
        Columns of `articles`. With ``["outlet"]``, each outlet keeps one article of a family, so that no outlet loses
        the stories that it shares with others.

    Returns
    -------
    Tables

    Examples
    --------
    >>> from analysis.compare import wire_copy
    >>> tables = analysis.load_tables("results")
    >>> first = wire_copy.deduplicate(tables)
    >>> len(first.articles) == tables.articles["family_id"].nunique()
    True
    """
    ordered = tables.metadata.sort_values(["published", "article_id"], na_position="last", kind="stable")
    firsts = ordered.drop_duplicates(["family_id", *within])
    return tables.select(firsts["article_id"])


def publication_times(tables: Tables) -> pd.DataFrame:
    """When and where the articles of each family appeared.

    Articles without a date, and families with only one dated article, are left out.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    pandas.DataFrame
        One row per article, sorted by family and time: family_id, article_id, outlet, title, published, `n` and
        `n_outlets` (dated articles and outlets of the family), `numerator` (same as `n`), and `estimate` (days since
        the earliest article of the family).
    """
    dated = tables.metadata.dropna(subset=["published"])
    dated = dated.sort_values(["family_id", "published", "article_id"], kind="stable")
    families = dated.groupby("family_id")
    delay = dated["published"] - families["published"].transform("min")
    dated = dated.assign(
        n=families["article_id"].transform("size"),
        n_outlets=families["outlet"].transform("nunique"),
        estimate=delay.dt.total_seconds() / _SECONDS_PER_DAY,
    )
    dated = dated.assign(numerator=dated["n"])
    columns = [
        "family_id", "article_id", "outlet", "title", "published", "numerator", "n", "n_outlets", "estimate",
    ]  # fmt: skip
    return dated.loc[dated["n"] > 1, columns].reset_index(drop=True)


def theme_comparisons(
    tables: Tables,
    *,
    by: str = "outlet",
    method: Method = "articles",
    themes: Iterable[str] | None = None,
    voice: str | None = None,
    wire_copy: Sequence[Treatment] = TREATMENTS,
    weight: Weight = "word",
) -> pd.DataFrame:
    """Compare the rate of every theme in every group with all others, with wire copy handled in three ways.

    Parameters
    ----------
    tables : Tables
    by : str, default 'outlet'
        Column of `articles`, or a period.
    method : {'articles', 'welch', 'wild'}
        See `analysis.compare.inference.differences.differences`. Use 'wild' for countries or kinds of outlets.
    themes : iterable of str, optional
        All themes with a hit by default.
    voice : str, optional
        Only the words of this voice: 'outlet', 'quoted', or a side.
    wire_copy : sequence of {'as independent', 'as one', 'first only'}
        How the articles of a family enter: as independent articles; all of them, but resampled or clustered
        together; or only the first one. All three by default.
    weight : {'word', 'article', 'outlet'}, default 'word'
        What counts equally; see `analysis.compare.inference.differences.differences`.

    Returns
    -------
    pandas.DataFrame
        Rows of `differences` per 1,000 words. The columns `theme` and `wire_copy` come first; `p_bh` and `n_tests`
        (Benjamini-Hochberg over all themes and groups, separately for each treatment of wire copy) come last.

    Examples
    --------
    >>> from analysis.compare import wire_copy
    >>> tables = analysis.load_tables("results")
    >>> found = wire_copy.theme_comparisons(tables, by="outlet", themes=["sanctions", "tourism"])
    >>> found["wire_copy"].unique().tolist()
    ['as independent', 'as one', 'first only']
    >>> robust = wire_copy.robust_differences(found)  # empty if no difference holds in all three
    """
    names = chosen_themes(tables, themes)

    def units(part: Tables) -> Callable[[str], pd.DataFrame]:
        return units_by_theme(part, voice=voice)

    return compare_each(tables, "theme", names, units, by, method, wire_copy, weight, scale=1000)


def quoted_comparisons(
    tables: Tables,
    *,
    by: str = "outlet",
    method: Method = "articles",
    wire_copy: Sequence[Treatment] = TREATMENTS,
    weight: Weight = "word",
) -> pd.DataFrame:
    """Compare each side's share of the attributed words in every group with all others.

    Parameters
    ----------
    tables, by, method, wire_copy, weight
        See `theme_comparisons`.

    Returns
    -------
    pandas.DataFrame
        Same as `theme_comparisons`, with the column `side` instead of `theme`, and differences of shares (-1 to 1).
        Words of speakers whose side is unknown count in the denominator. They are missing data and not compared.
    """
    sides = sorted(set(known_voices(tables)) - {OUTLET, UNATTRIBUTED})

    def units(part: Tables) -> Callable[[str], pd.DataFrame]:
        return partial(quoted_units, part)

    compared = compare_each(tables, "side", sides, units, by, method, wire_copy, weight, scale=1)
    return clip_to_shares(compared)


def robust_differences(comparisons: pd.DataFrame, *, level: float = 0.05) -> pd.DataFrame:
    """Select the differences that hold under every treatment of wire copy.

    A difference holds if it has the same sign, an interval without 0, and `p_bh` below the level each time.

    Parameters
    ----------
    comparisons : pandas.DataFrame
        Result of `theme_comparisons` or `quoted_comparisons`.
    level : float, default 0.05
        Threshold for `p_bh`.

    Returns
    -------
    pandas.DataFrame
        The rows of these differences, in the same order; empty if there are none.
    """
    labels = list(comparisons.columns[: list(comparisons.columns).index("against")])
    labels.remove("wire_copy")
    n_treatments = comparisons["wire_copy"].nunique()
    significant = (comparisons["ci95_low"] > 0) | (comparisons["ci95_high"] < 0)
    found = comparisons[significant & (comparisons["p_bh"] < level)]
    signs = found.assign(_sign=found["estimate"] > 0).groupby(labels)["_sign"]
    holds = (signs.transform("size") == n_treatments) & (signs.transform("nunique") == 1)
    return found[holds].reset_index(drop=True)


def compare_each(
    tables: Tables,
    column: str,
    names: Sequence[str],
    units: Callable[[Tables], Callable[[str], pd.DataFrame]],
    by: str = "outlet",
    method: Method = "articles",
    treatments: Sequence[Treatment] = TREATMENTS,
    weight: Weight = "word",
    *,
    scale: float = 1,
) -> pd.DataFrame:
    """Compare every group with all others in several things, with wire copy handled in three ways.

    Parameters
    ----------
    tables : Tables
    column : str
        What the things are, for the first column of the result: 'theme', 'side'.
    names : sequence of str
        The things.
    units : callable
        Tables -> function that gives the numerator and denominator of each article for one of the names; see
        `analysis.compare.measures.units`.
    by, method, treatments, weight, scale
        See `theme_comparisons` and `analysis.compare.inference.differences.differences`.

    Returns
    -------
    pandas.DataFrame
        Same as `theme_comparisons`.
    """
    import pandas as pd

    parts = []
    for treatment in treatments:
        part = deduplicate(tables) if treatment == "first only" else tables
        family = "family_id" if treatment == "as one" else "article_id"
        labels, units_of = label_articles(part.metadata, by=by, family=family), units(part)
        for name in names:
            rows = compare_groups(units_of(name), labels, method=method, scale=scale, weight=weight)
            rows.insert(0, column, name)
            rows.insert(1, "wire_copy", treatment)
            parts.append(rows)
    if not parts:
        labels = label_articles(tables.metadata, by=by)
        empty = compare_groups(units(tables)(""), labels, method=method).iloc[:0]
        empty.insert(0, column, pd.Series(dtype="str"))
        empty.insert(1, "wire_copy", pd.Series(dtype="str"))
        parts = [empty]
    return adjust(pd.concat(parts, ignore_index=True), within=["wire_copy"])
