"""Which articles can be measured, and why the others cannot."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.corpus.identity import WORD, count_words
from analysis.corpus.languages import language_of
from analysis.rejects import reject

if TYPE_CHECKING:
    import pandas as pd

    from analysis.corpus.article_store import ArticleStore

MAX_WORDS = 200_000  # two thick novels
MAX_CHARACTERS = 2_000_000  # beyond either, a whole export sits in one cell
LANGUAGES = ("en",)


@dataclass(frozen=True)
class ReadResult:
    """Articles, and those that were refused.

    Attributes
    ----------
    articles, rejects : pandas.DataFrame
        By the contracts of the same names in `analysis.schemas`.
    notes : tuple of str
        What to know of articles that were kept: dates that could not be read, garbled texts, files left out.
    formats : dict of str to str
        The format of each file that was read.
    """

    articles: pd.DataFrame
    rejects: pd.DataFrame
    notes: tuple[str, ...] = ()
    formats: dict[str, str] = field(default_factory=dict)


def screen(
    articles: pd.DataFrame | ReadResult,
    *,
    max_words: int = MAX_WORDS,
    max_characters: int = MAX_CHARACTERS,
    languages: Collection[str] = LANGUAGES,
) -> ReadResult:
    """Tell the articles that can be measured from those that cannot.

    Parameters
    ----------
    articles : pandas.DataFrame or ReadResult
        The `articles` table; the rejects and notes of a ReadResult come first in the result.
    max_words, max_characters : int
        The longest text that is measured.
    languages : collection of str
        Languages that are measured, as in the column `language`.

    Returns
    -------
    ReadResult
        Articles without words, too long or in another language are among the rejects, with the reason `empty`,
        `too_long` or `language`.
    """
    import numpy as np
    import pandas as pd

    from analysis.schemas import TABLES

    if isinstance(articles, ReadResult):
        screened = screen(
            articles.articles, max_words=max_words, max_characters=max_characters, languages=languages
        )
        parts = [table for table in (articles.rejects, screened.rejects) if len(table)]
        rejects = pd.concat(parts, ignore_index=True) if parts else screened.rejects
        return ReadResult(screened.articles, rejects, articles.notes, articles.formats)
    refused = []
    kept = []
    for row in articles.itertuples():
        reason = refusal(
            str(row.text),
            str(row.language),
            max_words=max_words,
            max_characters=max_characters,
            languages=languages,
        )
        kept.append(reason is None)
        if reason is not None:
            refused.append(
                reject(str(row.source_file), *reason, article_id=str(row.article_id), title=str(row.title))
            )
    return ReadResult(
        articles[np.array(kept, dtype=bool)].reset_index(drop=True), TABLES["rejects"].frame(refused)
    )


def screen_store(articles: ArticleStore) -> tuple[ArticleStore, pd.DataFrame]:
    """Do the same for articles that need not fit into memory.

    Parameters
    ----------
    articles : ArticleStore

    Returns
    -------
    articles : ArticleStore
        Those that can be measured.
    rejects : pandas.DataFrame
        The others, sorted by article_id.
    """
    import pandas as pd

    found = [screen(part).rejects for part in articles.parts()]
    rejects = pd.concat(found, ignore_index=True).sort_values("article_id", kind="stable", ignore_index=True)
    rejects["row"] = rejects["article_id"].map(articles.rows).astype("str")
    return articles.without(set(rejects["article_id"])), rejects


def warn_of_language(text: str) -> None:
    """Warn if a text is in a language that cannot be measured. To be called by a function that users call.

    Parameters
    ----------
    text : str

    Warns
    -----
    UserWarning
    """
    language = language_of(text)
    if language not in LANGUAGES:
        supported = ", ".join(map(repr, LANGUAGES))
        warnings.warn(
            f"the text is in '{language}'; only {supported} is supported, so the result means nothing "
            "(translate the text first)",
            UserWarning,
            stacklevel=3,
        )


def refusal(
    text: str,
    language: str,
    *,
    max_words: int = MAX_WORDS,
    max_characters: int = MAX_CHARACTERS,
    languages: Collection[str] = LANGUAGES,
) -> tuple[str, str] | None:
    """Why a text cannot be measured, as a short code and a sentence; None where it can."""
    remedy = "if there are several articles in it, split them"
    if len(text) > max_characters:
        return "too_long", f"{len(text):,} characters; the maximum is {max_characters:,} ({remedy})"
    if len(text) > max_words and (n_words := count_words(text)) > max_words:
        return "too_long", f"{n_words:,} words; the maximum is {max_words:,} ({remedy})"
    if not WORD.search(text):
        return "empty", "the text has no words (fill it in or remove the article)"
    if language not in languages:
        return (
            "language",
            f"the text is in '{language}'; only {', '.join(map(repr, languages))} is supported (translate it first)",
        )
    return None
