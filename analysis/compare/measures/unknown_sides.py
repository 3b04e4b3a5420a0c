"""Speakers without a known side: missing data, for which shares of sides have bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.schemas import UNATTRIBUTED

if TYPE_CHECKING:
    import pandas as pd

MANY_UNKNOWN = 0.15
"""Share of attributed words without a known side above which bounds are given."""
NOT_COMPARED = "side not known; not compared"


def with_bounds(shares: pd.DataFrame) -> pd.DataFrame:
    """Add the lowest and highest share that each side can have, given the words without a known side.

    The share is lowest if none of these words belong to the side, and highest if all of them do. Like the intervals,
    the bounds are not about errors in the sides that are known.

    Parameters
    ----------
    shares : pandas.DataFrame
        Result of `analysis.compare.measures.rates.quoted_shares`.

    Returns
    -------
    pandas.DataFrame
        The same rows with the columns `unknown` (share of the group's attributed words without a known side),
        `bound_low` and `bound_high`. The bounds are empty for the side 'unattributed', and where the unknown share is
        at most `MANY_UNKNOWN`.

    References
    ----------
    Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources 24(3), 343-360.

    Examples
    --------
    >>> from analysis.compare.measures.unknown_sides import with_bounds
    >>> shares = pd.DataFrame({"side": ["iran", "unattributed"], "estimate": [0.7, 0.3]})
    >>> with_bounds(shares)[["bound_low", "bound_high"]].iloc[0].tolist()
    [0.7, 1.0]
    """
    by = list(shares.columns[: list(shares.columns).index("side")])
    nobody = shares["side"] == UNATTRIBUTED
    missing = shares["estimate"].where(nobody, 0.0).fillna(0.0)
    unknown = missing.groupby([shares[name] for name in by]).transform("sum") if by else missing.sum()
    made = shares.assign(unknown=unknown)
    wide = ~nobody & (made["unknown"] > MANY_UNKNOWN)
    return made.assign(
        bound_low=made["estimate"].where(wide), bound_high=(made["estimate"] + made["unknown"]).where(wide)
    )


def known_sides(numbers: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that are about a known side or the outlets' own words.

    Parameters
    ----------
    numbers : pandas.DataFrame
        With a column `side` or `voice`.

    Returns
    -------
    pandas.DataFrame
    """
    return numbers[~_without_side(numbers)]


def mark_unknown(numbers: pd.DataFrame) -> pd.DataFrame:
    """Note in the rows of speakers without a known side that they are not compared.

    Parameters
    ----------
    numbers : pandas.DataFrame
        With the columns `note`, and `side` or `voice`.

    Returns
    -------
    pandas.DataFrame
    """
    return numbers.assign(note=numbers["note"].mask(_without_side(numbers), NOT_COMPARED))


def _without_side(numbers: pd.DataFrame) -> pd.Series:
    return numbers["side" if "side" in numbers else "voice"] == UNATTRIBUTED
