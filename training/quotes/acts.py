"""Give PolNeAR's attributions an act, which its annotators did not mark.

    python -m training.quotes.acts --data POLNEAR --out FILE

The act is the one that `lexicon/en/cues.yml` gives for the cue; attributions whose cue is not listed have none. The
acts contain errors and are used for training only. Runs in the toolkit's own environment. Writes one JSON object per
article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.annotators.parsing.document import Attribution, Document
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.cues import attribution_act, cue_entry, cue_lemma
from training.quotes.polnear import Article, read_split


def listed_act(document: Document, attribution: Attribution) -> str | None:
    """Return the act that the lists of cues give; None for a cue that is not listed."""
    lemma = cue_lemma(document, attribution.cue)
    if lemma is None or cue_entry(lemma) is None:
        return None
    return attribution_act(document, attribution.source, lemma)


def with_acts(article: Article, acts: Sequence[Sequence[str | None]]) -> Article:
    """Return the article with the acts that `main` wrote, by annotator."""
    annotations = tuple(
        tuple(replace(one, act=act) for one, act in zip(found, given, strict=True))
        for found, given in zip(article.annotations, acts, strict=True)
    )
    return replace(article, annotations=annotations)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR folder that contains train/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as file:
        for article in read_split(args.data / "train"):
            document = parse(article.text, entities=False)
            acts = [[listed_act(document, one) for one in found] for found in article.annotations]
            file.write(json.dumps({"name": article.name, "acts": acts}) + "\n")


if __name__ == "__main__":
    main()
