"""Many tests at once: the false discovery rate.

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
    """P values adjusted so that calling those below .05 findings makes 5 % of the findings false.

    Parameters
    ----------
    p : array of float
        NaN for tests that were not made; they stay NaN and do not count.

    Returns
    -------
    numpy.ndarray
        In the same order, never smaller than `p`.

    Raises
    ------
    ValueError
        A value lies outside 0 and 1.
    """
    import numpy as np

    p = np.asarray(p, dtype=float)
    made = np.flatnonzero(~np.isnan(p))
    if ((p[made] < 0) | (p[made] > 1)).any():
        raise ValueError("p values lie between 0 and 1")
    adjusted = np.full(p.shape, np.nan)
    order = made[np.argsort(p[made], kind="stable")[::-1]]
    ranks = np.arange(len(order), 0, -1)
    # the factor first, so that the largest p stays exactly what it was
    adjusted[order] = np.minimum.accumulate(np.minimum(1, p[order] * (len(order) / ranks)))
    return adjusted


def adjust(table: pd.DataFrame, *, p: str = "p", within: Sequence[str] = ()) -> pd.DataFrame:
    """A table of tests with the columns `p_bh` and `n_tests`.

    Parameters
    ----------
    table : pandas.DataFrame
    p : str, default 'p'
        Column of the p values.
    within : sequence of str
        Columns that make families of tests, adjusted each by itself; by default all rows are one family.

    Returns
    -------
    pandas.DataFrame
        `n_tests` counts the tests that were made in the row's family.
    """
    if table.empty:
        return table.assign(p_bh=table[p].astype(float), n_tests=table[p].astype("int64"))
    families = table.groupby(list(within), dropna=False)[p] if within else table.groupby(lambda _: 0)[p]
    return table.assign(p_bh=families.transform(benjamini_hochberg), n_tests=families.transform("count"))
