"""What an article is known by, and what counts as a word."""

from __future__ import annotations

import re

from analysis.provenance import fingerprint

UNKNOWN_OUTLET = "unknown"  # where the source of an article names none
_UNKNOWN = re.compile(rf"{UNKNOWN_OUTLET}\b", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’]\w+)*")
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_SPACED = (
    bytes(code if chr(code).isalnum() or code in b"_'" else ord(" ") for code in range(128)) + b" " * 128
)


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


def is_unknown_outlet(name: str) -> bool:
    """Whether a name stands for articles of several outlets that are not known.

    Parameters
    ----------
    name : str
        'unknown', or a name that begins with this word, such as 'Unknown (GDELT)'.

    Returns
    -------
    bool
    """
    return _UNKNOWN.match(name) is not None


def count_words(text: str) -> int:
    """Words of a text: runs of letters and digits, with apostrophes inside."""
    plain = as_ascii(text.replace("’", "'"))
    if plain is None:
        return len(WORD.findall(text))
    found = plain.translate(_SPACED).replace(b"''", b" ").split()  # several times as fast
    return len(found) - found.count(b"'")


def as_ascii(text: str) -> bytes | None:
    """The text with a question mark for each character beyond ASCII; None if one of them is a letter or digit."""
    if not text.isascii() and any(map(str.isalnum, set("".join(_BEYOND.findall(text))))):
        return None
    return text.encode("ascii", "replace")
