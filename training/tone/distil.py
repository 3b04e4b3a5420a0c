"""Teach the thin network what the teacher answers, and what it thinks on the way.

    python -m training.tone.distil --data NEWSMTSC --vocabulary FOLDER --thin FILE --texts NEWS \\
        --labels FOLDER --state FOLDER

The loss is the cross-entropy with the teacher's probabilities (Hinton et al. 2015), on NewsMTSC's own mentions with
some weight on the human label, and the distance from the teacher's states in every third layer, in units of their
variance (Sanh et al. 2019 and others). Goes on from the last checkpoint when it is called again. --texts and --limit
must be those of the labelling. The weights of the last step are kept.
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

from training.tone.fit import Course, batches, collate, teach
from training.tone.label import Labels, add_material, material, open_labels, stands_for, watched
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import DEV, Example, fingerprint, make_examples, read_split
from training.tone.vocabulary import load_vocabulary

_LOOK = 300
"""Steps between two looks at the development sets."""


_BATCH = 32
_WARM_UP = 0.06
_HUMAN = 0.3
"""Weight of a human label beside the teacher's answer."""


class Lessons:
    """The loss of a batch of mentions.

    Parameters
    ----------
    examples : sequence of Example
    known : int
        How many of them, the first, have a human label.
    labels : Labels
    places : sequence of int
        The student's layers to which the labels' states belong.
    """

    def __init__(
        self, examples: Sequence[Example], known: int, labels: Labels, places: Sequence[int]
    ) -> None:
        self.examples, self.known, self.labels, self.places = examples, known, labels, places

    def loss(self, model: ToneModel, part: list[int]) -> dict[str, Tensor]:
        """Cross-entropy, and the distance between states."""
        ids, target, mask, human = collate([self.examples[i] for i in part])
        teacher = torch.from_numpy(self.labels.logits[part]).softmax(1)
        share = torch.tensor([_HUMAN * (i < self.known) for i in part])[:, None]
        with watched(model, self.places) as seen, torch.autocast(ids.device.type, dtype=torch.bfloat16):
            logits = model(ids, target, mask)
        answer = functional.cross_entropy(logits.float(), share * human + (1 - share) * teacher)
        states = torch.from_numpy(self.labels.states_of(part, ids.shape[1]))
        apart = torch.zeros(())
        for number, place in enumerate(self.places):
            goal = states[:, :, number][mask]
            apart = apart + (seen[place].float()[mask] - goal).square().mean() / goal.var()
        return {"answer": answer, "states": apart}


def optimiser(model: ToneModel, rate: float) -> torch.optim.AdamW:
    """AdamW; embeddings stay as they are, norms and biases do not decay."""
    for part in (model.encoder.words, model.encoder.positions):
        part.requires_grad_(False)
    free = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in free if (p.ndim > 1) is wide], "weight_decay": 0.01 * wide}
        for wide in (True, False)
    ]
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def all_batches(examples: Sequence[Example], seed: int) -> Iterator[list[int]]:
    """Without end."""
    for epoch in count(seed * 1000):
        yield from batches(examples, _BATCH, epoch)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_material(parser)
    parser.add_argument("--labels", type=Path, required=True, help="folder of the teacher's labels")
    parser.add_argument("--state", type=Path, required=True, help="checkpoints, log and weights")
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer, _ = load_vocabulary(args.vocabulary)
    examples, known = material(args, tokenizer)
    layers = stands_for(args.thin)
    labels = open_labels(args.labels, examples, len(layers))
    dev = {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV}
    lessons = Lessons(examples, known, labels, list(layers))
    model = load_trained(args.thin)
    teach(
        model,
        optimiser(model, args.rate),
        all_batches(examples, args.seed),
        partial(lessons.loss, model),
        dev,
        Course(args.steps, look=_LOOK, warm_up=_WARM_UP, choose=False),
        args.state,
        rate=args.rate,
        seed=args.seed,
        batch=_BATCH,
        warm_up=_WARM_UP,
        human=_HUMAN,
        examples=len(examples),
        data=fingerprint(args.data),
    )


if __name__ == "__main__":
    main()
