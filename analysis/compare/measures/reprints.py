"""Comparisons with and without reprints: does the difference stay when a wire story counts once?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.units import quoted_units, theme_units
from analysis.compare.inference.differences import differences
from analysis.compare.inference.group_tests import Method, of_shares
from analysis.compare.inference.multiple_testing import adjust
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Reprints = Literal["as independent", "as one", "first only"]
WAYS: tuple[Reprints, ...] = ("as independent", "as one", "first only")


def first_of_each_family(tables: Tables, *, within: Sequence[str] = ()) -> Tables:
    """The tables of one article per family: the earliest, and of equally early ones the first by id.

    Parameters
    ----------
    tables : Tables
    within : sequence of str
        Columns of `articles`; with 'outlet' each outlet keeps one article of a family, so that no outlet loses the
        stories it shares with others.

    Returns
    -------
    Tables

    Examples
    --------
    >>> from analysis.compare import reprints
    >>> tables = analysis.load_tables("results")
    >>> first = reprints.first_of_each_family(tables)
    >>> len(first.articles) == tables.articles["family_id"].nunique()
    True
    """
    ordered = tables.articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    firsts = ordered.drop_duplicates(["family_id", *within])
    return tables.select(firsts["article_id"])


def reprint_times(tables: Tables) -> pd.DataFrame:
    """When and where the articles of each family appeared; families of one dated article are left out.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    pandas.DataFrame
        One row per dated article, families by id, the earliest first: family_id, article_id, outlet, title,
        published, `n` and `n_outlets` (dated articles and outlets of the family), `numerator` (`n`), and
        `estimate`, the days since the earliest of the family.
    """
    dated = tables.articles.dropna(subset=["published"])
    dated = dated.sort_values(["family_id", "published", "article_id"], kind="stable")
    families = dated.groupby("family_id")
    dated = dated.assign(
        n=families["article_id"].transform("size"),
        n_outlets=families["outlet"].transform("nunique"),
        estimate=(dated["published"] - families["published"].transform("min")).dt.total_seconds() / 86_400,
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
    ways: Sequence[Reprints] = WAYS,
) -> pd.DataFrame:
    """Every theme's rate in every group against all others, with reprints handled in three ways.

    Parameters
    ----------
    tables : Tables
    by : str, default 'outlet'
        Column of `articles`, or period.
    method : {'articles', 'welch', 'wild'}
        See `analysis.compare.inference.differences.differences`; for countries or kinds of outlets use 'wild'.
    themes : iterable of str, optional
        By default all that have a hit.
    voice : str, optional
        Only the words of this voice: 'outlet', 'quoted', or a side.
    ways : sequence of {'as independent', 'as one', 'first only'}
        Reprints as independent articles; all, but resampled or clustered as one; only the first of each family.

    Returns
    -------
    pandas.DataFrame
        Rows of `differences` per 1,000 words, with the columns theme and reprints in front and `p_bh`, `n_tests`
        behind: Benjamini-Hochberg over all themes and groups, for each way by itself.

    Examples
    --------
    >>> from analysis.compare import reprints
    >>> tables = analysis.load_tables("results")
    >>> found = reprints.theme_comparisons(tables, by="outlet", themes=["sanctions", "tourism"])
    >>> found["reprints"].unique().tolist()
    ['as independent', 'as one', 'first only']
    >>> sure = reprints.survivors(found)  # empty where nothing stays in all three
    """
    names = sorted(set(theme_hits(tables)["theme"])) if themes is None else list(themes)
    return _compared(
        tables,
        "theme",
        names,
        lambda part, name: theme_units(part, name, voice=voice),
        by,
        method,
        ways,
        1000,
    )


def quoted_comparisons(
    tables: Tables, *, by: str = "outlet", method: Method = "articles", ways: Sequence[Reprints] = WAYS
) -> pd.DataFrame:
    """Every side's share of the attributed words in every group against all others; see `theme_comparisons`."""
    sides = sorted(set(tables.tones["voice"]) - {OUTLET})
    return of_shares(_compared(tables, "side", sides, quoted_units, by, method, ways, 1))


def survivors(comparisons: pd.DataFrame, *, level: float = 0.05) -> pd.DataFrame:
    """The differences that stay whichever way reprints are handled.

    They have the same sign, an interval without 0, and `p_bh` below the level each time.

    Parameters
    ----------
    comparisons : pandas.DataFrame
        As `theme_comparisons` or `quoted_comparisons` give them.
    level : float, default 0.05
        Of `p_bh`.

    Returns
    -------
    pandas.DataFrame
        Their rows, in their order; empty where nothing survives.
    """
    keys = [
        column
        for column in comparisons.columns[: list(comparisons.columns).index("against")]
        if column != "reprints"
    ]
    ways = comparisons["reprints"].nunique()
    apart = (comparisons["ci95_low"] > 0) | (comparisons["ci95_high"] < 0)
    found = comparisons[apart & (comparisons["p_bh"] < level)].assign(_sign=lambda rows: rows["estimate"] > 0)
    kept = found.groupby(keys)["_sign"].transform(lambda signs: len(signs) == ways and signs.nunique() == 1)
    return found[kept.astype(bool)].drop(columns="_sign").reset_index(drop=True)


def _compared(
    tables: Tables,
    column: str,
    names: Sequence[str],
    units: Callable[[Tables, str], pd.DataFrame],
    by: str,
    method: Method,
    ways: Sequence[Reprints],
    scale: float,
) -> pd.DataFrame:
    import pandas as pd

    made = []
    for way in ways:
        part = first_of_each_family(tables) if way == "first only" else tables
        family = "family_id" if way == "as one" else "article_id"
        for name in names:
            rows = differences(
                units(part, name), part.articles, by=by, method=method, family=family, scale=scale
            )
            rows.insert(0, column, name)
            rows.insert(1, "reprints", way)
            made.append(rows)
    if not made:
        nothing = differences(units(tables, ""), tables.articles, by=by, method=method).iloc[:0]
        nothing.insert(0, column, pd.Series(dtype="str"))
        nothing.insert(1, "reprints", pd.Series(dtype="str"))
        made = [nothing]
    return adjust(pd.concat(made, ignore_index=True), within=["reprints"])
