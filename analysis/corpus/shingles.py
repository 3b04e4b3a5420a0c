"""Texts as sets of hashed word shingles, and which of them are boilerplate."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from analysis.corpus.identity import WORD

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

SHINGLE = 5  # words
_BASE = 0xD1342543DE82EF95  # odd, so that its powers have inverses
_UNKNOWN = -1  # a character that was not seen
_REPEATED = 3  # articles of an outlet, further apart than the window, from which a shingle is boilerplate
_REPEATED_ALWAYS = 6  # articles of an outlet at any time from which it is


class ShingleHasher:
    """Hashes word shingles, with the same result in every process.

    Notes
    -----
    A word is hashed as a polynomial in its characters modulo 2**64, for all words of a text at once: the words begin
    and end in an array of sums over the characters. A finalizer then makes every bit depend on every character.
    """

    def __init__(self) -> None:
        import numpy as np

        self._is_word = np.full(
            sys.maxunicode + 1, _UNKNOWN, dtype=np.int8
        )  # of each character, once it was seen
        self._powers = self._inverses = np.ones(1, dtype=np.uint64)

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

        codes = self._words(text.casefold().replace("’", "'"))
        length = min(SHINGLE, len(codes))
        if not length:
            return codes
        n_shingles = len(codes) - length + 1
        hashes = np.full(n_shingles, length, dtype=np.uint64)
        for place in range(length):
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + n_shingles]
        hashes = np.sort(_mixed(hashes))
        return hashes[np.append(True, hashes[1:] != hashes[:-1])]

    def _words(self, text: str) -> Hashes:
        """The hash of each word, in order; the words are those that `WORD` finds."""
        import numpy as np

        characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        inside = np.zeros(len(characters) + 2, dtype=bool)
        inside[1:-1] = self._of_words(characters)
        apostrophes = np.flatnonzero(characters == ord("'")) + 1
        inside[apostrophes[inside[apostrophes - 1] & inside[apostrophes + 1]]] = True
        starts, ends = np.flatnonzero(inside[1:] != inside[:-1]).reshape(-1, 2).T
        self._extend(len(characters))
        sums = np.zeros(len(characters) + 1, dtype=np.uint64)
        np.cumsum(characters * self._powers[: len(characters)], out=sums[1:])
        return _mixed((sums[ends] - sums[starts]) * self._inverses[starts])

    def _of_words(self, characters: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        """Which characters are letters, digits or underscores."""
        import numpy as np

        kinds = self._is_word[characters]
        if (kinds == _UNKNOWN).any():
            for code in np.unique(characters[kinds == _UNKNOWN]).tolist():
                self._is_word[code] = WORD.match(chr(code)) is not None
            kinds = self._is_word[characters]
        return kinds.astype(bool)

    def _extend(self, n: int) -> None:
        """Have the powers of the base, and their inverses, for n characters."""
        import numpy as np

        if len(self._powers) < n:
            self._powers = np.cumprod(np.full(2 * n, _BASE, np.uint64), dtype=np.uint64)
            self._inverses = np.cumprod(np.full(2 * n, pow(_BASE, -1, 2**64), np.uint64), dtype=np.uint64)


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
