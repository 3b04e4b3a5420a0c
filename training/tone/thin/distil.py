"""Teach the thin network what the teacher answers, and what it thinks on the way.

    python -m training.tone.thin.distil --data NEWSMTSC --vocabulary FOLDER --thin FILE --texts NEWS \\
        --labels FOLDER --state FOLDER [--start FILE]

The loss is the cross-entropy with the teacher's probabilities (Hinton et al. 2015), on NewsMTSC's own mentions with
some weight on the human label, and the distance from the teacher's states in every third layer, in units of their
variance (Sanh et al. 2019 and others). Goes on from the last checkpoint when it is called again. --texts and --limit
must be those of the labelling.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from training.common.run import Log, load_checkpoint, save_checkpoint
from training.tone.fit import CHECKPOINT_SECONDS, batches, collate, score, slope
from training.tone.newsmtsc import DEV, Example, fingerprint, make_examples, read_split
from training.tone.thin.label import Labels, add_material, material, open_labels, stands_for
from training.tone.thin.model import ToneModel, load_trained, watched
from training.tone.thin.vocabulary import load_vocabulary

_SCORED = 300
"""Steps between two looks at the development sets."""


@dataclass(frozen=True)
class Course:
    """How to train; `human` is the weight of a human label beside the teacher's answer."""

    steps: int
    rate: float
    seed: int
    batch: int = 32
    warm_up: float = 0.06
    human: float = 0.3


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
    human : float
        As in `Course`.
    """

    def __init__(
        self, examples: Sequence[Example], known: int, labels: Labels, places: Sequence[int], human: float
    ) -> None:
        self.examples, self.known, self.labels, self.places = examples, known, labels, places
        self.human = human

    def loss(self, model: ToneModel, part: Sequence[int]) -> tuple[Tensor, Tensor]:
        """Cross-entropy, and the distance between states."""
        ids, target, mask, human = collate([self.examples[i] for i in part])
        teacher = torch.from_numpy(self.labels.logits[part]).softmax(1)
        share = torch.tensor([self.human * (i < self.known) for i in part])[:, None]
        with watched(model, self.places) as seen, torch.autocast(ids.device.type, dtype=torch.bfloat16):
            logits = model(ids, target, mask)
        answer = functional.cross_entropy(logits.float(), share * human + (1 - share) * teacher)
        states = torch.from_numpy(self.labels.states_of(part, ids.shape[1]))
        apart = torch.zeros(())
        for number, place in enumerate(self.places):
            goal = states[:, :, number][mask]
            apart = apart + (seen[place].float()[mask] - goal).square().mean() / goal.var()
        return answer, apart


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


def all_batches(examples: Sequence[Example], plan: Course) -> Iterator[list[int]]:
    """Without end."""
    epoch = plan.seed * 1000
    while True:
        yield from batches(examples, plan.batch, epoch)
        epoch += 1


def distil(
    model: ToneModel,
    lessons: Lessons,
    dev: dict[str, list[Example]],
    plan: Course,
    state: Path,
    **facts: object,
) -> None:
    """Train, and write model.safetensors of the best look at the development sets."""
    log, rules = Log(state / "log.jsonl"), optimiser(model, plan.rate)
    done, best = 0, -1.0
    kept = load_checkpoint(state / "checkpoint.pt")
    if kept:
        model.load_state_dict(kept["model"])
        rules.load_state_dict(kept["optimiser"])
        done, best = kept["done"], kept["best"]
    log(event="start", done=done, **asdict(plan), **facts)
    clock = time.monotonic()
    for step, part in enumerate(all_batches(lessons.examples, plan)):
        if step == plan.steps:
            break
        if step < done:
            continue
        for group in rules.param_groups:
            group["lr"] = plan.rate * slope(step, plan.steps, plan.warm_up)
        model.train()
        answer, apart = lessons.loss(model, part)
        (answer + apart).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        rules.step()
        rules.zero_grad(set_to_none=True)
        done = step + 1
        if done % 25 == 0:
            log(step=done, answer=round(answer.item(), 4), states=round(apart.item(), 4))
        if done % _SCORED == 0 or done == plan.steps:
            scores = score(model, dev)
            log(event="look", step=done, **scores)
            if sum(scores.values()) > best:
                best = sum(scores.values())
                save_file(model.state_dict(), state / "model.safetensors")
        if time.monotonic() - clock > CHECKPOINT_SECONDS or done == plan.steps:
            now = {"model": model.state_dict(), "optimiser": rules.state_dict(), "done": done, "best": best}
            save_checkpoint(state / "checkpoint.pt", now)
            clock = time.monotonic()
    log(event="end", best=best)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_material(parser)
    parser.add_argument("--labels", type=Path, required=True, help="folder of the teacher's labels")
    parser.add_argument("--state", type=Path, required=True, help="checkpoints, log and weights")
    parser.add_argument("--start", type=Path, help="weights to go on from, not those of --thin")
    parser.add_argument("--steps", type=int, default=2800)
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
    plan = Course(args.steps, args.rate, args.seed)
    lessons = Lessons(examples, known, labels, list(layers), plan.human)
    facts = {"examples": len(examples), "data": fingerprint(args.data)}
    distil(load_trained(args.start or args.thin), lessons, dev, plan, args.state, **facts)


if __name__ == "__main__":
    main()
