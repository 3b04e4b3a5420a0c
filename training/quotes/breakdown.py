"""Scores by kind of quote and by act: `python -m training.quotes.breakdown --predictions FILE --split FOLDER`.

Precision is over the predictions of a class, recall over the gold of that class, with the neutral scorer's matching;
kind and act are found for both by the code that is shipped.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis.annotate.cues import attribution_act, cue_lemma
from analysis.annotate.document import Document, Span
from analysis.annotate.language import parse
from training.quotes.evaluate import SCORER, load_scorer

Record = dict[str, Any]


def classes(
    document: Document, record: Record, index: list, quoted: frozenset, scorer: ModuleType
) -> tuple[str, str]:
    """Kind (direct, indirect, mixed) and act (speech, belief, intent, document) of an attribution."""
    content = scorer.words(index, record["content"])
    inside = len(content & quoted)
    kind = "direct" if inside == len(content) else "mixed" if inside else "indirect"
    source, cue = ([Span(*span) for span in record[role] or ()] for role in ("source", "cue"))
    return kind, attribution_act(document, source, cue_lemma(document, cue))


def compare(
    scorer: ModuleType, split: Path, predictions: dict[str, list[Record]]
) -> Iterator[tuple[str, str, bool]]:
    """(class, "gold" or "predicted", matched with the right source) of every attribution on either side."""
    for name, text, gold in scorer.read_gold(split):
        document = parse(text)
        index = [match.span() for match in scorer.WORD.finditer(text)]
        quoted = scorer.words(index, scorer.quoted_regions(text))
        found = [one for one in predictions.get(name, []) if scorer.words(index, one["content"])]
        ours, theirs = ([scorer.words(index, one["content"]) for one in side] for side in (found, gold))
        right = set()
        for i, j in scorer.match(theirs, ours):
            wanted, given = (scorer.words(index, one["source"]) for one in (gold[i], found[j]))
            if wanted & given if wanted else not given:
                right |= {("gold", i), ("predicted", j)}
        for side, records in (("gold", gold), ("predicted", found)):
            for i, one in enumerate(records):
                for label in classes(document, one, index, quoted, scorer):
                    yield label, side, (side, i) in right


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    counts = Counter(compare(scorer, args.split, scorer.read_predictions(args.predictions)))
    for label in sorted({label for label, _, _ in counts}):
        gold, predicted = (
            counts[label, side, True] + counts[label, side, False] for side in ("gold", "predicted")
        )
        precision = counts[label, "predicted", True] / max(1, predicted)
        recall = counts[label, "gold", True] / max(1, gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shares = {"P": precision, "R": recall, "F": f1}
        row = {"class": label, "gold": gold, "predicted": predicted}
        print(json.dumps(row | {name: round(100 * value, 1) for name, value in shares.items()}))


if __name__ == "__main__":
    main()
