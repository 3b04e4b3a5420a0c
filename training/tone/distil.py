"""Teach the student what the teacher says, then the human labels.

    python -m training.tone.distil --data NEWSMTSC --labels FOLDER --state FOLDER

First the mentions that `training.tone.label` labelled, with the teacher's doubts (Hinton et al. 2015); then, from the
best weights of that, NewsMTSC's train split with half its weight on the human label and half on the teacher. Both
parts go on from their last checkpoints.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from training.common.minilm import load_tokenizer
from training.tone.fit import Plan, add_plan, fit
from training.tone.label import read_shards
from training.tone.model import load_base, load_trained
from training.tone.newsmtsc import DEV, Example, fingerprint, make_examples, read_split


def halfway(human: Example, teacher: Example) -> Example:
    """The mean of two goals for the same mention."""
    return replace(human, goal=(human.goal + teacher.goal) / 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_plan(parser, epochs=3)
    parser.add_argument("--labels", type=Path, required=True, help="folder of the teacher's labels")
    parser.add_argument("--start", type=Path, help="state of an earlier distillation to go on from")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    tokenizer = load_tokenizer()
    dev = {name: make_examples(read_split(args.data, name), tokenizer) for name in DEV}
    train = make_examples(read_split(args.data, "train"), tokenizer)
    labelled = list(read_shards(args.labels))
    facts = {"data": fingerprint(args.data)}
    first = replace(Plan.of(args, rate=1.5e-4, batch=32, frozen=0), smoothing=0.0)
    fresh = load_trained(args.start / "teacher") if args.start else load_base()
    fit(fresh, labelled, dev, first, args.state / "teacher", **facts)
    mixed = [halfway(human, teacher) for human, teacher in zip(train, labelled[: len(train)], strict=True)]
    second = replace(first, epochs=2, rate=3e-5, head_rate=1e-4)
    fit(load_trained(args.state / "teacher"), mixed, dev, second, args.state, **facts)


if __name__ == "__main__":
    main()
