"""Quotes, speakers and sides of real articles, against the coding in data/gold/real_*.csv.

    python -m benchmarks.real_quotes --data ../shared/data/coverage/core.jsonl            # the half to report
    python -m benchmarks.real_quotes --data ../shared/data/coverage/core.jsonl --part dev --wrong

The articles are not part of this repository; the coding holds ids, offsets and codes. Only the beginning of
each article is coded (data/gold/README.md says how much), and quotes after it are ignored. Intervals are Wilson
intervals over quotes. Quotes of one article are not independent, so the intervals are too narrow. Develop on
`dev`, and run `report` once.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import annotate, load_study, read_articles
from analysis.compare._core.intervals import wilson
from benchmarks.speakers import ROOT, coding, match, speaker_scores

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--study", type=Path, default=ROOT / "data")
    parser.add_argument("--part", choices=["report", "dev"], default="report")
    parser.add_argument("--wrong", action="store_true", help="places of what was coded otherwise")
    options = parser.parse_args(arguments)
    study = load_study(options.study)
    coded = coded_articles(study.gold_path, options.part)
    articles = read_articles(options.data, outlets=study.outlets)
    articles = articles[articles["article_id"].isin(coded["article_id"])]
    differing = set(coded["article_id"]) - set(unchanged(articles, coded))
    if differing:
        parser.error(
            f"{options.data}: missing, or not the text that was coded: {', '.join(sorted(differing))}"
        )
    tables = annotate(articles, study, progress=False)
    spans, speakers = coding(study.gold_path / "real_quotes.csv", study.gold_path / "real_speakers.csv")
    spans, speakers = (table[table["article_id"].isin(coded["article_id"])] for table in (spans, speakers))
    matched = match(beginning(tables, coded), spans, speakers)
    right, n_coded, n_found = matched["source_right"].sum(), matched["coded"].sum(), matched["found"].sum()
    print(f"{len(coded)} articles of part {options.part}, {n_coded} coded quotes, {n_found} found")
    for name, n in (("precision", n_found), ("recall", n_coded)):
        low, high = wilson(right, n)
        print(f"end to end, {name}: {right / n:.3f} ({low:.2f} to {high:.2f}), {right} of {n}")
    print(f"end to end, F1: {2 * right / (n_coded + n_found):.3f}")
    print(speaker_scores(matched).to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    if options.wrong:
        print(_wrong(matched).to_string(index=False))


def coded_articles(gold: Path, part: str) -> pd.DataFrame:
    """article_id, part, coded_to (code points) and text_sha256 of the articles of a part."""
    import pandas as pd

    coded = pd.read_csv(gold / "real_quote_articles.csv", dtype={"article_id": "str"})
    return coded[coded["part"] == part]


def unchanged(articles: pd.DataFrame, coded: pd.DataFrame) -> list[str]:
    """Ids of the articles whose text is, to the letter, the one that was coded."""
    hashes = dict(zip(coded["article_id"], coded["text_sha256"], strict=True))
    texts = zip(articles["article_id"], articles["text"], strict=True)
    return [name for name, text in texts if hashlib.sha256(text.encode()).hexdigest() == hashes.get(name)]


def beginning(tables: Tables, coded: pd.DataFrame) -> Tables:
    """The tables without the quotes whose content begins where nothing is coded any more."""
    import dataclasses

    ends = coded.set_index("article_id")["coded_to"]
    contents = tables.quote_spans[tables.quote_spans["role"] == "content"].groupby("quote_id")["start"].min()
    quotes = tables.quotes
    inside = quotes["quote_id"].map(contents) < quotes["article_id"].map(ends)
    quotes = quotes[inside]
    spans = tables.quote_spans[tables.quote_spans["quote_id"].isin(quotes["quote_id"])]
    return dataclasses.replace(tables, quotes=quotes, quote_spans=spans)


def _wrong(matched: pd.DataFrame) -> pd.DataFrame:
    both = matched["coded"] & matched["found"] & matched["source_right"]
    same = (matched["speaker"] == matched["coded_speaker"]) & (matched["side"] == matched["coded_side"])
    return matched.loc[~(both & same), matched.columns.difference(["coded_name", "speaker_name", "quote_id"])]


if __name__ == "__main__":
    main()
