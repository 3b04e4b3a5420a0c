"""Snowball stems of English words, for patterns written as ~word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

# The stemmer's exceptions: the only stems that share no more than the first letter with some of their words.
_IRREGULAR = {"die": "dying", "lie": "lying", "tie": "tying"}


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """Stem a word with Snowball's English stemmer ("Porter2", Porter 2001), whatever its case.

    Examples
    --------
    >>> stem_of("Negotiations"), stem_of("negotiating")
    ('negoti', 'negoti')
    """
    stem: str = _stemmer().stem(word)
    return stem


def stem_prefixes(word: str) -> tuple[str, ...]:
    """Return prefixes such that every word with the stem of `word` starts with one of them.

    The stemmer removes endings, or replaces the last letter of what remains ("happy" becomes "happi").
    """
    stem = stem_of(word)
    regular = stem[:-1] if len(stem) > 1 else stem
    return (regular, _IRREGULAR[stem]) if stem in _IRREGULAR else (regular,)


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()
