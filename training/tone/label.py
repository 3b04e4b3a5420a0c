"""Let the teacher label mentions, in shards: the same command goes on from the last.

    python -m training.tone.label --data NEWSMTSC --teacher FOLDER --texts FILE ... --out FOLDER [--limit N]

Labels NewsMTSC's train split and unlabelled sentences. Each shard holds the inputs and the teacher's probabilities;
several teachers' are averaged. With `--contrast STUDENT` the unlabelled ones are the other names in the train split's
sentences, and sentences with several targets of which the student finds at least one that is not neutral.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.common.minilm import load_tokenizer
from training.common.run import device
from training.tone.fit import predict
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import DEV, Example, Mention, make_examples, read_split
from training.tone.scores import softmax
from training.tone.unlabelled import others, read_contrasts, read_unlabelled

SHARD = 2000


def label(teachers: Sequence[ToneModel], examples: Sequence[Example]) -> np.ndarray:
    """Mean probabilities of the teachers, shape (len(examples), 3)."""
    return np.mean([softmax(predict(teacher, examples)) for teacher in teachers], axis=0)


def with_tone(student: ToneModel, groups: Sequence[list[Mention]], tokenizer: Tokenizer) -> list[Mention]:
    """The mentions of the sentences where the student takes one of them to be praised or blamed."""
    mentions = [mention for group in groups for mention in group]
    classes = predict(student, make_examples(mentions, tokenizer)).argmax(1)
    toned = {mention.text for mention, found in zip(mentions, classes, strict=True) if found != 1}
    return [mention for mention in mentions if mention.text in toned]


def write_shard(path: Path, examples: Sequence[Example], goals: np.ndarray) -> None:
    """Keep inputs and labels, whole or not at all."""
    scratch = path.with_suffix(".part")
    with scratch.open("wb") as file:
        np.savez_compressed(
            file,
            ids=np.concatenate([e.ids for e in examples]),
            target=np.concatenate([e.target for e in examples]),
            sizes=[len(e.ids) for e in examples],
            goals=goals.astype(np.float32),
        )
    scratch.replace(path)


def read_shards(folder: Path) -> Iterator[Example]:
    """What `write_shard` kept."""
    for path in sorted(folder.glob("*.npz")):
        with np.load(path, allow_pickle=False) as arrays:
            cuts = np.cumsum(arrays["sizes"])[:-1]
            parts = (np.split(arrays[name], cuts) for name in ("ids", "target"))
            for ids, target, goal in zip(*parts, arrays["goals"], strict=True):
                yield Example(ids, target, goal)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument(
        "--teacher", type=Path, nargs="+", required=True, help="folders of the teachers' runs"
    )
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="JSON lines with a field text")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--contrast", type=Path, help="folder of a student's run")
    parser.add_argument("--limit", type=int, default=30000, help="unlabelled sentences at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    dev = {m.text for name in DEV for m in read_split(args.data, name)}
    tokenizer = load_tokenizer()
    mentions = read_split(args.data, "train")
    if args.contrast:
        known = groupby(sorted(mentions, key=attrgetter("text")), key=attrgetter("text"))
        mentions += [other for text, group in known for other in others(text, list(group))]
        groups = read_contrasts(args.texts, args.limit, args.seed, without=dev)
        mentions += with_tone(load_trained(args.contrast).to(device()), groups, tokenizer)
    else:
        mentions += read_unlabelled(args.texts, args.limit, args.seed, without=dev)
    teachers = [load_trained(folder).to(device()) for folder in args.teacher]
    for first in range(0, len(mentions), SHARD):
        path = args.out / f"{first:06d}.npz"
        if not path.exists():
            examples = make_examples(mentions[first : first + SHARD], tokenizer)
            write_shard(path, examples, label(teachers, examples))
            print(path.name, flush=True)


if __name__ == "__main__":
    main()
