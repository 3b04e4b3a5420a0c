"""Letters without their accents, for comparing names and making ids."""

from __future__ import annotations

import re
import unicodedata


def without_accents(text: str) -> str:
    """Return a text without accents and other combining marks, in compatibility form (NFKD).

    Examples
    --------
    >>> without_accents("Présidente Çavuşoğlu")
    'Presidente Cavusoglu'
    """
    if text.isascii():
        return text
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


def ascii_id(name: str) -> str:
    """Return a name in lower-case ASCII letters, digits and underscores; empty if it has none of them.

    Examples
    --------
    >>> ascii_id("Côte d'Ivoire (2022)")
    'cote_d_ivoire_2022'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
