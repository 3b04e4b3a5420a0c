"""The training loop: linear warm-up and decay, batches of similar length, regular checkpoints."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from training.common.run import Log, device, load_checkpoint, save_checkpoint
from training.tone.model import ToneModel
from training.tone.newsmtsc import Example
from training.tone.scores import macro_f1

CHECKPOINT_SECONDS = 240
_POOL = 16
"""Number of batches that are sorted by length together."""

_LOG_EVERY = 20
"""Steps per line of the log."""


@dataclass(frozen=True)
class Schedule:
    """Length of the training, steps between evaluations, and share of steps for the warm-up.

    With `keep_best`, the weights with the best development scores are kept; otherwise those of the last step.
    """

    steps: int
    evaluate_every: int
    warm_up: float
    keep_best: bool


@dataclass(frozen=True)
class Hyperparameters:
    """Hyperparameters; `frozen` is the number of lowest layers that are not trained, together with the embeddings."""

    epochs: int
    seed: int
    rate: float
    batch: int
    frozen: int = 0
    head_rate: float = 5e-4
    warm_up: float = 0.1
    decay: float = 0.01
    smoothing: float = 0.05


def collate(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad examples to the longest one: ids, target, mask, goal."""
    length = max(len(e.ids) for e in examples)
    ids, target, mask = (np.zeros((len(examples), length), dtype=np.int64) for _ in range(3))
    for row, example in enumerate(examples):
        size = len(example.ids)
        ids[row, :size], target[row, :size], mask[row, :size] = example.ids, example.target, 1
    goal = np.stack([e.goal for e in examples])
    tensors = (
        torch.from_numpy(ids),
        torch.from_numpy(target),
        torch.from_numpy(mask).bool(),
        torch.from_numpy(goal),
    )
    return tensors[0].to(device()), tensors[1].to(device()), tensors[2].to(device()), tensors[3].to(device())


def batches(examples: Sequence[Example], size: int, seed: int) -> list[list[int]]:
    """Indices of the batches of one epoch, each of examples of similar length, in random order."""
    dice = np.random.default_rng(seed)
    order = dice.permutation(len(examples))
    found = []
    for first in range(0, len(order), size * _POOL):
        pool = sorted(order[first : first + size * _POOL].tolist(), key=lambda i: len(examples[i].ids))
        found += [pool[i : i + size] for i in range(0, len(pool), size)]
    return [found[i] for i in dice.permutation(len(found))]


@torch.inference_mode()
def predict(model: ToneModel, examples: Sequence[Example], *, size: int = 32) -> np.ndarray[Any, Any]:
    """Logits, shape (len(examples), 3)."""
    model.eval()
    found = np.zeros((len(examples), 3), dtype=np.float32)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids))
    for first in range(0, len(order), size):
        part = order[first : first + size]
        ids, target, mask, _ = collate([examples[i] for i in part])
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            found[part] = model(ids, target, mask).float().cpu().numpy()
    return found


def adamw(model: ToneModel, plan: Hyperparameters) -> torch.optim.AdamW:
    """AdamW with a higher learning rate for the head, and no weight decay on norms and biases."""
    if plan.frozen:
        for part in (model.encoder.words, model.encoder.positions, *model.encoder.layers[: plan.frozen]):
            part.requires_grad_(False)
    model.encoder.words.requires_grad_(True)  # the embeddings of the reserved pieces must be trained
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((name.startswith("encoder."), parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": part, "lr": plan.rate if inside else plan.head_rate, "weight_decay": plan.decay * wide}
            for (inside, wide), part in groups.items()
        ],
        fused=True,
    )


def learning_rate_factor(step: int, steps: int, warm_up: float) -> float:
    """Factor of the learning rate at a step."""
    rise = max(1, math.ceil(steps * warm_up))
    return min((step + 1) / rise, max(0.0, (steps - step) / (steps - rise + 1)))


