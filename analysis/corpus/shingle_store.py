"""Shingles of many articles, divided by their hash, on disk if they are too many for memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from analysis.corpus.shingles import Hashes

    Bucket = tuple[Hashes, npt.NDArray[np.uint32]]  # hashes, and the article of each

IN_MEMORY = 10_000_000  # shingles
_BUCKETS = 256  # files; a shingle's file is given by the first bits of its hash


class ShingleStore:
    """Pairs of a shingle and an article, in buckets: all pairs with the same hash are in one bucket.

    Parameters
    ----------
    folder : path
        An empty folder for pairs that do not fit into memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[Bucket] = []
        self._n_waiting = 0
        self._on_disk = False

    def add(self, hashes: Hashes, articles: npt.NDArray[np.uint32]) -> None:
        """Add pairs."""
        self._waiting.append((hashes, articles))
        self._n_waiting += len(hashes)
        if self._n_waiting > IN_MEMORY:
            self._flush()

    def buckets(self) -> Iterator[tuple[int, Bucket]]:
        """Yield the number and the pairs of each bucket."""
        import numpy as np

        if not self._on_disk:
            hashes, articles = self._joined()
            self._waiting = [(hashes, articles)]
            yield 0, (hashes, articles)
            return
        self._flush()
        for number in range(_BUCKETS):
            hashes = np.fromfile(self._path(number, "hashes"), dtype=np.uint64)
            yield number, (hashes, np.fromfile(self._path(number, "articles"), dtype=np.uint32))

    def replace(self, number: int, bucket: Bucket) -> None:
        """Replace the pairs of a bucket by some of them."""
        if not self._on_disk:
            self._waiting = [bucket]
            return
        hashes, articles = bucket
        hashes.tofile(self._path(number, "hashes"))
        articles.tofile(self._path(number, "articles"))

    def _path(self, number: int, name: str) -> Path:
        return self._folder / f"{name}-{number:03d}"

    def _joined(self) -> Bucket:
        import numpy as np

        hashes = np.concatenate([np.array([], np.uint64), *(hashes for hashes, _ in self._waiting)])
        return hashes, np.concatenate([np.array([], np.uint32), *(articles for _, articles in self._waiting)])

    def _flush(self) -> None:
        """Write the pairs that wait in memory to the files of their buckets."""
        import numpy as np

        hashes, articles = self._joined()
        self._waiting, self._n_waiting, self._on_disk = [], 0, True
        number = (hashes >> np.uint64(56)).astype(np.uint8)
        order = np.argsort(number, kind="stable")
        edges = np.searchsorted(number[order], np.arange(_BUCKETS + 1))
        for name, values in (("hashes", hashes[order]), ("articles", articles[order])):
            for place in range(_BUCKETS):
                with self._path(place, name).open("ab") as file:
                    file.write(values[edges[place] : edges[place + 1]].tobytes())
