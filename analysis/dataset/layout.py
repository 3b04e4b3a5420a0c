"""Which article belongs to which shard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHARD_SIZE = 500  # articles: parts of a few megabytes, three minutes of work


def n_shards_for(n_articles: int) -> int:
    """Return the number of shards: the smallest power of two with at most 500 articles per shard on average.

    It depends on the number of articles alone, so that a folder to which articles were added is the same as one that
    was measured at once. With powers of two, a shard that grows too large is split in two.
    """
    shards = 1
    while n_articles > shards * SHARD_SIZE:
        shards *= 2
    return shards


def shard_of(article_id: str, n_shards: int) -> int:
    """Return the shard of an article, from 0.

    It depends on the id alone, which is a fingerprint of the content if the source gives none. An article whose text
    was corrected stays in its shard.
    """
    digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % n_shards


def shards_of(article_ids: Iterable[str], n_shards: int) -> npt.NDArray[np.int64]:
    """Return the shard of each of several articles."""
    import numpy as np

    return np.array([shard_of(article_id, n_shards) for article_id in article_ids], dtype=np.int64)
