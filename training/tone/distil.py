"""Distil the teacher into the pruned network: its output probabilities and its hidden states.

    python -m training.tone.distil --data NEWSMTSC --vocabulary FOLDER --pruned FILE --texts NEWS \\
        --labels FOLDER --state FOLDER

The loss is the sum of two terms: the cross-entropy with the teacher's probabilities (Hinton et al. 2015), mixed with
the human label if there is one, and the mean squared distance from the teacher's hidden states in every third layer,
divided by their variance (Sanh et al. 2019). The same command continues from the last checkpoint. --texts and --limit
must be those given to training.tone.label. The weights of the last step are kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.tone.fit import Schedule, batches, collate, train_loop
from training.tone.label import (
    Labels,
    add_data_options,
    matched_layers,
    open_labels,
    recorded_states,
    training_examples,
)
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import DEV, Example, fingerprint, make_examples, read_split
from training.tone.vocabulary import load_vocabulary

_EVALUATE_EVERY = 300
"""Steps between two evaluations on the development sets."""

BATCH = 32
_WARM_UP = 0.06
_HUMAN = 0.3
"""Weight of the human label; the teacher's probabilities have the rest."""


class DistillationLoss:
    """The distillation loss of a batch of mentions.

    Parameters
    ----------
    examples : sequence of Example
    known : int
        The first `known` examples have a human label.
    labels : Labels
    places : sequence of int
        The layers of the student that are compared with the teacher's states.
    """

    def __init__(
        self, examples: Sequence[Example], known: int, labels: Labels, places: Sequence[int]
    ) -> None:
        self.examples, self.known, self.labels, self.places = examples, known, labels, places

    def loss(self, model: ToneModel, part: list[int]) -> dict[str, Tensor]:
        """The cross-entropy and the distance between hidden states."""
        ids, target, mask, human = collate([self.examples[i] for i in part])
        teacher = torch.from_numpy(self.labels.logits[part]).softmax(1)
        share = torch.tensor([_HUMAN * (i < self.known) for i in part])[:, None]
        with (
            recorded_states(model, self.places) as seen,
            torch.autocast(ids.device.type, dtype=torch.bfloat16),
        ):
            logits = model(ids, target, mask)
        answer = functional.cross_entropy(logits.float(), share * human + (1 - share) * teacher)
        states = torch.from_numpy(self.labels.states_of(part, ids.shape[1]))
        apart = torch.zeros(())
        for number, place in enumerate(self.places):
            goal = states[:, :, number][mask]
            apart = apart + (seen[place].float()[mask] - goal).square().mean() / goal.var()
        return {"cross_entropy": answer, "states": apart}


def adamw(model: ToneModel, rate: float) -> torch.optim.AdamW:
    """AdamW with frozen embeddings and no weight decay on norms and biases."""
    for part in (model.encoder.words, model.encoder.positions):
        part.requires_grad_(False)
    free = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in free if (p.ndim > 1) is wide], "weight_decay": 0.01 * wide}
        for wide in (True, False)
    ]
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def all_batches(examples: Sequence[Example], seed: int) -> Iterator[list[int]]:
    """Endless batches, shuffled anew for each epoch."""
    for epoch in count(seed * 1000):
        yield from batches(examples, BATCH, epoch)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--labels", type=Path, required=True, help="folder written by training.tone.label")
    parser.add_argument(
        "--state", type=Path, required=True, help="output folder: checkpoints, log and weights"
    )
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer, _ = load_vocabulary(args.vocabulary)
    examples, known = training_examples(args, tokenizer)
    layers = matched_layers(args.pruned)
    labels = open_labels(args.labels, examples, len(layers))
    dev = {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV}
    distillation = DistillationLoss(examples, known, labels, list(layers))
    model = load_trained(args.pruned)
    train_loop(
        model,
        adamw(model, args.rate),
        all_batches(examples, args.seed),
        partial(distillation.loss, model),
        dev,
        Schedule(args.steps, evaluate_every=_EVALUATE_EVERY, warm_up=_WARM_UP, keep_best=False),
        args.state,
        rate=args.rate,
        seed=args.seed,
        batch=BATCH,
        warm_up=_WARM_UP,
        human=_HUMAN,
        examples=len(examples),
        data=fingerprint(args.data),
    )


if __name__ == "__main__":
    main()
