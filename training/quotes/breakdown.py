"""Scores by kind of quote and by act: `python -m training.quotes.breakdown --predictions FILE --split FOLDER`.

Precision is computed over the predictions of a class and recall over its gold attributions, matched as in the neutral
scorer. Kind and act of both are determined by the toolkit. "quoted" is direct and mixed together, matched among all
contents (the scorer matches quoted contents among themselves only). "source" is computed over the matched contents
with a gold source. Intervals of F1 are 95 % bootstrap intervals over articles.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from analysis.annotators.parsing.document import Document, Span
from analysis.annotators.parsing.spacy_parser import parse
from analysis.annotators.quotes.cues import attribution_act, cue_lemma
from analysis.compare._core.intervals import expanded_percentiles, kish_effective_n, resampling_weights
from training.quotes.evaluate import SCORER, load_scorer

Record = dict[str, Any]

# Columns of the counts: gold, gold found, predicted, predicted and right.
GOLD, FOUND, PREDICTED, RIGHT = range(4)


def classes(
    document: Document, record: Record, index: list, quoted: frozenset, scorer: ModuleType
) -> tuple[str, ...]:
    """Return the classes of an attribution: kind, act, "all", and "quoted" unless it is indirect."""
    content = scorer.words(index, record["content"])
    inside = len(content & quoted)
    kind = "direct" if inside == len(content) else "mixed" if inside else "indirect"
    source, cue = ([Span(*span) for span in record[role] or ()] for role in ("source", "cue"))
    summed = ("all",) if kind == "indirect" else ("all", "quoted")
    return kind, attribution_act(document, source, cue_lemma(document, cue)), *summed


def compare(scorer: ModuleType, split: Path, predictions: dict[str, list[Record]]) -> dict[str, np.ndarray]:
    """Return the counts by class, arrays of shape (articles, 4)."""
    articles = list(scorer.read_gold(split))
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros((len(articles), 4)))
    for number, (name, text, gold) in enumerate(articles):
        document = parse(text)
        index = [match.span() for match in scorer.WORD.finditer(text)]
        quoted = scorer.words(index, scorer.quoted_regions(text))
        found = [one for one in predictions.get(name, []) if scorer.words(index, one["content"])]
        ours, theirs = ([scorer.words(index, one["content"]) for one in side] for side in (found, gold))
        right = set()
        for i, j in scorer.match(theirs, ours):
            wanted, given = (scorer.words(index, one["source"]) for one in (gold[i], found[j]))
            if wanted & given if wanted else not given:
                right |= {(GOLD, i), (PREDICTED, j)}
            if wanted:
                counts["source"][number] += [1, bool(wanted & given), 1, bool(wanted & given)]
        for side, records in ((GOLD, gold), (PREDICTED, found)):
            for i, one in enumerate(records):
                for label in classes(document, one, index, quoted, scorer):
                    counts[label][number, [side, side + 1]] += [1, (side, i) in right]
    return counts


def shares(sums: np.ndarray) -> np.ndarray:
    """Return precision, recall and F1 of counts of shape (..., 4); NaN for an empty class."""
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = sums[..., RIGHT] / sums[..., PREDICTED], sums[..., FOUND] / sums[..., GOLD]
        return np.stack([precision, recall, 2 * precision * recall / (precision + recall)], axis=-1)


def f1_interval(counts: np.ndarray) -> np.ndarray:
    """Return the bounds of the interval of F1, by a bootstrap over articles."""
    drawn = np.concatenate([shares(weights @ counts)[:, 2] for weights in resampling_weights(len(counts))])
    effective = kish_effective_n(counts[:, GOLD] + counts[:, PREDICTED])
    return np.quantile(drawn[np.isfinite(drawn)], expanded_percentiles(effective))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    for label, counts in sorted(
        compare(scorer, args.split, scorer.read_predictions(args.predictions)).items()
    ):
        sums = counts.sum(axis=0)
        scores = dict(zip(("P", "R", "F"), (100 * shares(sums)).round(1).tolist(), strict=True))
        low, high = (100 * f1_interval(counts)).round(1).tolist()
        row = {"class": label, "gold": int(sums[GOLD]), "predicted": int(sums[PREDICTED])}
        print(json.dumps(row | scores | {"F_ci95_low": low, "F_ci95_high": high}))


if __name__ == "__main__":
    main()
