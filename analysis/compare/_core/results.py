"""The columns that every result of a comparison has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

RESULT_COLUMNS = (
    "numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note",
)  # fmt: skip
NO_INTERVAL = (float("nan"), float("nan"))
NEUTRAL = 0.05  # scores between -0.05 and 0.05 have no direction (Hutto & Gilbert 2014)


def result_columns(**after: tuple[str, ...]) -> tuple[str, ...]:
    """Columns of a result table, with further columns after those named.

    Parameters
    ----------
    **after : tuple of str
        Names of further columns, by the column that they follow.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        If results have no column of this name.

    Examples
    --------
    >>> result_columns(n=("n_coded",))[:4]
    ('numerator', 'denominator', 'n', 'n_coded')
    """
    for column in after:
        if column not in RESULT_COLUMNS:
            raise ValueError(f"results have no column '{column}'")
    return tuple(name for column in RESULT_COLUMNS for name in (column, *after.get(column, ())))


def result_row(
    numerator: float,
    denominator: float,
    n: int,
    *,
    estimate: float,
    interval: tuple[float, float] = NO_INTERVAL,
    method: str,
    note: str = "",
) -> dict[str, Any]:
    """One row of a result table.

    Parameters
    ----------
    numerator, denominator : float
        What the estimate is computed from.
    n : int
        Number of units (articles, sentences, pairs) behind the estimate.
    estimate : float
    interval : (float, float)
        Lower and upper bound of the 95 % confidence interval; NaN if there is none.
    method : str
        How estimate and interval were computed.
    note : str
        Why there is no interval, or what limits it.

    Returns
    -------
    dict
        One value for each of `RESULT_COLUMNS`.
    """
    low, high = interval
    values = (numerator, denominator, n, estimate, low, high, method, note)
    return dict(zip(RESULT_COLUMNS, values, strict=True))


def direction(row: Mapping[Any, Any]) -> int | None:
    """Whether a value on a scale from -1 to 1, a tone or a balance of acts, is below zero, neutral or above zero.

    Words and colours for such values follow this rule wherever they are shown.

    Parameters
    ----------
    row : mapping
        With estimate, ci95_low and ci95_high. Without an interval the estimate alone decides.

    Returns
    -------
    -1, 0, 1 or None
        None if the interval contains zero: the direction is not clear. 0 if the estimate lies between -0.05 and 0.05.

    References
    ----------
    Hutto & Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text. ICWSM.

    Examples
    --------
    >>> direction({"estimate": -0.3, "ci95_low": -0.5, "ci95_high": -0.1})
    -1
    >>> direction({"estimate": -0.04, "ci95_low": -0.06, "ci95_high": -0.02})
    0
    >>> direction({"estimate": -0.3, "ci95_low": -0.7, "ci95_high": 0.1}) is None
    True
    """
    if row["ci95_low"] <= 0 <= row["ci95_high"]:
        return None
    if abs(row["estimate"]) < NEUTRAL:
        return 0
    return 1 if row["estimate"] > 0 else -1
