"""Detection of wire copy: families of near-identical articles.

References
----------
Broder (1997), On the resemblance and containment of documents. SEQUENCES.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.corpus.shingles import ShingleHasher, without_boilerplate
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
    in time. Every candidate is verified on all shingles. With n shingles, time is O(n log n) and memory about 25 n
    bytes.
    """
    import numpy as np
    import pandas as pd

    if not 0 < threshold <= 1 or not window_days >= 0:
        raise FramingError(
            f"threshold is {threshold} and window_days is {window_days}",
            remedy="threshold must be above 0 and at most 1, window_days at least 0",
        )
    ordered = articles.reset_index(drop=True).sort_values(
        ["published", "article_id"], na_position="last", kind="stable"
    )
    days = _days(ordered["published"])
    hasher = ShingleHasher()
    whole = [hasher(text) for text in ordered["text"]]
    own = without_boilerplate(whole, ordered["outlet"].tolist(), days, window_days)
    links = _Links(len(ordered))
    for first, second in _same_words(whole, days, window_days):
        links.join(first, second)
    for first, second in _candidates(own, days, threshold, window_days):
        if links.root(first) != links.root(second) and _is_contained(own[first], own[second], threshold):
            links.join(first, second)
    ids = ordered["article_id"].to_numpy(dtype=object)
    heads = np.empty(len(ordered), dtype=object)
    heads[ordered.index] = [ids[links.root(place)] for place in range(len(ordered))]
    return articles.assign(family_id=pd.Series(heads, index=articles.index, dtype="str"))


def _days(published: pd.Series) -> npt.NDArray[np.float64]:
    """Days since 1970; NaN if unknown."""
    import numpy as np
    import pandas as pd

    epoch = pd.Timestamp(0, tz="UTC")
    return np.asarray((published - epoch) / pd.Timedelta(days=1), dtype=np.float64)


def _same_words(
    shingles: list[Hashes], days: npt.NDArray[np.float64], window_days: float
) -> Iterator[tuple[int, int]]:
    """Neighbours in time among articles with exactly the same words, of any length."""
    last: dict[bytes, int] = {}
    for place, hashes in enumerate(shingles):
        if len(hashes):
            before = last.get(key := hashes.tobytes())
            if before is not None and not days[place] - days[before] > window_days:
                yield before, place
            last[key] = place


def _candidates(
    shingles: list[Hashes], days: npt.NDArray[np.float64], threshold: float, window_days: float
) -> Iterator[tuple[int, int]]:
    """Pairs of articles within the window that share enough sampled shingles to be worth a closer look."""
    import numpy as np

    lengths = np.array([len(one) for one in shingles])
    sampled = [
        one[one % np.uint64(_SAMPLED) == 0] if len(one) >= _LEAST_SHINGLES else one[:0] for one in shingles
    ]
    hashes = np.concatenate([*sampled, np.array([], dtype=np.uint64)])
    holders = np.repeat(np.arange(len(shingles)), [len(one) for one in sampled])
    order = np.argsort(hashes, kind="stable")  # stable: the articles of one shingle stay in order of time
    hashes, holders = hashes[order], holders[order]
    keys = []
    for step in range(1, _NEIGHBOURS + 1):
        same = hashes[:-step] == hashes[step:]
        first, second = holders[:-step][same], holders[step:][same]
        near = ~(days[second] - days[first] > window_days)  # also where a date is unknown
        keys.append(first[near] * len(shingles) + second[near])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    first, second = pairs // len(shingles), pairs % len(shingles)
    expected = threshold * np.minimum(lengths[first], lengths[second]) / _SAMPLED
    wanted = shared >= _EXPECTED_SHARE * expected
    return zip(first[wanted].tolist(), second[wanted].tolist(), strict=True)


def _is_contained(one: Hashes, other: Hashes, threshold: float) -> bool:
    import numpy as np

    fewer, more = sorted((one, other), key=len)
    places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    shared = int(np.count_nonzero(more[places] == fewer))
    return shared >= threshold * len(fewer) and shared >= _LEAST_COVERAGE * len(more)


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
