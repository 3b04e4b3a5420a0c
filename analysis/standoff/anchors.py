"""Fingerprints of a text and of some of its places, by which another copy of it is recognised and aligned.

A sample of the word sequences of a text is kept as hashes, chosen by the value of the hash ([1]_, "0 mod p"), so that
two copies of a passage keep the same ones. Eight words are too many to be guessed from a hash.

References
----------
.. [1] Schleimer, S., Wilkerson, D. S., Aiken, A. (2003). Winnowing: local algorithms for document fingerprinting.
   SIGMOD.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from analysis.corpus import WORD

LENGTH = 8
"""Words of an anchor."""

ONE_IN = 8
"""The share of word sequences that are kept is 1 / ONE_IN."""


class Anchor(NamedTuple):
    """A sequence of eight words: offset of the first one, and a hash of 64 bits."""

    start: int
    hash: int


def content_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchors(text: str) -> list[Anchor]:
    """Return the anchors of a text, in order.

    Case and everything between words are ignored.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Anchor
    """
    words = list(WORD.finditer(text))
    plain = " ".join([word.group() for word in words]).casefold().replace("’", "'")
    keys = plain.encode("utf-8", "surrogatepass").split(b" ")  # all at once: much faster than word by word
    found = []
    for first in range(len(words) - LENGTH + 1):
        joined = b" ".join(keys[first : first + LENGTH])
        digest = hashlib.blake2b(joined, digest_size=8).digest()
        if digest[0] % ONE_IN == 0:  # the lowest byte of the number
            found.append(Anchor(words[first].start(), int.from_bytes(digest, "little", signed=True)))
    return found
