"""Evaluate the tone model on the development sets and print the scores as JSON.

    python -m training.tone.evaluate --data NEWSMTSC --model analysis/models/tone [--state FOLDER ...] [--write]

For the shipped network: macro-F1 and F1 of each class with 95 % bootstrap intervals, calibration error before and
after temperature scaling, the share of mentions whose input changes with the name, and mentions per second on one
thread. The same on the project's own sentences about countries and persons (gold.jsonl), and the share of events with
a good or bad effect on a state that are taken for praise or criticism of it (effect_events.jsonl). For the runs in
--state (the teacher and the student in 32 bits): macro-F1. --write writes the scores into MODEL_CARD.md and draws
calibration.svg.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analysis.annotators.parsing.onnx_encoder import Encoder
from analysis.annotators.tone.classifier import mask_target
from analysis.annotators.tone.context import Target, context_parts
from training.tone.card import write_scores
from training.tone.export import logits_of
from training.tone.fit import score
from training.tone.model import load_trained
from training.tone.newsmtsc import DEV, Mention, make_examples, read_split
from training.tone.scores import CLASSES, calibration_error, f1_by_class, intervals, macro_f1, softmax

_NAMES = ("Russia", "the United States", "Ebrahim Raisi", "she")


def own_sentences(path: Path) -> dict[str, list[Mention]]:
    """The project's own labelled sentences, by kind of target."""
    found: dict[str, list[Mention]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        mention = Mention(row["text"], row["start"], row["end"], row["polarity"] + 1)
        found.setdefault(row.get("kind", row.get("news")), []).append(mention)
    return found


def polarities(encoder: Encoder, found: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Predicted classes; neutral where the model abstains."""
    unsure = found.max(axis=1) < encoder.config["confidence"]
    return np.where(unsure, 1, found.argmax(axis=1))


def evaluate(encoder: Encoder, mentions: Sequence[Mention]) -> dict[str, Any]:
    """Scores of the shipped network on one set."""
    gold = np.array([m.label for m in mentions])
    logits = logits_of(encoder, make_examples(mentions, encoder.tokenizer))
    found = softmax(logits / encoder.config["temperature"])
    predicted = polarities(encoder, found)
    ranges = intervals(gold, predicted).round(3).tolist()
    return {
        "n": len(gold),
        "macro_f1": macro_f1(gold, predicted),
        "macro_f1_ci95": ranges[3],
        "f1": dict(zip(CLASSES, f1_by_class(gold, predicted).round(3).tolist(), strict=True)),
        "f1_ci95": dict(zip(CLASSES, ranges[:3], strict=True)),
        "accuracy": round(float((gold == predicted).mean()), 4),
        "abstained": round(float((found.max(axis=1) < encoder.config["confidence"]).mean()), 4),
        "calibration_error_raw": round(calibration_error(softmax(logits), gold), 4),
        "calibration_error": round(calibration_error(found, gold), 4),
        "changed_by_name": changed_by_name(encoder, mentions),
    }


def changed_by_name(encoder: Encoder, mentions: Sequence[Mention]) -> float:
    """Share of mentions whose input depends on the name of the target."""
    changed = 0
    for mention in mentions:
        before, after = mention.text[: mention.start], mention.text[mention.end :]
        inputs = {
            mask_target(*context_parts(target), encoder.tokenizer)[0].tobytes()
            for target in (
                Target(before + name + after, len(before), len(before) + len(name)) for name in _NAMES
            )
        }
        changed += len(inputs) > 1
    return round(changed / len(mentions), 4)


def effect_events(encoder: Encoder, path: Path) -> dict[str, dict[str, int]]:
    """Predicted classes of events with a good or bad effect on a state that takes no part in them."""
    counts = {}
    for news, mentions in own_sentences(path).items():
        logits = logits_of(encoder, make_examples(mentions, encoder.tokenizer))
        found = polarities(encoder, softmax(logits / encoder.config["temperature"]))
        counts[news] = dict(zip(CLASSES, np.bincount(found, minlength=3).tolist(), strict=True))
    return counts


def draw_calibration(encoder: Encoder, mentions: Sequence[Mention], path: Path) -> None:
    """Draw the reliability diagram of some mentions."""
    from training.tone.calibration import draw_reliability

    logits = logits_of(encoder, make_examples(mentions, encoder.tokenizer))
    gold = np.array([m.label for m in mentions])
    draw_reliability(softmax(logits / encoder.config["temperature"]), gold, path)


def speed(encoder: Encoder, mentions: Sequence[Mention]) -> float:
    """Mentions per CPU second, tokenization included."""
    started = time.process_time()
    logits_of(encoder, make_examples(mentions, encoder.tokenizer))
    return round(len(mentions) / (time.process_time() - started), 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--model", type=Path, required=True, help="folder with the shipped network")
    parser.add_argument(
        "--state", type=Path, nargs="*", default=[], help="folders of runs to evaluate in 32 bits"
    )
    parser.add_argument(
        "--write", action="store_true", help="write the scores into MODEL_CARD.md, and calibration.svg"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(args.model)
    sets = {name: read_split(args.data, name) for name in DEV}
    result: dict[str, Any] = {name: evaluate(encoder, mentions) for name, mentions in sets.items()}
    for kind, mentions in own_sentences(args.model / "gold.jsonl").items():
        result[kind] = evaluate(encoder, mentions)
    result["effect_events"] = effect_events(encoder, args.model / "effect_events.jsonl")
    result["mentions_per_cpu_second"] = speed(encoder, [m for part in sets.values() for m in part])
    examples = {name: make_examples(part, encoder.tokenizer) for name, part in sets.items()}
    result["runs"] = {str(state): score(load_trained(state), examples) for state in args.state}
    if args.write:
        write_scores(args.model / "MODEL_CARD.md", result, encoder.config)
        draw_calibration(encoder, [m for part in sets.values() for m in part], args.model / "calibration.svg")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
