"""What makes a set of articles: ids that stay the same, words, language, and which articles can be measured."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from analysis.provenance import fingerprint

if TYPE_CHECKING:
    import pandas as pd

WORD = re.compile(r"\w+(?:['’]\w+)*")
MAX_CHARACTERS = 2_000_000  # a book; anything longer is a whole export in one cell
LANGUAGES = ("en",)

_SAMPLE = 20_000  # characters; the language does not change after that
_FEW_WORDS = 20  # below this, language identification guesses
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Reading:
    """Articles, and those that were refused.

    Attributes
    ----------
    articles, rejects : pandas.DataFrame
        By the contracts of the same names in `analysis.schemas`.
    """

    articles: pd.DataFrame
    rejects: pd.DataFrame


def article_id(outlet: str, published: str, title: str, text: str) -> str:
    """Id of an article without one of its own: 16 hex digits that depend on its content alone."""
    return fingerprint(outlet, published, title, text)


def count_words(text: str) -> int:
    """Words of a text: runs of letters and digits, with apostrophes inside."""
    return sum(1 for _ in WORD.finditer(text))


def language_of(text: str) -> str:
    """ISO 639-1 code of the language of a text.

    A text of fewer than 20 words in Latin script counts as English: identification guesses on so few, and a headline
    is not worth refusing.

    Notes
    -----
    py3langid (Barbaresi), after langid.py (Lui & Baldwin 2012).
    """
    import py3langid

    sample = text[:_SAMPLE]
    if sum(1 for _ in islice(WORD.finditer(sample), _FEW_WORDS)) < _FEW_WORDS:
        letters = len(_LETTER.findall(sample))
        if 2 * len(_LATIN.findall(sample)) >= letters:
            return "en"
    return str(py3langid.classify(sample)[0])


def screen(articles: pd.DataFrame, *, languages: Collection[str] = LANGUAGES) -> Reading:
    """Tell the articles that can be measured from those that cannot.

    Parameters
    ----------
    articles : pandas.DataFrame
    languages : collection of str
        Languages that are measured.

    Returns
    -------
    Reading
        Articles without words, longer than `MAX_CHARACTERS` or in another language are among the rejects,
        with the reason `empty`, `too_long` or `language`.
    """
    from analysis.schemas import TABLES

    reasons = [
        _refusal(text, language, languages)
        for text, language in zip(articles["text"], articles["language"], strict=True)
    ]
    refused = [
        {
            "source_file": row.source_file,
            "article_id": row.article_id,
            "title": row.title,
            "reason": reason[0],
            "detail": reason[1],
        }
        for row, reason in zip(articles.itertuples(), reasons, strict=True)
        if reason
    ]
    kept = articles[[reason is None for reason in reasons]].reset_index(drop=True)
    return Reading(kept, TABLES["rejects"].frame(refused))


def _refusal(text: str, language: str, languages: Collection[str]) -> tuple[str, str] | None:
    if len(text) > MAX_CHARACTERS:
        return (
            "too_long",
            f"{len(text):,} characters, at most {MAX_CHARACTERS:,}: several articles in one? split them",
        )
    if not WORD.search(text):
        return "empty", "the text holds no word"
    if language not in languages:
        return (
            "language",
            f"the text is in '{language}'; only {', '.join(languages)} is measured: translate it first",
        )
    return None
