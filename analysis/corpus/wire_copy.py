"""Detection of wire copy: families of near-identical articles.

References
----------
Broder (1997), On the resemblance and containment of documents. SEQUENCES.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.corpus.divided_file import DividedFile
from analysis.corpus.identity import UNKNOWN_OUTLET
from analysis.corpus.shingle_store import ShingleStore
from analysis.corpus.shingles import ShingleHasher, is_boilerplate
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from analysis.corpus.shingles import Hashes

THRESHOLD = 0.5
WINDOW_DAYS = 7.0

_LEAST_SHINGLES = 20  # shorter articles join a family only if all words are the same
_LEAST_COVERAGE = 0.15  # of the longer article; a digest that contains a story is not wire copy of it
_SAMPLED = 4  # one of this many shingles is in the index
_NEIGHBOURS = 3  # articles with the same shingle are paired with this many of the next in time
_EXPECTED_SHARE = (
    0.2  # of the sampled shingles that a pair at the threshold shares on average, for a closer look
)
_ARTICLES_PER_PART = 50_000  # of candidate pairs
_SHINGLES_AT_ONCE = 2_000_000  # of the pairs that are compared, about 100 MB


def families(
    articles: pd.DataFrame, *, threshold: float = THRESHOLD, window_days: float = WINDOW_DAYS
) -> pd.DataFrame:
    """Assign the same `family_id` to near-identical articles, such as wire copy.

    Two articles belong to a family if they were published within the window, the article with fewer shingles of five
    words shares at least `threshold` of them with the other (containment, so that shortened versions match), and the
    shared shingles are at least 15 % of the other article's. Shingles that an outlet prints repeatedly are ignored.
    Families are transitive.

    Parameters
    ----------
    articles : pandas.DataFrame
        The table `articles`.
    threshold : float, default 0.5
        Smallest containment, above 0 and at most 1.
    window_days : float, default 7
        Largest difference of the publication dates in days. An article without a date matches any date.

    Returns
    -------
    pandas.DataFrame
        The table with the column `family_id`: the id of the article of the family that was published first, and the
        smallest of several. An article without a family has its own id. The result does not depend on the order of
        the articles.

    Raises
    ------
    FramingError
        If the threshold or the window is out of range.

    Notes
    -----
    Containment is defined by Broder (1997). Candidate pairs come from an index of the shingles whose hash is a
    multiple of 4 (Broder's "mod m" sketch, which preserves containment), which pairs each article with the three next
    in time. Every candidate is verified on all shingles. With n shingles, time is O(n log n). `family_ids` does the
    same for articles that do not fit into memory.
    """
    import pandas as pd

    found = family_ids([articles], threshold=threshold, window_days=window_days)
    return articles.assign(
        family_id=pd.Series(found["family_id"].to_numpy(), index=articles.index, dtype="str")
    )


def family_ids(
    parts: Iterable[pd.DataFrame], *, threshold: float = THRESHOLD, window_days: float = WINDOW_DAYS
) -> pd.DataFrame:
    """Find the families of articles that need not fit into memory together.

    Parameters
    ----------
    parts : iterable of pandas.DataFrame
        Articles in pieces: article_id, outlet, published and text.
    threshold : float
        See `families`.
    window_days : float
        See `families`.

    Returns
    -------
    pandas.DataFrame
        Columns article_id and family_id, in the order of the articles. The result does not depend on the pieces.

    Raises
    ------
    FramingError
        If the threshold or the window is out of range.

    Notes
    -----
    Hashed shingles are kept in a temporary file, 12 bytes each, and compared in buckets of equal hashes. The file
    vanishes with the process, however it ends. Memory is about 500 bytes per article, and 1 GB at most beside that.
    """
    import pandas as pd

    if not 0 < threshold <= 1 or not window_days >= 0:
        raise FramingError(
            f"threshold is {threshold} and window_days is {window_days}",
            remedy="threshold must be above 0 and at most 1, window_days at least 0",
        )
    store = ShingleStore()
    articles = _Articles.hashed(parts, store)
    links = _Links(len(articles.rank))
    for first, second in articles.same_words(window_days):
        links.join(first, second)
    lengths = _without_boilerplate(store, articles, window_days)
    pairs = _candidates(store, articles.days, lengths, threshold, window_days)
    for first, second in pairs[_are_contained(store, pairs, lengths, threshold)].tolist():
        links.join(first, second)
    ids = articles.ids[articles.order]
    heads = [ids[links.root(place)] for place in articles.rank.tolist()]
    return pd.DataFrame({"article_id": articles.ids, "family_id": heads}).astype("str")


@dataclass(frozen=True)
class _Articles:
    """What is known of the articles beside their shingles.

    Attributes
    ----------
    ids : numpy.ndarray of object
        In the order in which they were given.
    rank, order : numpy.ndarray of int
        Place of each article in order of time, and the reverse. All further arrays are in order of time.
    days : numpy.ndarray of float
        Publication dates; NaN if unknown.
    outlets : numpy.ndarray of int
        -1 for unknown outlets.
    digests : numpy.ndarray of bytes
        Of all shingles of an article; empty if it has none.
    """

    ids: npt.NDArray[np.object_]
    rank: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]
    days: npt.NDArray[np.float64]
    outlets: npt.NDArray[np.int64]
    digests: npt.NDArray[np.bytes_]

    @classmethod
    def hashed(cls, parts: Iterable[pd.DataFrame], store: ShingleStore) -> _Articles:
        """Hash the texts of all articles."""
        import numpy as np
        import pandas as pd

        hasher = ShingleHasher()
        about, digests = [], []
        count = 0
        for part in parts:
            found = [hasher(text) for text in part["text"]]
            numbers = np.arange(count, count + len(found), dtype=np.uint32)
            store.add(
                np.concatenate([np.array([], np.uint64), *found]),
                np.repeat(numbers, [len(hashes) for hashes in found]),
            )
            count += len(found)
            digests += [_digest(hashes) for hashes in found]
            about.append(part[["article_id", "outlet", "published"]])
        table = pd.concat(about, ignore_index=True)
        ordered = table.sort_values(["published", "article_id"], na_position="last", kind="stable")
        order = ordered.index.to_numpy()
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        outlets = pd.factorize(ordered["outlet"])[0]
        outlets[(ordered["outlet"] == UNKNOWN_OUTLET).to_numpy()] = -1
        ids = table["article_id"].to_numpy(dtype=object)
        days = _days(ordered["published"])
        return cls(ids, rank, order, days, outlets, np.array(digests, dtype="S16")[order])

    def same_words(self, window_days: float) -> Iterator[tuple[int, int]]:
        """Neighbours in time among articles with exactly the same words, of any length."""
        import numpy as np

        order = np.argsort(self.digests, kind="stable")
        first, second = order[:-1], order[1:]
        same = (self.digests[first] == self.digests[second]) & (self.digests[first] != b"")
        near = ~(self.days[second] - self.days[first] > window_days)  # also where a date is unknown
        yield from zip(first[same & near].tolist(), second[same & near].tolist(), strict=True)


def _days(published: pd.Series) -> npt.NDArray[np.float64]:
    """Days since 1970; NaN if unknown."""
    import numpy as np
    import pandas as pd

    epoch = pd.Timestamp(0, tz="UTC")
    return np.asarray((published - epoch) / pd.Timedelta(days=1), dtype=np.float64)


def _digest(hashes: Hashes) -> bytes:
    """A digest without zero bytes at its end, which numpy would drop; empty for a text without words."""
    return hashlib.blake2b(hashes.tobytes(), digest_size=15).digest() + b"." if len(hashes) else b""


def _without_boilerplate(
    store: ShingleStore, articles: _Articles, window_days: float
) -> npt.NDArray[np.int64]:
    """Leave the own shingles of the articles in the store, sorted by hash and time, and count those of each article.

    From here on, articles are known by their place in order of time.
    """
    import numpy as np

    lengths = np.zeros(len(articles.rank), dtype=np.int64)
    for number, (hashes, given) in store.buckets():
        places = articles.rank[given]
        own = ~is_boilerplate(hashes, articles.outlets[places], articles.days[places], window_days)
        hashes, places = hashes[own], places[own]
        order = np.lexsort((places, hashes))
        store.replace(number, (hashes[order], places[order].astype(np.uint32)))
        lengths += np.bincount(places, minlength=len(lengths))
    return lengths


def _candidates(
    store: ShingleStore,
    days: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.int64],
    threshold: float,
    window_days: float,
) -> npt.NDArray[np.int64]:
    """Pairs of articles within the window that share enough sampled shingles to be worth a closer look, shape (n, 2).

    Pairs are divided by their first article, and counted part by part.
    """
    import numpy as np

    n = len(lengths)
    n_parts = 1 + n // _ARTICLES_PER_PART
    file = DividedFile(n_parts, ("int64",))
    for _, (hashes, places) in store.buckets():
        sampled = (hashes % np.uint64(_SAMPLED) == 0) & (lengths[places] >= _LEAST_SHINGLES)
        hashes, holders = hashes[sampled], places[sampled].astype(np.int64)
        for step in range(1, _NEIGHBOURS + 1):
            same = hashes[:-step] == hashes[step:]
            first, second = holders[:-step][same], holders[step:][same]
            near = ~(days[second] - days[first] > window_days)  # also where a date is unknown
            file.add(first[near] // _ARTICLES_PER_PART, first[near] * n + second[near])
    found = []
    for number in range(n_parts):
        (keys,) = file.read(number)
        pairs, shared = np.unique(keys, return_counts=True)
        first, second = pairs // n, pairs % n
        expected = threshold * np.minimum(lengths[first], lengths[second]) / _SAMPLED
        wanted = shared >= _EXPECTED_SHARE * expected
        found.append(np.stack([first[wanted], second[wanted]], axis=1))
    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *found])


def _are_contained(
    store: ShingleStore, pairs: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64], threshold: float
) -> npt.NDArray[np.bool_]:
    """Whether the article with fewer shingles shares enough of them with the other."""
    import numpy as np

    if not len(pairs):
        return np.zeros(0, dtype=bool)
    swapped = lengths[pairs[:, 0]] > lengths[pairs[:, 1]]
    fewer, more = np.where(swapped[:, None], pairs[:, ::-1], pairs).T
    shared = np.zeros(len(pairs), dtype=np.int64)
    involved = np.zeros(len(lengths), dtype=bool)
    involved[pairs.ravel()] = True
    for _, (hashes, places) in store.buckets():
        kept = involved[places]
        shared += _shared(hashes[kept], places[kept].astype(np.int64), fewer, more, len(lengths))
    small, large = lengths[fewer], lengths[more]
    return (shared >= threshold * small) & (shared >= _LEAST_COVERAGE * large)


def _shared(
    hashes: Hashes,
    places: npt.NDArray[np.int64],
    fewer: npt.NDArray[np.int64],
    more: npt.NDArray[np.int64],
    n: int,
) -> npt.NDArray[np.int64]:
    """Number of shingles that the articles of each pair share, among shingles sorted by hash and article."""
    import numpy as np

    shared = np.zeros(len(fewer), dtype=np.int64)
    if not len(hashes):
        return shared
    code = np.cumsum(np.r_[False, hashes[1:] != hashes[:-1]])
    keys = code * n + places  # sorted
    by_article = np.argsort(places, kind="stable")
    edges = np.searchsorted(places[by_article], np.arange(n + 1))
    done = np.cumsum(edges[fewer + 1] - edges[fewer])
    cuts = np.flatnonzero(np.diff(done // _SHINGLES_AT_ONCE, prepend=0)).tolist()
    for first, last in itertools.pairwise([0, *cuts, len(fewer)]):
        ones, others = fewer[first:last], more[first:last]
        sizes = edges[ones + 1] - edges[ones]
        pair = np.repeat(np.arange(len(ones)), sizes)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wanted = code[by_article[edges[ones][pair] + within]] * n + others[pair]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        shared[first:last] = np.bincount(pair[keys[place] == wanted], minlength=len(ones))
    return shared


class _Links:
    """Union-find; the root of a family is its first member."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.root(one), self.root(other)))
        self._parents[other] = one
