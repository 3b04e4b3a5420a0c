"""The study in data/coverage against the articles that it was made from, which are not part of this repository.

    python -m benchmarks.coverage_study --articles ../shared/data/coverage

Puts the words back into all tables and counts spans that have no counterpart, first in the texts as they are, then in
copies with other line breaks and a word changed in each paragraph. Then looks for runs of words of the articles in
every text file of the repository.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import analysis
from analysis.corpus import WORD
from training.coverage.articles import load_articles
from training.coverage.make import FOLDER, ROOT

if TYPE_CHECKING:
    import pandas as pd

RUN = 10  # words; shorter runs are names of offices and treaties


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    options = parser.parse_args(arguments)
    tables = analysis.load_tables(FOLDER)
    articles = load_articles(options.articles, analysis.load_study(ROOT / "data").outlets)
    for what, copies in (
        ("as they are", articles),
        ("in changed copies", articles.assign(text=changed(articles))),
    ):
        _, report = analysis.join_texts(tables, copies)
        found = int((report["match"] != "missing").sum())
        print(
            f"{what}: {found:,} of {len(report):,} articles found, {report['spans_lost'].sum():,} of "
            f"{report['spans'].sum():,} spans lost"
        )
    published = set().union(*map(runs, articles["text"]))
    for path in text_files():
        shared = runs(path.read_text(encoding="utf-8")) & published
        if shared:
            print(f"{path.relative_to(ROOT)}: {len(shared)} runs of {RUN} words")
    print("all text files searched")


def changed(articles: pd.DataFrame) -> pd.Series:
    """Copies as another source might have them: one line break between paragraphs, some words added."""
    return (
        articles["text"]
        .str.replace("\n\n", "\n")
        .str.replace(re.compile(r"\n(\w+) "), r"\n\1 also ", regex=True)
    )


def runs(text: str) -> set[str]:
    """Every run of `RUN` words."""
    words = [word.lower() for word in WORD.findall(text)]
    return {" ".join(words[first : first + RUN]) for first in range(len(words) - RUN + 1)}


def text_files() -> Iterator[Path]:
    """The files of the repository that are UTF-8 text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in listed.split("\0"):
        path = ROOT / name
        try:
            if path.is_file():
                path.read_text(encoding="utf-8")
                yield path
        except UnicodeDecodeError:
            continue


if __name__ == "__main__":
    main()
