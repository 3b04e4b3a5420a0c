"""How well labels of single sentences agree, on average, with readers' codes of whole articles.

    python -m training.tone.limit --coded CODED --labels FILE [--second]

An index that averages what a model says of single mentions can hardly be expected to agree better with the readers
than the average of labels that were given by reading each sentence. FILE is `training/tone/portrayal_mentions.jsonl`
for coded train and `training/tone/portrayal_mentions_dev.jsonl` for coded dev. With --second, the codes are those of
the second reader, in articles that have two.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.common.json_lines import read_json_lines
from training.tone.portrayal import Codes, read_codes, scores, spearman


def labels_by_pair(path: Path, coded: Codes) -> dict[tuple[str, str], list[float]]:
    """The labels of the mentions of each side in each coded article, where the side has a code."""
    found: dict[tuple[str, str], list[float]] = {}
    for row in read_json_lines(path):
        if coded.get(row["id"], {}).get(row["side"]) is not None:
            found.setdefault((row["id"], row["side"]), []).append(row["label"])
    return found


def averages(labels: Sequence[Sequence[float]]) -> Mapping[str, NDArray[np.float64]]:
    """Two averages of the labels of each pair: their mean, and their sum over the root of their number."""
    sums = np.array([sum(part) for part in labels], dtype=float)
    sizes = np.array([len(part) for part in labels], dtype=float)
    return {"mean": sums / sizes, "sum over root of number": sums / np.sqrt(sizes)}


def limits(labels: Mapping[tuple[str, str], Sequence[float]], coded: Codes) -> dict[str, Any]:
    """Spearman correlation of each average with the codes, over all sides and for each."""
    pairs = sorted(labels)
    articles, sides = (np.array(part) for part in zip(*pairs, strict=True))
    codes = np.array([coded[article][side] for article, side in pairs], dtype=float)
    found: dict[str, Any] = {}
    for name, values in averages([labels[pair] for pair in pairs]).items():
        of_all = scores(articles, codes, values)
        kept = {key: of_all[key] for key in ("articles", "pairs", "spearman", "spearman_ci95")}
        by_side = {s: spearman(codes[sides == s], values[sides == s]) for s in sorted(set(sides.tolist()))}
        found[name] = kept | {"spearman_by_side": by_side}
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--coded", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--second", action="store_true", help="the second reader's codes where there are two")
    args = parser.parse_args()
    coded = read_codes([args.coded], last=args.second)
    print(json.dumps(limits(labels_by_pair(args.labels, coded), coded), indent=1))


if __name__ == "__main__":
    main()
