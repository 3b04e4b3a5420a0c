"""What an article is known by, and what counts as a word."""

from __future__ import annotations

import re

from analysis.provenance import fingerprint

UNKNOWN_OUTLET = "unknown"  # where the source of an article names none
WORD = re.compile(r"\w+(?:['’]\w+)*")


def article_id(outlet: str, published: str, title: str, text: str) -> str:
    """Id of an article that has none of its own.

    Parameters
    ----------
    outlet, published, title, text : str
        `published` as ISO 8601, empty where unknown.

    Returns
    -------
    str
        16 hex digits of BLAKE2b. They depend on the content alone: reading the same article again, from another
        file or in another order, gives the same id.
    """
    return fingerprint(outlet, published, title, text)


def count_words(text: str) -> int:
    """Words of a text: runs of letters and digits, with apostrophes inside."""
    return sum(1 for _ in WORD.finditer(text))
