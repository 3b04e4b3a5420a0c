"""Precision of loaded terms on real articles: is the hit the term as defined, and who uses it?

    python -m benchmarks.loaded_terms RESULTS [--study data]

RESULTS is a folder that `framing annotate` wrote for the articles in data/gold/real_loaded_terms.csv. Up to ten
hits of each term were drawn and read. The overall precision weights each term by its number of hits; hits that
nobody read add to the weight only. Intervals are Wilson intervals over hits. Hits of one article are not
independent, so the intervals are too narrow.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import pandas as pd

from analysis import load_study, load_tables
from analysis.compare._core.intervals import wilson
from analysis.compare.measures.adoption import term_hits

KEY = ["article_id", "start", "end", "term"]


def read_hits(results: Path, study: Path) -> tuple[pd.DataFrame, pd.Series]:
    """The coded hits that are found now, with `right` and `same_use`; and how often each term is found."""
    tables = dataclasses.replace(load_tables(results), study=load_study(study))
    coding = pd.read_csv(study / "gold" / "real_loaded_terms.csv")
    coded = coding[coding["article_id"].isin(tables.articles["article_id"])]
    found = term_hits(tables)
    both = coded.merge(found[[*KEY, "use"]], on=KEY, suffixes=("_coded", ""))
    return both.assign(same_use=both["use"] == both["use_coded"]), found["term"].value_counts()


def line(name: str, hits: pd.DataFrame, column: str) -> str:
    """Precision with its interval."""
    right = int(hits[column].sum())
    low, high = wilson(right, len(hits))
    return f"{name:26} {right:3} of {len(hits):3}  {right / len(hits):.2f} [{low:.2f}, {high:.2f}]"


def main() -> int:
    """Print precision by term, in sum, and of the use."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path)
    parser.add_argument("--study", type=Path, default=Path("data"))
    options = parser.parse_args()
    hits, found = read_hits(options.results, options.study)
    if hits.empty:
        print("none of the coded hits is in these results: annotate the coded articles first")
        return 1
    for term, chosen in hits.groupby("term", sort=True):
        print(line(f"{term} ({found[term]})", chosen, "right"))
    print(line("all that were read", hits, "right"))
    shares = hits.groupby("term")["right"].mean()
    weights = found[shares.index]
    print(
        f"{'weighed by frequency':26} {(shares * weights).sum() / weights.sum():.2f} of {weights.sum()} hits"
    )
    print(line("own, distanced or quoted", hits, "same_use"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
