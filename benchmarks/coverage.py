"""Quotes, sides, themes and tone of real coverage, against articles that readers coded.

    python -m benchmarks.coverage --coded ../shared/data/coverage_coded/dev.jsonl \\
        --articles ../shared/data/coverage/core.jsonl ../shared/data/coverage/mentions.jsonl.gz

The coded file has one JSON object per article: `id`, `quotes` (spans of content and source, act, side, speaker),
`themes` (0, 1 or 2 by theme) and `tone` (-1, 0, 1 or null by side). The articles are not part of this repository.
An unnamed speaker coded as `other` may stay without a side. Where the codes do not tell who is named, as those in
`training/codes`, no quote is excused so, and the scores of sides are lower.

A quote is found where its content words overlap with the coded ones by half or more (Jaccard), one to one. A source
is right where the two spans share a word. F1 of sides counts a quote that is found and has the right side. Intervals
are 95 % percentile intervals of a bootstrap over articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import annotate, load_study, read_articles
from analysis.corpus import WORD
from benchmarks import dyads

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

ROOT = Path(__file__).parents[1]
ACTS = ("speech", "document", "belief", "intent")
FEWEST_ARTICLES = 3  # a theme that readers saw in fewer is not scored
RESAMPLES = 1000

Spans = Sequence[Sequence[int]]
Coded = Mapping[str, dict[str, Any]]


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--coded", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--study", type=Path, default=ROOT / "data")
    parser.add_argument("--acts", default=",".join(ACTS), help="kinds of attribution to score, with commas")
    parser.add_argument("--by", choices=("year",), help="score the articles of each year apart")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    coded = coded_articles(options.coded)
    study = load_study(options.study)
    articles = _articles(options.articles, coded, study.outlets)
    tables = annotate(articles, study, workers=options.workers)
    counts = quote_counts(tables, coded, options.acts.split(","))
    print(f"{len(counts)} of {len(coded)} coded articles, {counts['coded'].sum()} coded quotes")
    if not any("speaker" in quote for article in coded.values() for quote in article["quotes"]):
        print("the codes name no speakers: a quote coded as `other` counts as wrong without a side")
    for name, score in SCORES.items():
        low, high = interval(counts, score)
        print(f"{name}: {score(counts.sum()):.3f} ({low:.2f} to {high:.2f})")
    if options.by == "year":
        print(scores_by_year(counts, tables.articles).to_string(float_format=lambda value: f"{value:.2f}"))
    themes = theme_scores(tables, coded)
    print(f"themes present, macro-F1 over {len(themes)} themes: {themes['f1'].mean():.3f}")
    print(themes.to_string(float_format=lambda value: f"{value:.2f}"))
    print(dyads.report(tables, coded))
    tone = tone_pairs(tables, coded)
    print(f"tone, Spearman over {len(tone)} articles x sides: {tone.corr(method='spearman').iloc[0, 1]:.3f}")


def coded_articles(path: Path) -> dict[str, dict[str, Any]]:
    """The coded articles by id; of an article that two readers coded, the first."""
    coded: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        coded.setdefault(article["id"], article)
    return coded


def _articles(paths: Iterable[Path], coded: Coded, outlets: Any) -> pd.DataFrame:
    import pandas as pd

    read = pd.concat([read_articles(path, outlets=outlets) for path in paths], ignore_index=True)
    return read[read["article_id"].isin(coded)].drop_duplicates("article_id").reset_index(drop=True)


def quote_counts(tables: Tables, coded: Coded, acts: Sequence[str] = ACTS) -> pd.DataFrame:
    """Counts per article.

    Returns
    -------
    pandas.DataFrame
        One row per article: quotes `coded` and `measured`; of the matched ones, those with the right `source` and
        `side` (`matched` counts all of them); words in coded quotes, and those of them with the right side.
    """
    import pandas as pd

    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    quotes = tables.quotes[tables.quotes["act"].isin(acts)]
    spans = {
        key: list(zip(rows["start"], rows["end"], strict=True))
        for key, rows in tables.quote_spans.groupby(["quote_id", "role"])
    }
    rows = []
    for article, text in texts.items():
        wanted = [quote for quote in coded[article]["quotes"] if quote["act"] in acts]
        found = list(quotes[quotes["article_id"] == article].itertuples())
        words = [_words(text, quote["content"]) for quote in wanted]
        pairs = matches(words, [_words(text, spans.get((q.quote_id, "content"), ())) for q in found])
        row = {"coded": len(wanted), "measured": len(found), "matched": len(pairs), "source": 0, "side": 0}
        row |= {"words": sum(map(len, words)), "words_side": 0}
        for i, j in pairs:
            source = _words(text, spans.get((found[j].quote_id, "source"), ()))
            row["source"] += not wanted[i]["source"] or bool(_words(text, wanted[i]["source"]) & source)
            same = _same_side(wanted[i], found[j].side)
            row["side"] += same
            row["words_side"] += same * len(words[i])
        rows.append({"article_id": article, **row})
    return pd.DataFrame(rows).set_index("article_id")


def _same_side(coded: dict[str, Any], side: str) -> bool:
    """Unnamed speakers whom readers coded as `other` may stay without a side."""
    unnamed = "speaker" in coded and not coded["speaker"]
    return coded["side"] == side or (coded["side"] == "other" and side == "unattributed" and unnamed)


def _words(text: str, spans: Spans | None) -> frozenset[int]:
    """Where the words of some spans begin."""
    return frozenset(
        word.start() for start, end in spans or () for word in WORD.finditer(text[:end], max(0, start))
    )


def matches(coded: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs of coded and found quotes that share half their words or more, the best first, one to one.

    Of equal overlaps the later quotes count, as in the neutral scorer with which this command is compared.
    `benchmarks.quote_matching` takes the earlier ones.
    """
    scored = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, a in enumerate(coded)
            for j, b in enumerate(found)
            if not a.isdisjoint(b)
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for score, i, j in scored:
        if score >= 0.5 and all(i != used and j != other for used, other in pairs):
            pairs.append((i, j))
    return pairs


