"""Score an exported model on a PolNeAR split: `python -m training.quotes.evaluate --model FOLDER --split FOLDER`.

Decodes with `analysis.annotators.quotes.tagger`. With --sweep, varies one decoding rule at a time and prints the
scores.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis.annotators.parsing.document import Attribution
from analysis.annotators.parsing.onnx_encoder import Encoder, WordPieces
from analysis.annotators.quotes.tagger import DecodingRules, WordScores, decode, word_pieces, word_scores
from training.quotes.polnear import read_split

SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score_quotes.py"
GRID = {
    "outside": (-0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2),
    "inner_outside": (-0.5, 0.0, 0.5),
    "crossing": (3.0, 5.0, 7.0),
    "cueless": (-2.0, -1.0, 0.0, 1.0),
    "sourceless": (-0.5, 0.0, 0.5),
    "least": (0.0, 0.3, 0.35, 0.4, 0.45, 0.5),
}

ScoredArticles = list[tuple[str, WordPieces, WordScores]]


def load_scorer(path: Path) -> ModuleType:
    """Import the neutral scorer from its file."""
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no such file; give the scorer with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_articles(encoder: Encoder, split: Path) -> ScoredArticles:
    """Run the network on each article of a split."""
    articles = []
    for article in read_split(split):
        pieces = word_pieces(encoder, article.text)
        articles.append((article.name, pieces, word_scores(encoder, article.text, pieces)))
    return articles


def predictions(articles: ScoredArticles, rules: DecodingRules) -> dict[str, list[dict[str, Any]]]:
    """Return the attributions in the scorer's format."""
    return {
        name: [as_record(found) for found in decode(pieces, scores, rules)]
        for name, pieces, scores in articles
    }


def as_record(found: Attribution) -> dict[str, Any]:
    roles = {role: [list(span) for span in getattr(found, role)] for role in ("content", "source", "cue")}
    return {role: spans or None for role, spans in roles.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--predictions", type=Path, help="write the attributions here, one article a line")
    parser.add_argument("--sweep", action="store_true")
    args = parser.parse_args()
    encoder = Encoder(args.model)
    rules = DecodingRules.from_config(encoder.config)
    articles = score_articles(encoder, args.split)
    scorer = load_scorer(args.scorer)
    if args.sweep:
        for line in sweep(articles, rules, scorer, args.split):
            print(json.dumps(line), flush=True)
        return
    found = predictions(articles, rules)
    if args.predictions:
        lines = [json.dumps({"article_id": name, "quotes": quotes}) for name, quotes in found.items()]
        args.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(json.dumps(scorer.score(args.split, found), indent=1))


def sweep(
    articles: ScoredArticles, rules: DecodingRules, scorer: ModuleType, split: Path
) -> Iterator[dict[str, float]]:
    """Yield the main scores, with one rule changed at a time."""
    for name, values in GRID.items():
        for value in values:
            result = scorer.score(split, predictions(articles, replace(rules, **{name: value})))
            yield {
                name: value,
                "end_to_end": result["end_to_end"]["F"],
                "quoted": result["quoted_e2e"]["F"],
                "source_accuracy": result["source_accuracy"],
            }


if __name__ == "__main__":
    main()
