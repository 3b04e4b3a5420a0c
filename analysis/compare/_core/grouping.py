"""Groups of articles: by columns of `articles`, or by periods of the publication date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.compare._core.weighting import check_weight
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

UNDATED = "undated"
UNKNOWN = "unknown"
ARTICLES = "articles"  # name of the clusters if each article is its own cluster
EPISODE_GAP_DAYS = 30
PERIODS = {"period": "%Y-%m", "month": "%Y-%m", "year": "%Y", "week": "%G-W%V", "day": "%Y-%m-%d"}


@dataclass(frozen=True)
class Groups:
    """Articles divided into groups, and into clusters for resampling.

    Attributes
    ----------
    article_ids : pandas.Index of str
        Sorted, so that results do not depend on the order of the table.
    keys : pandas.DataFrame
        One row per group, sorted, with the columns grouped by; one row without columns if there is only one group.
    codes : numpy.ndarray of int, shape (articles,)
        Row in `keys` of each article.
    clusters : numpy.ndarray of int, shape (articles,)
        Cluster of each article; clusters are resampled as a whole.
    unit : str
        Name of the clusters in the plural: articles, families, outlets.
    weight : {'word', 'article', 'outlet'}
        What counts equally in an estimate; see `analysis.compare._core.weighting`.
    outlets : numpy.ndarray of int, shape (articles,)
        Outlet of each article.
    outlet_names : numpy.ndarray of str
        Names of the outlets by number, sorted.
    """

    article_ids: pd.Index
    keys: pd.DataFrame
    codes: np.ndarray
    clusters: np.ndarray
    unit: str
    weight: str
    outlets: np.ndarray
    outlet_names: np.ndarray


def group_articles(
    articles: pd.DataFrame,
    by: str | Sequence[str] = (),
    *,
    cluster: str = "article_id",
    weight: str = "word",
) -> Groups:
    """Divide articles into groups.

    Parameters
    ----------
    articles : pandas.DataFrame
        The table `articles`, including any columns that you added (kind of outlet, coder).
    by : str or sequence of str
        Columns of `articles`, or periods made from `published` (UTC): 'period' and 'month' (2022-06), 'quarter'
        (2022-Q2), 'year', 'week' (ISO), 'day', and 'episode', a wave of coverage that ends when more than 30 days
        pass without an article. Articles without a date form the group 'undated', other empty cells 'unknown'. A
        column of `articles` takes precedence over a period of the same name. Empty for one group.
    cluster : str, default 'article_id'
        Column of `articles`, or period, whose values are resampled together: 'family_id' for wire copy, 'outlet'.
    weight : {'word', 'article', 'outlet'}, default 'word'
        What counts equally in an estimate; see `analysis.compare._core.weighting`.

    Returns
    -------
    Groups

    Raises
    ------
    FramingError
        If there is no such column or weight.
    """
    import pandas as pd

    check_weight(weight)
    names = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    ordered = articles.drop(columns=articles.columns.intersection(["text"]))
    if not ordered["article_id"].is_monotonic_increasing:
        ordered = ordered.sort_values("article_id", kind="stable", ignore_index=True)
    columns = pd.DataFrame({name: group_column(ordered, name) for name in names}, index=ordered.index)
    if names:
        grouped = columns.groupby(names, sort=True)
        codes, keys = grouped.ngroup().to_numpy(), grouped.size().index.to_frame(index=False)
    else:
        codes = pd.Series(0, index=ordered.index).to_numpy()
        keys = pd.DataFrame(index=range(min(1, len(ordered))))
    clusters = pd.factorize(group_column(ordered, cluster))[0]
    outlets, outlet_names = pd.factorize(group_column(ordered, "outlet"), sort=True)
    return Groups(
        pd.Index(ordered["article_id"]),
        keys,
        codes,
        clusters,
        _unit(cluster),
        weight,
        outlets,
        outlet_names.to_numpy(dtype=object),
    )


def group_column(articles: pd.DataFrame, name: str) -> pd.Series:
    """A column of `articles` as text, or a period made from `published`.

    Parameters
    ----------
    articles : pandas.DataFrame
    name : str
        See `group_articles`.

    Returns
    -------
    pandas.Series of str
        One value per article, without empty cells.

    Raises
    ------
    FramingError
        If there is no such column.
    """
    if name in articles:
        return articles[name].astype("str").fillna(UNKNOWN)
    published = articles["published"]
    if name == "quarter":
        return _by_day(published, lambda days: days.tz_localize(None).to_period("Q").strftime("%Y-Q%q"))
    if name == "episode":
        return _episodes(published)
    if name in PERIODS:
        return _by_day(published, lambda days: days.strftime(PERIODS[name]))
    made = ", ".join((*PERIODS, "quarter", "episode"))
    raise FramingError(
        f"articles cannot be grouped by '{name}'",
        remedy=f"choose one of the columns {', '.join(map(str, articles.columns))}, or a period: {made}; "
        "figures also take outlet_kind and outlet_side",
    )


def _by_day(published: pd.Series, label: Callable[[pd.DatetimeIndex], pd.Index]) -> pd.Series:
    """Label dates by their day (UTC). Each day is labelled once, since a large corpus has few."""
    import pandas as pd

    codes, days = pd.factorize(published.dt.floor("D"))
    labels = pd.Index([*label(pd.DatetimeIndex(days)), UNDATED], dtype="str")  # code -1 takes the last
    return pd.Series(labels.take(codes), index=published.index)


def _episodes(published: pd.Series) -> pd.Series:
    """First and last day of the episode of each article, as '2022-01-31 to 2022-02-01'."""
    import pandas as pd

    days = published.dropna().sort_values(kind="stable").dt.floor("D")
    numbers = (days.diff() > pd.Timedelta(days=EPISODE_GAP_DAYS)).cumsum()
    waves = days.groupby(numbers)
    first, last = waves.transform("min"), waves.transform("max")
    labels = first.dt.strftime("%Y-%m-%d") + " to " + last.dt.strftime("%Y-%m-%d")
    return labels.reindex(published.index).astype("str").fillna(UNDATED)


def format_count(n: float, unit: str) -> str:
    """A number with its unit, in the singular or plural.

    Parameters
    ----------
    n : float
    unit : str
        In the plural, as in `Groups.unit`.

    Returns
    -------
    str

    Examples
    --------
    >>> format_count(1, "families"), format_count(7, "articles")
    ('1 family', '7 articles')
    """
    one = f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")
    return f"{n:,.0f} {one if n == 1 else unit}"


def _unit(cluster: str) -> str:
    return {"article_id": ARTICLES, "family_id": "families"}.get(cluster, f"{cluster}s")
