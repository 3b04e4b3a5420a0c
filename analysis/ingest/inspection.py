"""What was read, in words: formats, outlets, dates, languages, lengths, duplicates, refusals and first lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.corpus import LANGUAGES, ArticleStore
from analysis.ingest.reading import Reading

if TYPE_CHECKING:
    import pandas as pd

_NAMES_SHOWN = 10
_REFUSED_SHOWN = 5
_FILES_SHOWN = 20
_LINE = 100  # characters of a headline or a first line


def describe(result: Reading) -> Iterator[str]:
    """Yield lines that describe what was read, before anything is measured.

    Parameters
    ----------
    result : Reading

    Yields
    ------
    str
    """
    articles, rejects = result.articles.metadata, result.rejects
    yield from _files(result)
    yield f"{count(len(articles), 'article')}, {len(rejects):,} refused"
    if len(articles):
        yield f"outlets: {_frequent(articles['outlet'])}"
        yield f"dates: {_dates(articles['published'])}"
        yield _languages(articles)
        words = articles["n_words"]
        yield (
            f"words: {int(words.sum()):,} in all; shortest {int(words.min()):,}, "
            f"median {int(words.median()):,}, longest {int(words.max()):,}"
        )
    yield f"duplicates: {_duplicates(result)}"
    if result.articles.further:
        yield f"further columns: {', '.join(result.articles.further)}"
    yield from _refused(rejects)
    yield from _first_lines(result.articles)


def in_three_lines(result: Reading) -> list[str]:
    """Return the same in three lines before a run: files and formats, articles, and what it refuses.

    Parameters
    ----------
    result : Reading

    Returns
    -------
    list of str
    """
    import pandas as pd

    articles = result.articles.metadata
    other = int((~articles["language"].isin(LANGUAGES)).sum())
    reasons = pd.concat([result.rejects["reason"], pd.Series(["language"] * other, dtype="str")])
    files = f"{count(len(result.formats), 'file')} ({_formats(result)})"
    outlets = count(articles["outlet"].nunique(), "outlet")
    return [
        f"{files}: {count(len(articles), 'article')}",
        f"{outlets}; {_dates(articles['published'])}; {_languages(articles)}",
        f"refused: {_reasons(reasons)}; duplicates: {_duplicates(result)}",
    ]


def count(number: int, noun: str) -> str:
    """Return a number with its noun in the singular or plural."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _files(result: Reading) -> Iterator[str]:
    read = result.articles.metadata["source_file"].value_counts()
    refused = result.rejects["source_file"].value_counts()
    for path, name in list(result.formats.items())[:_FILES_SHOWN]:
        bad = f", {refused[path]:,} refused" if path in refused else ""
        yield f"{path}: {name}, {count(int(read.get(path, 0)), 'article')}{bad}"
    if len(result.formats) > _FILES_SHOWN:
        yield f"... and {count(len(result.formats) - _FILES_SHOWN, 'more file')} ({_formats(result)})"


def _formats(result: Reading) -> str:
    names = list(result.formats.values())
    kinds = sorted(set(names), key=lambda name: (-names.count(name), name))
    return ", ".join(f"{name} {names.count(name):,}" if len(kinds) > 1 else name for name in kinds) or "none"


def _frequent(column: pd.Series) -> str:
    counts = column.value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    shown = ", ".join(f"{name} {number:,}" for name, number in ordered[:_NAMES_SHOWN])
    more = len(ordered) - _NAMES_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown or "none"


def _dates(published: pd.Series) -> str:
    dated = published.dropna()
    missing = len(published) - len(dated)
    span = f"{dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}" if len(dated) else "no dates"
    return f"{span} ({missing:,} without a date)" if missing and len(dated) else span


def _languages(articles: pd.DataFrame) -> str:
    other = int((~articles["language"].isin(LANGUAGES)).sum())
    supported = ", ".join(LANGUAGES)
    refused = f" ({count(other, 'article')} will be refused: only {supported} is supported)" if other else ""
    return f"languages: {_frequent(articles['language'])}{refused}"


def _duplicates(result: Reading) -> str:
    twice = int((result.rejects["reason"] == "duplicate").sum())
    sizes = result.articles.metadata["family_id"].value_counts()
    copies = int((sizes[sizes > 1] - 1).sum())
    return f"{twice:,} refused, {copies:,} near-identical to another article (kept, with the same family_id)"


def _reasons(reasons: pd.Series) -> str:
    return f"{len(reasons):,} ({_frequent(reasons)})" if len(reasons) else "0"


def _refused(rejects: pd.DataFrame) -> Iterator[str]:
    if rejects.empty:
        return
    yield f"refused: {_reasons(rejects['reason'])}"
    for row in rejects.head(_REFUSED_SHOWN).itertuples():
        place = f", row {row.row}" if isinstance(row.row, str) else ""
        yield f"  {row.source_file}{place}: {row.reason}: {row.detail}"
    if len(rejects) > _REFUSED_SHOWN:
        yield f"  ... and {len(rejects) - _REFUSED_SHOWN:,} more"


def _first_lines(articles: ArticleStore) -> Iterator[str]:
    """Yield the beginning of the first, the middle and the last article by id."""
    ids = articles.metadata["article_id"].sort_values().to_numpy()
    shown = [ids[place] for place in sorted({0, len(ids) // 2, len(ids) - 1})] if len(ids) else []
    for _, article in articles.articles(shown).iterrows():
        day = (
            f"{article['published']:%Y-%m-%d}" if article["published"] == article["published"] else "no date"
        )
        yield ""
        yield f"{article['outlet']}, {day}: {_shortened(article['title']) or '(no headline)'}"
        yield f"  {_shortened(article['text'])}"


def _shortened(text: str) -> str:
    line = " ".join(text[: 4 * _LINE].split())
    return line if len(line) <= _LINE else f"{line[:_LINE].rsplit(' ', 1)[0]} ..."
