"""Groups of outlets: by the side of the country that they are based in, and by kind.

The groups become columns of `articles`, so every statistic can use them in `by`. `news_outlets` leaves out
ministries, think tanks, collections of documents and unknown outlets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.corpus import is_unknown_outlet
from analysis.errors import FramingError
from analysis.ingest.countries import country_name

if TYPE_CHECKING:
    from analysis.tables import Tables

OUTLET_SIDE = "outlet_side"
OUTLET_KIND = "outlet_kind"
UNKNOWN = "unknown"
_STATE = "state"


def with_outlet_groups(tables: Tables) -> Tables:
    """Add the columns `outlet_side` and `outlet_kind` to the articles.

    Parameters
    ----------
    tables : Tables
        With their study.

    Returns
    -------
    Tables
        A copy. `outlet_side` is the label of the side of the outlet's country in actors.yml ("Europe" for France),
        `outlet_kind` the kind in outlets.yml ("think tank"). Both are 'unknown' if the study does not define them.

    Examples
    --------
    >>> from analysis.compare.measures.relations import relation_balance
    >>> tables = with_outlet_groups(analysis.load_tables("results"))
    >>> balance = relation_balance(tables, ("russia", "iran"), by=["outlet_side"])
    >>> balance["outlet_side"].tolist()[:3]
    ['Azerbaijan', 'Europe', 'Iran']
    """
    import pandas as pd

    study = tables.study_or_error()
    labels = study.side_labels
    sides = {
        country_name(name): labels[actor.side]
        for actor in study.actors.actors
        if actor.kind == _STATE
        for name in actor.names
    }
    kinds = study.outlets.kinds_in_words
    articles = tables.metadata
    countries = [
        sides.get(country_name(str(country)), UNKNOWN) if country == country else UNKNOWN
        for country in articles["outlet_country"]
    ]
    groups = {OUTLET_SIDE: countries, OUTLET_KIND: [kinds.get(name, UNKNOWN) for name in articles["outlet"]]}
    return tables.with_columns(pd.DataFrame(groups, index=pd.Index(articles["article_id"]), dtype="str"))


def not_news(tables: Tables) -> dict[str, str]:
    """The outlets of some articles that are not known as news outlets.

    Parameters
    ----------
    tables : Tables
        With their study, whose outlets.yml has the kinds. Outlets that are not listed count as news outlets, but for
        names such as 'unknown' and 'Unknown (GDELT)': like a collection, they stand for several publishers.

    Returns
    -------
    dict of str to str
        Kind by name: 'government', 'think_tank', 'collection', or 'unknown'.

    Examples
    --------
    >>> from analysis.compare.measures.outlet_groups import not_news
    >>> kinds = not_news(analysis.load_tables("data/coverage"))
    >>> kinds["CSIS"], kinds["Unknown (GDELT)"]
    ('think_tank', 'unknown')
    """
    kinds = tables.study_or_error().outlets.not_news
    names = sorted(set(map(str, tables.metadata["outlet"])))
    unknown = {name: UNKNOWN for name in names if is_unknown_outlet(name)}
    return {name: kinds[name] for name in names if name in kinds} | unknown


def news_outlets(tables: Tables) -> Tables:
    """Leave out the articles of outlets that are not known as news outlets; see `not_news`.

    Parameters
    ----------
    tables : Tables
        With their study.

    Returns
    -------
    Tables
        The tables as given if nothing is left out.

    Raises
    ------
    FramingError
        No article is from a news outlet.

    Examples
    --------
    >>> from analysis.compare.measures.outlet_groups import news_outlets
    >>> coverage = analysis.load_tables("data/coverage")
    >>> news = news_outlets(coverage)
    >>> sorted(set(coverage.metadata["outlet"]) - set(news.metadata["outlet"]))[:2]
    ['CSIS', 'Critical Threats']
    """
    articles = tables.metadata
    is_news = ~articles["outlet"].isin(not_news(tables))
    if not is_news.any():
        raise FramingError(
            "no article is from a news outlet",
            remedy="name the outlets of the articles, and check their kinds in outlets.yml",
        )
    return tables if is_news.all() else tables.select(articles.loc[is_news, "article_id"])
