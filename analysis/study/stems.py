"""Snowball stems of English words, for the patterns written ~word."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

# The only stems that share no more than their first letter with a word they stand for (Porter2's exceptions).
_IRREGULAR = {"die": "dying", "lie": "lying", "tie": "tying"}


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of a word, as Snowball's English stemmer ("Porter2", Porter 2001) has it; any case.

    Examples
    --------
    >>> stem_of("Negotiations"), stem_of("negotiating")
    ('negoti', 'negoti')
    """
    stem: str = _stemmer().stem(word)
    return stem


def beginnings(word: str) -> tuple[str, ...]:
    """Beginnings of which every word with the stem of `word` has one.

    The stemmer drops endings, or puts one letter in the place of the last ("happy", "happi").
    """
    stem = stem_of(word)
    regular = stem[:-1] if len(stem) > 1 else stem
    return (regular, _IRREGULAR[stem]) if stem in _IRREGULAR else (regular,)


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()
