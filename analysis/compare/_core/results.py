"""The columns that every result of a comparison has."""

from __future__ import annotations

from typing import Any

RESULT_COLUMNS = (
    "numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note",
)  # fmt: skip
NO_INTERVAL = (float("nan"), float("nan"))


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
