"""Counts of items (words, themes) per article, as sparse arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class ItemCounts:
    """Counts of items in articles, without counts of 0.

    Attributes
    ----------
    items : list of str
        Sorted.
    article_ids : list of str
        Sorted; all articles, including those without any item.
    item, article : numpy.ndarray of int, shape (counts,)
        Index of each count in `items` and `article_ids`.
    count : numpy.ndarray of float, shape (counts,)
    words : numpy.ndarray of float, shape (articles,)
        Number of words.
    """

    items: list[str]
    article_ids: list[str]
    item: np.ndarray
    article: np.ndarray
    count: np.ndarray
    words: np.ndarray

    def total(self, values: np.ndarray, inside: np.ndarray | None = None) -> np.ndarray:
        """Sum values over the articles, for each item.

        Parameters
        ----------
        values : numpy.ndarray, shape (counts,)
        inside : numpy.ndarray of bool, shape (articles,), optional
            Use only these articles.

        Returns
        -------
        numpy.ndarray of float, shape (items,)
        """
        import numpy as np

        kept = slice(None) if inside is None else inside[self.article]
        return np.bincount(self.item[kept], values[kept], minlength=len(self.items))

    def weighted(self, weights: np.ndarray) -> ItemCounts:
        """Multiply the counts and words of each article by its weight.

        Parameters
        ----------
        weights : numpy.ndarray of float, shape (articles,)

        Returns
        -------
        ItemCounts
        """
        return replace(self, count=self.count * weights[self.article], words=self.words * weights)

    def merged(self, units: Sequence[str]) -> ItemCounts:
        """Sum the counts and words of articles that are one unit.

        Parameters
        ----------
        units : sequence of str, length articles
            Unit of each article.

        Returns
        -------
        ItemCounts
            With the units, sorted, as its articles.
        """
        import numpy as np

        names, unit = np.unique(np.array(units, dtype=object), return_inverse=True)
        cells, cell = np.unique(self.item * len(names) + unit[self.article], return_inverse=True)
        item, article = np.divmod(cells, max(1, len(names)))
        return ItemCounts(
            items=self.items,
            article_ids=[str(name) for name in names],
            item=item,
            article=article,
            count=np.bincount(cell, self.count),
            words=np.bincount(unit, self.words),
        )


def item_counts(counts: pd.DataFrame, words: pd.Series) -> ItemCounts:
    """Convert a long table of counts.

    Parameters
    ----------
    counts : pandas.DataFrame
        Columns article_id, item, count. Rows of the same article and item are summed.
    words : pandas.Series
        Number of words of every article, by article_id.

    Returns
    -------
    ItemCounts

    Raises
    ------
    FramingError
        If a count is negative, an article occurs twice in `words`, or an article with counts has no words.
    """
    import numpy as np
    import pandas as pd

    lengths = words.astype(float).sort_index()
    if lengths.index.has_duplicates:
        raise FramingError(f"words has article {lengths.index[lengths.index.duplicated()][0]} twice")
    if (counts["count"] < 0).any() or (lengths < 0).any() or lengths.isna().any():
        raise FramingError("counts and numbers of words must not be negative or missing")
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
