"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from analysis.corpus.identity import as_ascii

UNDETERMINED = "und"  # ISO 639-3 for a text whose language was not looked at

_SAMPLE = 5_000  # characters; the language does not change after that
_FEW_WORDS = 20  # with fewer different words, identification guesses
_ENGLISH_SHARE = 0.2  # English news has 25-40 % of these words, other languages in Latin script below 10 %
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "with", "as", "by", "at", "from", "was", "were",
    "be", "has", "have", "it", "his", "he", "her", "not", "are", "an", "this", "but", "they", "which", "who", "will",
    "their", "said", "had", "would", "been", "its", "we", "you", "i", "our", "or", "about", "after", "more", "when",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = bytes(code if chr(code).isalpha() else ord(" ") for code in range(128)) + b" " * 128
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Classes that are no language of the press; tables of figures and lists of names end up in them.
_NO_NEWS = frozenset({"zxx", "vo", "eo", "la", "grc", "hbo", "sa"})


def language_of(text: str) -> str:
    """ISO 639 code of the language of a text, of two letters where the language has one.

    Text in Latin script with fewer than 20 different words counts as English: identification guesses on so few, and
    a headline or a table of figures is not worth refusing. So does a text in which every fifth word is one of the
    48 most frequent of English news.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Notes
    -----
    For all others the answer is py3langid's (A. Barbaresi), a naive Bayes classifier over byte n-grams after
    Lui, M. & Baldwin, T. (2012), langid.py: an off-the-shelf language identification tool, ACL 2012.
    """
    sample = text[:_SAMPLE]
    lowered = sample.lower()
    plain = as_ascii(lowered)
    if plain is None:
        words = _WORD.findall(lowered)
        letters = "".join(words)
        latin = 2 * sum(map(len, _LATIN.findall(letters))) >= len(letters)
    else:
        words, latin = (
            plain.translate(_LETTERS).decode("ascii").split(),
            True,
        )  # the same, several times as fast
    if latin:
        if len(set(words)) < _FEW_WORDS:
            return "en"
        if sum(map(_ENGLISH.__contains__, words)) >= _ENGLISH_SHARE * len(words):
            return "en"
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    """py3langid with its own model, apart from the module-wide one that other programs may have changed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([label for label in identifier.labels if label not in _NO_NEWS])
    return identifier
