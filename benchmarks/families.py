"""Detection of wire copy: recall, precision and speed on made-up near-duplicates.

    python -m benchmarks.families [--data ../shared/data/load] [--articles 10000] [--threshold 0.5]

A third of the articles get a near-duplicate, published up to three days later in another outlet. There are
three kinds: edited (2 % of the words replaced), cut to the first 60 % or 40 % and edited, and mixed (60 % of
the source, edited, followed by text from an article that is not in the corpus).

Recall is the share of near-duplicates that are in the family of their source, over all of them and over those
of at least 24 words (shorter articles join a family only if their words are identical). Precision is the share
of pairs in one family that are a source and its near-duplicate. Real wire copy in the data counts as an error,
so precision is a lower bound.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import corpus
from analysis.ingest import read

EDITED = 0.02
Maker = Callable[[list[str], list[str], list[str], np.random.Generator], list[str]]


def edited(words: list[str], own: list[str], vocabulary: list[str], rng: np.random.Generator) -> list[str]:
    """Every fiftieth word, at random, replaced by another."""
    changed = np.flatnonzero(rng.random(len(words)) < EDITED)
    words = list(words)
    for place in changed:
        words[place] = vocabulary[rng.integers(len(vocabulary))]
    return words


def cut(share: float) -> Maker:
    """The beginning of the article, edited."""

    def make(words: list[str], own: list[str], vocabulary: list[str], rng: np.random.Generator) -> list[str]:
        return edited(words[: max(1, round(share * len(words)))], own, vocabulary, rng)

    return make


def mixed(words: list[str], own: list[str], vocabulary: list[str], rng: np.random.Generator) -> list[str]:
    """60 % of the article, edited, before words of the outlet's own."""
    kept = cut(0.6)(words, own, vocabulary, rng)
    return kept + own[: 2 * len(kept) // 3]


KINDS: dict[str, Maker] = {
    "edited": edited,
    "cut to 60 %": cut(0.6),
    "cut to 40 %": cut(0.4),
    "mixed": mixed,
}


def with_copies(articles: pd.DataFrame, make: Maker, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """Two thirds of the articles with copies of half of these, and the source of each article by its id."""
    rng = np.random.default_rng(seed)
    shuffled = articles.sample(frac=1, random_state=seed)
    third = len(shuffled) // 3
    strangers, base = shuffled.iloc[:third], shuffled.iloc[third:]
    vocabulary = sorted({word for text in strangers["text"].head(200) for word in text.split()})
    sources = base.iloc[:third]
    own = [text.split() for text in strangers["text"]]
    copies = sources.assign(
        article_id="copy-of-" + sources["article_id"],
        outlet="Reprinting Gazette "
        + pd.Series(np.arange(len(sources)) % 40, index=sources.index).astype(str),
        published=sources["published"]
        + pd.to_timedelta(rng.uniform(0, 3, len(sources)), unit="D").floor("s"),
        text=[
            " ".join(make(text.split(), words, vocabulary, rng))
            for text, words in zip(sources["text"], own, strict=True)
        ],
    )
    both = pd.concat([base, copies], ignore_index=True)
    origin = pd.Series(both["article_id"].str.removeprefix("copy-of-").to_numpy(), index=both["article_id"])
    return both, origin


def scores(found: pd.DataFrame, origin: pd.Series) -> dict[str, float]:
    """Recall over copies and precision over pairs."""
    family = found.set_index("article_id")["family_id"]
    copies = family[family.index.str.startswith("copy-of-")]
    together = copies.to_numpy() == family.loc[origin[copies.index]].to_numpy()
    sizes = family.value_counts()
    right = pd.DataFrame({"family": family, "origin": origin.loc[family.index]}).value_counts()
    pairs = float((sizes * (sizes - 1) / 2).sum())
    true_pairs = float((right * (right - 1) / 2).sum())
    long_enough = (
        found.set_index("article_id").loc[copies.index, "text"].map(corpus.count_words) >= 24
    ).to_numpy()
    return {
        "recall": float(together.mean()),
        "recall_long": float(together[long_enough].mean()),
        "precision": true_pairs / pairs if pairs else float("nan"),
        "largest": float(sizes.max()),
    }


def larger(articles: pd.DataFrame, size: int) -> pd.DataFrame:
    """As many articles as asked for: repetitions in which every word is another, so that they are no copies."""
    times = -(-size // len(articles))
    parts = [articles] + [
        articles.assign(
            article_id=articles["article_id"] + f"-{number}",
            text=[corpus.WORD.sub(rf"\g<0>x{number}", text) for text in articles["text"]],
        )
        for number in range(1, times)
    ]
    return pd.concat(parts, ignore_index=True).head(size)


def main() -> None:
    """Print one line per kind of copy, then the time for the number of articles asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/load"))
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--threshold", type=float, default=corpus.THRESHOLD)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    articles = read(options.data).articles
    print(f"{len(articles):,} articles, threshold {options.threshold:g}")
    print(
        f"{'copies':12} {'recall':>7} {'24+ words':>9} {'precision':>9} {'largest family':>14} {'seconds':>8}"
    )
    for name, make in KINDS.items():
        both, origin = with_copies(articles, make, options.seed)
        start = time.perf_counter()
        found = corpus.families(both, threshold=options.threshold)
        seconds = time.perf_counter() - start
        result = scores(found, origin)
        found_share = f"{result['recall']:7.1%} {result['recall_long']:9.1%} {result['precision']:9.1%}"
        print(f"{name:12} {found_share} {result['largest']:14.0f} {seconds:8.1f}")
    many = larger(articles, options.articles)
    start = time.perf_counter()
    corpus.families(many, threshold=options.threshold)
    print(f"{len(many):,} articles: {time.perf_counter() - start:.1f} s on one core")


if __name__ == "__main__":
    main()
