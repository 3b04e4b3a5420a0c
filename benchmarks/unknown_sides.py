"""Attributed words without a known side, in articles that nobody has coded.

    python -m benchmarks.unknown_sides ../shared/data/coverage/mentions.jsonl.gz

Prints the share of the attributed words whose speaker has no known side, with its interval over articles, and the
share that each rule for sides found. Words in nested quotes count for each of their speakers. Only quotes and
speakers are measured. The articles are not part of this repository.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import load_study, read_articles
from analysis.annotators.article import Article, MeasuredArticle
from analysis.annotators.parsing.newlines import PlainNewlines
from analysis.corpus import WORD
from analysis.schemas import UNATTRIBUTED
from benchmarks.coverage import interval

if TYPE_CHECKING:
    from analysis.study import Study

ROOT = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--study", type=Path, default=ROOT / "data")
    options = parser.parse_args(arguments)
    study = load_study(options.study)
    articles = read_articles(options.articles, outlets=study.outlets)
    quotes = pd.DataFrame(quoted_words(articles, study))
    counts = quotes.assign(unknown=quotes["words"].where(quotes["side"] == UNATTRIBUTED, 0))
    counts = counts.groupby("article_id")[["words", "unknown"]].sum()
    low, high = interval(counts, _unknown)
    print(f"{len(articles)} articles, {len(quotes)} quotes, {quotes['words'].sum()} attributed words")
    print(f"without a known side: {_unknown(counts.sum()):.3f} ({low:.3f} to {high:.3f}) of the words")
    by_rule = quotes["words"].groupby(quotes["rule"].fillna("no rule")).sum()
    print((by_rule / quotes["words"].sum()).sort_values(ascending=False).map("{:.3f}".format).to_string())


def quoted_words(articles: pd.DataFrame, study: Study) -> Iterator[dict[str, Any]]:
    """The quotes of some articles: article, number of words, side of the speaker, and the rule that found it."""
    for row in articles.itertuples():
        published = None if pd.isna(row.published) else row.published.to_pydatetime()
        country = "" if pd.isna(row.outlet_country) else row.outlet_country
        text = PlainNewlines(row.text).text
        measured = MeasuredArticle(
            Article(row.article_id, row.title, text, published, row.source_file, row.outlet, country), study
        )
        for quote, speaker in zip(measured.quotes, measured.speakers, strict=True):
            words = len(WORD.findall(quote.content))
            yield {"article_id": row.article_id, "words": words, "side": speaker.side, "rule": speaker.rule}


def _unknown(counts: pd.Series) -> float:
    return float(counts["unknown"] / counts["words"])


if __name__ == "__main__":
    main()
