"""Shingles of many articles, divided by their hash, on disk if they are too many for memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.corpus.divided_file import DividedFile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from analysis.corpus.shingles import Hashes

    Bucket = tuple[Hashes, npt.NDArray[np.uint32]]  # hashes, and the article of each

IN_MEMORY = 10_000_000  # shingles
_BUCKETS = 256  # a shingle's bucket is given by the first bits of its hash


class ShingleStore:
    """Pairs of a shingle and an article, in buckets: all pairs with the same hash are in one bucket.

    Pairs that do not fit into memory are in a temporary file.
    """

    def __init__(self) -> None:
        self._waiting: list[Bucket] = []
        self._n_waiting = 0
        self._file: DividedFile | None = None

    def add(self, hashes: Hashes, articles: npt.NDArray[np.uint32]) -> None:
        """Add pairs."""
        self._waiting.append((hashes, articles))
        self._n_waiting += len(hashes)
        if self._n_waiting > IN_MEMORY:
            self._file = self._file or DividedFile(_BUCKETS, ("uint64", "uint32"))
            self._flush(self._file)

    def buckets(self) -> Iterator[tuple[int, Bucket]]:
        """Yield the number and the pairs of each bucket."""
        if self._file is None:
            hashes, articles = self._joined()
            self._waiting = [(hashes, articles)]
            yield 0, (hashes, articles)
            return
        self._flush(self._file)
        for number in range(_BUCKETS):
            hashes, articles = self._file.read(number)
            yield number, (hashes, articles)

    def replace(self, number: int, bucket: Bucket) -> None:
        """Replace the pairs of a bucket by some of them."""
        if self._file is None:
            self._waiting = [bucket]
        else:
            self._file.replace(number, *bucket)

    def _joined(self) -> Bucket:
        import numpy as np

        hashes = np.concatenate([np.array([], np.uint64), *(hashes for hashes, _ in self._waiting)])
        return hashes, np.concatenate([np.array([], np.uint32), *(articles for _, articles in self._waiting)])

    def _flush(self, file: DividedFile) -> None:
        """Write the pairs that wait in memory to the file."""
        import numpy as np

        if not self._waiting:
            return
        hashes, articles = self._joined()
        self._waiting, self._n_waiting = [], 0
        file.add((hashes >> np.uint64(56)).astype(np.uint8), hashes, articles)
