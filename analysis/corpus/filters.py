"""Articles of some outlets, countries or dates."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd


def select(
    articles: pd.DataFrame,
    *,
    outlets: Collection[str] | None = None,
    countries: Collection[str] | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
) -> pd.DataFrame:
    """The articles that meet every condition given.

    Parameters
    ----------
    articles : pandas.DataFrame
        The `articles` table.
    outlets, countries : collection of str, optional
        Names as in the columns `outlet` and `outlet_country`.
    since, until : date, datetime or str, optional
        First and last day, both included, in UTC; a datetime is an exact time. Strings are ISO 8601.

    Returns
    -------
    pandas.DataFrame
        In the order given.

    Raises
    ------
    FramingError
        A name does not occur in the articles, a date is invalid, or `since` is after `until`.

    Warns
    -----
    UserWarning
        Articles without a date were left out because a date was asked for.

    Examples
    --------
    >>> from analysis.corpus import select
    >>> articles = analysis.read_articles("data/articles")
    >>> chosen = select(articles, outlets=["Meridian Post", "Volga Dispatch"], since="2022-06-01", until="2022-12-31")
    >>> chosen["outlet"].value_counts().to_dict()
    {'Meridian Post': 3, 'Volga Dispatch': 3}
    """
    import numpy as np

    kept = np.ones(len(articles), dtype=bool)
    for column, wanted in (("outlet", outlets), ("outlet_country", countries)):
        if wanted is not None:
            kept &= articles[column].isin(_known(wanted, articles[column], column)).to_numpy()
    if since is not None or until is not None:
        first, last = _bound(since, "since"), _bound(until, "until", end=True)
        if first is not None and last is not None and first >= last:
            raise FramingError(f"since ({since}) is after until ({until})")
        published = articles["published"]
        undated = int((published.isna() & kept).sum())
        if undated:
            warnings.warn(f"{undated:,} articles without a date are left out", UserWarning, stacklevel=2)
        kept &= published.notna().to_numpy()
        if first is not None:
            kept &= (published >= first).to_numpy()
        if last is not None:
            kept &= (published < last).to_numpy()
    return articles[kept].reset_index(drop=True)


def _known(wanted: Collection[str], column: pd.Series, name: str) -> list[str]:
    if isinstance(wanted, str):
        wanted = [wanted]
    there = sorted(column.dropna().unique())
    for value in wanted:
        if value not in there:
            near = get_close_matches(value, there, n=3, cutoff=0.5) or there[:5]
            raise FramingError(
                f"no article has the {name} '{value}'",
                remedy=f"did you mean one of: {', '.join(near)}" if near else f"the column {name} is empty",
            )
    return list(wanted)


def _bound(value: date | str | None, name: str, *, end: bool = False) -> datetime | None:
    """The first moment that counts, or for an end the first that no longer does."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
        except ValueError:
            raise FramingError(f"{name}: '{value}' is not a date", remedy="write it as 2022-06-29") from None
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment + timedelta(microseconds=1) if end else moment
    day = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return day + timedelta(days=1) if end else day
