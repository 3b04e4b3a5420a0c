"""What is known of the articles beside their texts, and their ids, in which queries look up rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.dataset.layout import shards_of
from analysis.dataset.storage import OnDisk

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from analysis.dataset.storage import TableData


def metadata(articles: TableData) -> pd.DataFrame:
    """Return the table `articles` without texts and addresses, sorted by article_id.

    In tables that are read from a folder, author, source_file and further fields of the source are categories.
    """
    columns = [name for name in articles.columns if name not in ("text", "url")]
    repeated = [name for name in columns if name in ("author", "source_file") or name.startswith("extra_")]

    def make() -> pd.DataFrame:
        found = articles.frame(columns, categories=repeated)
        if found["article_id"].is_monotonic_increasing:
            return found
        return found.sort_values("article_id", kind="stable", ignore_index=True)

    return articles.once("metadata", make)


@dataclass(frozen=True, eq=False)
class ArticleIndex:
    """The ids of all articles, and the shard of each.

    Attributes
    ----------
    ids : pandas.Index of str
        Sorted.
    by_shard : numpy.ndarray of int, shape (articles,)
        Positions in `ids`, shard by shard.
    edges : numpy.ndarray of int, shape (shards + 1,)
        Where each shard begins in `by_shard`. Empty if the articles are in memory, where they have no shards.
    """

    ids: pd.Index
    by_shard: np.ndarray
    edges: np.ndarray

    def only(self, article_ids: pd.Series) -> ArticleIndex:
        """Return the index of some articles, whose positions stay the same."""
        import numpy as np
        import pandas as pd

        return replace(
            self,
            by_shard=self.ids.get_indexer(pd.Index(article_ids)).astype(np.int32),
            edges=np.empty(0, dtype=np.intp),
        )

    def of_shards(self, shards: Sequence[int] | None) -> pa.Table:
        """Return article_id and place, the position in `ids`, of the articles of some shards; None for all."""
        import numpy as np
        import pyarrow as pa

        places = self.by_shard
        if shards is not None and len(self.edges):
            parts = [places[self.edges[number] : self.edges[number + 1]] for number in shards]
            places = np.concatenate([places[:0], *parts])
        return pa.table({"article_id": pa.array(self.ids[places]), "place": pa.array(places)})


def article_index(articles: TableData) -> ArticleIndex:
    """Return the index of the table `articles`."""

    def make() -> ArticleIndex:
        import numpy as np
        import pandas as pd

        ids = pd.Index(metadata(articles)["article_id"])
        if not isinstance(articles, OnDisk):
            return ArticleIndex(ids, np.arange(len(ids), dtype=np.int32), np.empty(0, dtype=np.intp))
        n_shards = len(articles.dataset.shards)
        shards = shards_of(ids, n_shards)
        by_shard = np.argsort(shards, kind="stable").astype(np.int32)
        return ArticleIndex(ids, by_shard, np.searchsorted(shards[by_shard], np.arange(n_shards + 1)))

    return articles.once("index", make)