def loss_of(logits: Tensor, goal: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with label smoothing."""
    return functional.cross_entropy(logits.float(), goal, label_smoothing=smoothing)


def score(model: ToneModel, sets: Mapping[str, Sequence[Example]]) -> dict[str, float]:
    """Macro-F1 on each set."""
    return {
        name: macro_f1(np.stack([e.goal for e in part]).argmax(1), predict(model, part).argmax(1))
        for name, part in sets.items()
    }


def fit(
    model: ToneModel,
    train: Sequence[Example],
    dev: Mapping[str, Sequence[Example]],
    plan: Hyperparameters,
    state: Path,
    **facts: Any,
) -> None:
    """Train on labelled examples for whole epochs; see `train_loop`."""
    steps = plan.epochs * len(batches(train, plan.batch, plan.seed))

    def loss(part: list[int]) -> dict[str, Tensor]:
        ids, target, mask, goal = collate([train[i] for i in part])
        with torch.autocast(ids.device.type, dtype=torch.bfloat16):
            logits = model(ids, target, mask)
        return {"loss": loss_of(logits, goal, plan.smoothing)}

    model.to(device())
    schedule = Schedule(steps, evaluate_every=steps // plan.epochs, warm_up=plan.warm_up, keep_best=True)
    facts = {"examples": len(train), **asdict(plan), **facts}
    train_loop(model, adamw(model, plan), _all_batches(train, plan), loss, dev, schedule, state, **facts)


def train_loop(
    model: ToneModel,
    optimizer: torch.optim.Optimizer,
    parts: Iterable[list[int]],
    loss: Callable[[list[int]], Mapping[str, Tensor]],
    dev: Mapping[str, Sequence[Example]],
    schedule: Schedule,
    state: Path,
    **facts: Any,
) -> None:
    """Train, evaluate on the development sets, and write model.safetensors.

    Parameters
    ----------
    model, optimizer
        The model and its optimizer, whose learning rates are the maxima of the schedule.
    parts : iterable of list of int
        Batches, the same ones in every run: a resumed run skips those it has done.
    loss : callable
        Returns the terms of the loss of a batch by name; they are added and logged.
    dev : mapping of str to sequence of Example
    schedule : Schedule
    state : Path
        Folder of checkpoints, log and weights.
    **facts
        Further values for the log.
    """
    log = Log(state / "log.jsonl")
    rates = [group["lr"] for group in optimizer.param_groups]
    done, best = 0, -1.0
    kept = load_checkpoint(state / "checkpoint.pt")
    if kept:
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        done, best = kept["done"], kept["best"]
    log(event="start", done=done, steps=schedule.steps, **facts)
    clock, spent = time.monotonic(), time.process_time()
    sums: Counter[str] = Counter()
    for step, part in enumerate(parts):
        if step == schedule.steps:
            break
        if step < done:
            continue
        model.train()
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * learning_rate_factor(step, schedule.steps, schedule.warm_up)
        terms = loss(part)
        sum(terms.values(), start=torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        sums.update({name: term.item() for name, term in terms.items()})
        done = step + 1
        evaluated = done % schedule.evaluate_every == 0 or done == schedule.steps
        if done % _LOG_EVERY == 0:
            means = {name: round(value / _LOG_EVERY, 4) for name, value in sums.items()}
            log(step=done, **means, cpu_seconds=round(time.process_time() - spent))
            sums.clear()
        if evaluated:
            scores = score(model, dev)
            log(event="evaluation", step=done, **scores)
            better = sum(scores.values()) > best
            best = max(best, sum(scores.values()))
            if better or not schedule.keep_best:
                save_file(model.state_dict(), state / "model.safetensors")
        if evaluated or time.monotonic() - clock > CHECKPOINT_SECONDS:
            now = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "done": done,
                "best": best,
            }
            save_checkpoint(state / "checkpoint.pt", now)
            clock = time.monotonic()
    log(event="end", best=best)


def _all_batches(train: Sequence[Example], plan: Hyperparameters) -> Iterator[list[int]]:
    for epoch in range(plan.epochs):
        yield from batches(train, plan.batch, plan.seed * 1000 + epoch)
