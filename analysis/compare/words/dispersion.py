"""Dispersion: how evenly a word is spread over the articles.

References
----------
Gries (2008), Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics 13.
Lijffijt & Gries (2012), Correction to the above. International Journal of Corpus Linguistics 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.words.item_counts import ItemCounts, item_counts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def dispersion(counts: pd.DataFrame, words: pd.Series) -> pd.DataFrame:
    """How evenly each item is spread over the articles.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns article_id, item and count. Counts of 0 may be left out.
    words : pandas.Series
        Number of words of every article, by article_id.

    Returns
    -------
    pandas.DataFrame
        One row per item: item, `numerator` (hits), `denominator` (words), `n` (articles), `range` (articles with the
        item), `range_share`, `dp` (Gries 2008: 0 if hits are proportional to article length, near 1 if one short
        article has them all), `dp_norm` (scaled to a maximum of 1, Lijffijt & Gries 2012), method.

    Raises
    ------
    FramingError
        If counts and words do not fit together; see `analysis.compare.words.item_counts.item_counts`.
    """
    import numpy as np
    import pandas as pd

    table = item_counts(counts, words)
    present = range_of(table)
    values, stretched = deviation_of_proportions(table)
    return pd.DataFrame(
        {
            "item": pd.Series(table.items, dtype="str"),
            "numerator": table.total(table.count),
            "denominator": float(table.words.sum()),
            "n": len(table.words),
            "range": present,
            "range_share": present / max(1, len(table.words)),
            "dp": values,
            "dp_norm": stretched,
            "method": "Gries' DP over articles",
        }
    ).astype({"range": np.int64})


def range_of(table: ItemCounts, inside: np.ndarray | None = None) -> np.ndarray:
    """Number of articles with each item.

    Parameters
    ----------
    table : ItemCounts
    inside : numpy.ndarray of bool, shape (articles,), optional
        Use only these articles.

    Returns
    -------
    numpy.ndarray of int, shape (items,)
    """
    import numpy as np

    return table.total(np.ones(len(table.count)), inside).astype(int)


def deviation_of_proportions(
    table: ItemCounts, inside: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Deviation of proportions DP (Gries 2008) and its normalised form (Lijffijt & Gries 2012).

    DP is half the sum, over articles, of the absolute difference between the article's share of the item and its
    share of all words. Articles without the item contribute their share of words, so only articles with the item
    are visited.

    Parameters
    ----------
    table : ItemCounts
    inside : numpy.ndarray of bool, shape (articles,), optional
        Use only these articles.

    Returns
    -------
    dp : numpy.ndarray of float, shape (items,)
        NaN for an item without hits.
    dp_norm : numpy.ndarray of float, shape (items,)
        The normalised form.
    """
    import numpy as np

    chosen = table.words if inside is None else table.words[inside]
    with np.errstate(divide="ignore", invalid="ignore"):
        size = table.words[table.article] / chosen.sum()
        share = table.count / table.total(table.count, inside)[table.item]
        distance = table.total(np.abs(share - size), inside)
        dp = 0.5 * (distance + 1 - table.total(size, inside))
        dp[table.total(table.count, inside) == 0] = np.nan
        positive = chosen[chosen > 0]
        room = 1 - positive.min() / chosen.sum() if len(positive) else np.nan
        return dp, dp / room if room > 0 else np.full(dp.shape, np.nan)
