"""Dispersion: is a word spread over the articles, or does one article make its frequency?

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
        Columns article_id, item and count; articles without the item may be left out.
    words : pandas.Series
        Words of every article, by article_id: the parts of the corpus.

    Returns
    -------
    pandas.DataFrame
        One row per item: item, `numerator` (hits), `denominator` (words), `n` (articles), `range` (articles that have
        it), `range_share`, `dp` (Gries' deviation of proportions: 0 where hits follow the articles' lengths, near 1
        where one short article has them all), `dp_norm` (stretched to reach 1, Lijffijt & Gries 2012), method.

    Raises
    ------
    FramingError
        As `analysis.compare.words.item_counts.item_counts`.
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
    """Number of articles that have each item."""
    import numpy as np

    return table.total(np.ones(len(table.count)), inside).astype(int)


def deviation_of_proportions(
    table: ItemCounts, inside: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Gries' DP and its normalised form.

    DP is half the summed distance between the item's shares over the articles and the articles' shares of all words.
    An article without the item adds its share of words, so that only articles that have it need be looked at.

    Parameters
    ----------
    table : ItemCounts
    inside : numpy.ndarray of bool, shape (articles,), optional
        Only these articles; all by default.

    Returns
    -------
    dp, dp_norm : numpy.ndarray, shape (items,)
        NaN for an item without hits.
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