def _f1(column: str) -> Callable[[pd.Series], float]:
    return lambda counts: 2 * counts[column] / (counts["coded"] + counts["measured"])


SCORES: dict[str, Callable[[pd.Series], float]] = {
    "quotes found, F1": _f1("matched"),
    "quotes found, recall": lambda counts: counts["matched"] / counts["coded"],
    "quotes found, precision": lambda counts: counts["matched"] / counts["measured"],
    "quotes found with the right source, F1": _f1("source"),
    "side right, of the quotes found": lambda counts: counts["side"] / counts["matched"],
    "quotes found with the right side, F1": _f1("side"),
    "attributed words with the right side": lambda counts: counts["words_side"] / counts["words"],
}


def interval(counts: pd.DataFrame, score: Callable[[pd.Series], float]) -> tuple[float, float]:
    """95 % percentile interval of a score, articles resampled with a fixed seed."""
    import numpy as np
    import pandas as pd

    drawn = np.random.default_rng(1).integers(len(counts), size=(RESAMPLES, len(counts)))
    totals = pd.DataFrame(counts.to_numpy()[drawn].sum(axis=1), columns=counts.columns)
    low, high = np.nanpercentile([score(row) for _, row in totals.iterrows()], [2.5, 97.5])
    return float(low), float(high)


def scores_by_year(counts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The scores of the articles of each year, with the numbers of articles, coded quotes and quotes found.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `quote_counts` returns it.
    articles : pandas.DataFrame
        The table `articles`; those without a date are scored as one group.
    """
    import pandas as pd

    dates = articles.set_index("article_id")["published"].reindex(counts.index)
    year = dates.dt.strftime("%Y").fillna("no date").rename("year")
    total = counts.assign(articles=1).groupby(year).sum()
    scores = pd.DataFrame({name: score(total) for name, score in SCORES.items()})
    return total[["articles", "coded", "matched"]].join(scores)


def theme_scores(tables: Tables, coded: Coded) -> pd.DataFrame:
    """Precision, recall and F1 by theme: present in an article or not."""
    import pandas as pd

    hits = tables.themes.groupby("article_id")["theme"].agg(set)
    codebook = tables.study_or_error().codebook
    rows = []
    for theme in sorted({name for article in coded.values() for name in article["themes"]}):
        gold = {article for article in tables.articles["article_id"] if coded[article]["themes"].get(theme)}
        measured = {
            article
            for article, found in hits.items()
            if any(theme in (name, *codebook.ancestors(name)) for name in found)
        }
        if len(gold) >= FEWEST_ARTICLES:
            both = len(gold & measured)
            precision, recall = both / max(1, len(measured)), both / len(gold)
            f1 = 2 * both / (len(gold) + len(measured))
            rows.append((theme, len(gold), precision, recall, f1))
    return pd.DataFrame(rows, columns=["theme", "articles", "precision", "recall", "f1"]).set_index("theme")


def tone_pairs(tables: Tables, coded: Coded) -> pd.DataFrame:
    """Coded and measured tone of the outlet's own words, one row per article and side."""
    import pandas as pd

    own = tables.mentions[tables.mentions["voice"] == "outlet"]
    value = (own["p_positive"] - own["p_negative"]).groupby([own["article_id"], own["side"]]).mean()
    rows = [
        (tone, value[article, side])
        for article in tables.articles["article_id"]
        for side, tone in coded[article]["tone"].items()
        if tone is not None and (article, side) in value.index
    ]
    return pd.DataFrame(rows, columns=["coded", "measured"])


if __name__ == "__main__":
    main()
