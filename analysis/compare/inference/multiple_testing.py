"""Adjustment of p values for multiple testing.

References
----------
Benjamini & Hochberg (1995), Controlling the false discovery rate. Journal of the Royal Statistical Society B 57.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike


def benjamini_hochberg(p: ArrayLike) -> np.ndarray:
    """P values adjusted to control the false discovery rate (Benjamini & Hochberg 1995).

    If all results with an adjusted value below .05 are called findings, at most 5 % of these are expected to be
    false.

    Parameters
    ----------
    p : array_like of float
        NaN for tests that were not made. They stay NaN and do not count.

    Returns
    -------
    numpy.ndarray
        Adjusted values in the same order, never below `p`.

    Raises
    ------
    ValueError
        If a value is outside the range 0 to 1.
    """
    import numpy as np

    p = np.asarray(p, dtype=float)
    made = np.flatnonzero(~np.isnan(p))
    if ((p[made] < 0) | (p[made] > 1)).any():
        raise ValueError("p values must be between 0 and 1")
    adjusted = np.full(p.shape, np.nan)
    order = made[np.argsort(p[made], kind="stable")[::-1]]
    ranks = np.arange(len(order), 0, -1)
    # multiply by the ratio, so that the largest p stays exactly the same
    adjusted[order] = np.minimum.accumulate(np.minimum(1, p[order] * (len(order) / ranks)))
    return adjusted


def adjust(table: pd.DataFrame, *, p: str = "p", within: Sequence[str] = ()) -> pd.DataFrame:
    """Add adjusted p values to a table of tests.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per test.
    p : str, default 'p'
        Column of the p values.
    within : sequence of str
        Columns that define sets of tests to be adjusted separately. By default, all rows are adjusted together.

    Returns
    -------
    pandas.DataFrame
        With the further columns `p_bh` (adjusted, see `benjamini_hochberg`) and `n_tests` (tests in the set).
    """
    if table.empty:
        return table.assign(p_bh=table[p].astype(float), n_tests=table[p].astype("int64"))
    sets = table.groupby(list(within), dropna=False)[p] if within else table.groupby(lambda _: 0)[p]
    return table.assign(p_bh=sets.transform(benjamini_hochberg), n_tests=sets.transform("count"))
