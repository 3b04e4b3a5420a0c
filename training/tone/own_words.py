"""Fine-tune the shipped network on mentions in outlets' own words, whose portrayal was labelled sentence by sentence.

    python -m training.tone.own_words --data NEWSMTSC --articles FILE ... --state FOLDER

The network gets a second output layer for portrayal. Each batch mixes NewsMTSC with the labels in
`portrayal_mentions.jsonl`, and each mention trains the output layer of its own data. In NewsMTSC, half of the goal is
the probability that the network gave before, so that its answers change little. Embeddings are frozen.

Forty labelled articles, drawn at random, are held back: the log has the correlation with their labels. The same
command continues from the last checkpoint. `training.tone.export` and `training.tone.portrayal` take the result.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.tone.classifier import MODEL, mask_target
from analysis.annotators.tone.context import Target, context_parts
from training.common.json_lines import read_json_lines
from training.tone.distil import BATCH, adamw, all_batches
from training.tone.fit import Schedule, collate, predict, train_loop
from training.tone.newsmtsc import DEV, Example, fingerprint, make_examples, read_split, read_train
from training.tone.scores import softmax
from training.tone.shipped import TwoOutputs, load_shipped

LABELS = Path(__file__).with_name("portrayal_mentions.jsonl")
_HELD_BACK = 40
_EVALUATE_EVERY = 200
_WARM_UP = 0.06
_SMOOTHING = 0.08
_MILD = 0.8
"""Probability of the class for the labels -1 and 1; those of -2 and 2 have 0.95."""


def goal(label: int) -> NDArray[np.float32]:
    """Target probabilities of negative, neutral and positive for a label from -2 to 2."""
    if label == 0:
        return np.array([_SMOOTHING / 2, 1 - _SMOOTHING, _SMOOTHING / 2], dtype=np.float32)
    share = _MILD if abs(label) == 1 else 0.95
    return np.array([share * (label < 0), 1 - share, share * (label > 0)], dtype=np.float32)


def read_labels(articles: Sequence[Path], tokenizer: Tokenizer) -> tuple[list[str], list[int], list[Example]]:
    """Article, label and input of each labelled mention whose article is at hand."""
    rows = list(read_json_lines(LABELS))
    texts = {row["id"]: row["text"] for path in articles for row in read_json_lines(path)}
    found = [row for row in rows if row["id"] in texts]
    examples = [
        Example(*mask_target(*context_parts(_target(texts[row["id"]], row)), tokenizer), goal(row["label"]))
        for row in found
    ]
    return [row["id"] for row in found], [row["label"] for row in found], examples


def _target(text: str, row: Mapping[str, Any]) -> Target:
    first, last = row["sentence"]
    (start, end), others = row["target"], row.get("others", ())
    return Target(
        text[first:last], start - first, end - first, tuple((a - first, b - first) for a, b in others)
    )


class MixedLoss:
    """Cross-entropy of a batch from both sources; the first `known` examples are those of NewsMTSC."""

    def __init__(self, model: TwoOutputs, examples: Sequence[Example], known: int) -> None:
        self.model, self.examples, self.known = model, examples, known

    def __call__(self, part: list[int]) -> dict[str, Tensor]:
        ids, target, mask, wanted = collate([self.examples[i] for i in part])
        layer = self.model.dropout(self.model.features(ids, target, mask)).squeeze(1)
        second = torch.tensor([i >= self.known for i in part])
        logits = torch.where(second[:, None], self.model.own(layer), self.model.out(layer))
        loss = nn.functional.cross_entropy(logits, wanted, reduction="none")
        size = len(part)
        return {"newsmtsc": loss[~second].sum() / size, "portrayal": loss[second].sum() / size}


class Portrayal(nn.Module):
    """The network with its second output only, for `fit.predict`."""

    def __init__(self, model: TwoOutputs) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, target: Tensor, mask: Tensor | None = None) -> Tensor:
        return self.model.own(self.model.features(ids, target, mask)).squeeze(1)


def correlation(model: TwoOutputs, examples: Sequence[Example], labels: Sequence[int]) -> float:
    """Correlation of p(positive) - p(negative) with the labels."""
    p = softmax(predict(Portrayal(model), examples))
    return float(np.corrcoef(p[:, 2] - p[:, 0], labels)[0, 1])


def softened(examples: Sequence[Example], before: NDArray[np.float32]) -> list[Example]:
    """The examples with goals halfway between label and the probabilities `before`."""
    return [
        Example(e.ids, e.target, ((e.goal + p) / 2).astype(np.float32))
        for e, p in zip(examples, before, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="files with the texts")
    parser.add_argument(
        "--state", type=Path, required=True, help="output folder: checkpoints, log and weights"
    )
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = MODELS / MODEL
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = load_shipped(folder)
    ids, labels, own = read_labels(args.articles, tokenizer)
    drawn = np.random.default_rng(0).choice(np.unique(ids), _HELD_BACK, replace=False)
    kept_back = np.isin(ids, drawn)
    known = make_examples(read_train(args.data), tokenizer)
    train = softened(known, softmax(predict(model, known))) + [
        example for example, back in zip(own, kept_back, strict=True) if not back
    ]
    train_loop(
        model,
        adamw(model, args.rate),
        all_batches(train, args.seed),
        MixedLoss(model, train, len(known)),
        {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV},
        Schedule(args.steps, evaluate_every=_EVALUATE_EVERY, warm_up=_WARM_UP, keep_best=False),
        args.state,
        rate=args.rate,
        seed=args.seed,
        batch=BATCH,
        examples=len(train),
        data=fingerprint(args.data),
    )
    back = np.flatnonzero(kept_back)
    r = correlation(model, [own[i] for i in back], [labels[i] for i in back])
    print(json.dumps({"held_back_mentions": len(back), "correlation": round(r, 3)}))


if __name__ == "__main__":
    main()
