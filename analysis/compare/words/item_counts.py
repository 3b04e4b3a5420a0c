"""Counts of words, themes or other items per article, as arrays that stay small for large vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class ItemCounts:
    """Counts of items in articles, only those above 0.

    Attributes
    ----------
    items : list of str
        Sorted.
    article_ids : list of str
        Sorted; all articles, those without any item included.
    item, article : numpy.ndarray of int
        Place of each count in `items` and `article_ids`.
    count : numpy.ndarray of float
    words : numpy.ndarray of float, shape (articles,)
    """

    items: list[str]
    article_ids: list[str]
    item: np.ndarray
    article: np.ndarray
    count: np.ndarray
    words: np.ndarray

    def total(self, values: np.ndarray, inside: np.ndarray | None = None) -> np.ndarray:
        """Sum over the articles of a value per count, for each item.

        Parameters
        ----------
        values : numpy.ndarray, shape (counts,)
        inside : numpy.ndarray of bool, shape (articles,), optional
            Only these articles.
        """
        import numpy as np

        kept = slice(None) if inside is None else inside[self.article]
        return np.bincount(self.item[kept], values[kept], minlength=len(self.items))


def item_counts(counts: pd.DataFrame, words: pd.Series) -> ItemCounts:
    """Read a long table of counts.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns article_id, item, count; rows of the same article and item are added up.
    words : pandas.Series
        Words of every article, by article_id.

    Raises
    ------
    FramingError
        A count is negative, an article has no number of words, or has counts but no words.
    """
    import numpy as np
    import pandas as pd

    lengths = words.astype(float).sort_index()
    if lengths.index.has_duplicates:
        raise FramingError(f"two numbers of words for article {lengths.index[lengths.index.duplicated()][0]}")
    if (counts["count"] < 0).any() or (lengths < 0).any() or lengths.isna().any():
        raise FramingError("counts and numbers of words cannot be negative or missing")
    summed = counts.groupby(["item", "article_id"], as_index=False, sort=True)["count"].sum()
    summed = summed[summed["count"] > 0]
    article = lengths.index.get_indexer(pd.Index(summed["article_id"]))
    if (article < 0).any() or (lengths.to_numpy()[article] == 0).any():
        bad = summed["article_id"][(article < 0) | (lengths.to_numpy()[article] == 0)].iloc[0]
        raise FramingError(f"article {bad} has counts but no words", remedy="give the words of every article")
    item, names = pd.factorize(summed["item"], sort=True)
    return ItemCounts(
        items=[str(name) for name in names],
        article_ids=[str(name) for name in lengths.index],
        item=item,
        article=article,
        count=summed["count"].to_numpy(dtype=float),
        words=np.asarray(lengths, dtype=float),
    )
