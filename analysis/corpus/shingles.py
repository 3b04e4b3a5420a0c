"""Texts as sets of hashed word shingles, and which of them are boilerplate."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from analysis.corpus.identity import WORD

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

SHINGLE = 5  # words
_KEPT = 500_000  # hashes of words, about 60 MB; large collections have many more words, most of them rare
_REPEATED = 3  # articles of an outlet, further apart than the window, from which a shingle is boilerplate
_REPEATED_ALWAYS = 6  # articles of an outlet at any time from which it is


class _WordHashes(dict[str, int]):
    """Hashes of words, each of which is computed when it is first looked up, and forgotten when there are many."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        code = self[word] = int.from_bytes(digest, "little")
        return code


class ShingleHasher:
    """Hashes word shingles, with the same result in every process. Hashes of words are cached."""

    def __init__(self) -> None:
        self._words = _WordHashes()

    def __call__(self, text: str) -> Hashes:
        """Hash the distinct shingles of a text to 64 bits.

        Case and the form of apostrophes are ignored. A text of fewer than five words is one shingle.

        Parameters
        ----------
        text : str

        Returns
        -------
        numpy.ndarray of uint64, shape (shingles,)
            Sorted.
        """
        import numpy as np

        words = WORD.findall(text.casefold().replace("’", "'"))
        codes = np.fromiter(map(self._words.__getitem__, words), dtype=np.uint64, count=len(words))
        length = min(SHINGLE, len(codes))
        if not length:
            return codes
        n_shingles = len(codes) - length + 1
        hashes = np.full(n_shingles, length, dtype=np.uint64)
        for place in range(length):
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + n_shingles]
        return np.unique(_mixed(hashes))


def _mixed(hashes: Hashes) -> Hashes:
    """Finalizer of splitmix64 (Steele, Lea & Flood 2014): every bit depends on every word."""
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def is_boilerplate(
    hashes: Hashes,
    outlets: npt.NDArray[np.int64],
    days: npt.NDArray[np.float64],
    window_days: float,
) -> npt.NDArray[np.bool_]:
    """Find the shingles that an outlet prints repeatedly, such as footers and appeals.

    A shingle is boilerplate if it occurs in three articles of the outlet that are further apart than the window,
    or in six articles at any time. An outlet prints a story once and may correct it a few times within days.

    Parameters
    ----------
    hashes : numpy.ndarray of uint64, shape (shingles,)
        Shingles of several articles, each once per article.
    outlets : numpy.ndarray of int, shape (shingles,)
        Outlet of the article of each; negative for unknown outlets, whose articles may come from different ones.
    days : numpy.ndarray of float, shape (shingles,)
        Its publication date in days; NaN if unknown.
    window_days : float

    Returns
    -------
    numpy.ndarray of bool, shape (shingles,)
    """
    import numpy as np

    found = np.zeros(len(hashes), dtype=bool)
    if not len(hashes):
        return found
    order = np.lexsort((outlets, hashes))
    h, o, d = hashes[order], outlets[order], days[order]
    starts = np.flatnonzero(np.r_[True, (h[1:] != h[:-1]) | (o[1:] != o[:-1])])
    counts = np.diff(np.r_[starts, len(h)])
    apart = np.nan_to_num(np.fmax.reduceat(d, starts) - np.fmin.reduceat(d, starts)) > window_days
    repeated = ((counts >= _REPEATED) & apart | (counts >= _REPEATED_ALWAYS)) & (o[starts] >= 0)
    found[order] = np.repeat(repeated, counts)
    return found
