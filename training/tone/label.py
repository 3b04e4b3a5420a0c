"""Let the teacher label mentions: what it answers, and what some of its layers make of every word piece.

    python -m training.tone.label --data NEWSMTSC --teacher FILE --vocabulary FOLDER --thin FILE --texts NEWS \\
        --out FOLDER [--limit 40000]

Labels NewsMTSC's train split, the project's sentences about states and mentions in unlabelled sentences. The states
of the layers that every third layer of the thin network stands in for are kept in 16 bits: 5 KB a word piece, 8 GB in
all. Called again, it goes on from where it stopped.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor

from training.tone.fit import batches, collate
from training.tone.model import ToneModel, load_trained
from training.tone.newsmtsc import DEV, Example, make_examples, read_split, read_train
from training.tone.unlabelled import read_contrasts, read_unlabelled
from training.tone.vocabulary import load_vocabulary

_BATCH = 32
_FLUSHED = 50
_EVERY = 3


@dataclass(frozen=True)
class Labels:
    """What the teacher said.

    Parameters
    ----------
    logits : array of float32, shape (mentions, 3)
    states : array of float16, shape (pieces, layers, width)
        Of all mentions, one after the other.
    starts : array of int64, shape (mentions + 1,)
        Where each mention's pieces begin in `states`.
    """

    logits: NDArray[np.float32]
    states: NDArray[np.float16]
    starts: NDArray[np.int64]

    def states_of(self, mentions: Sequence[int], length: int) -> NDArray[np.float32]:
        """Shape (len(mentions), length, layers, width), padded with zeros."""
        found = np.zeros((len(mentions), length, *self.states.shape[1:]), dtype=np.float32)
        for row, mention in enumerate(mentions):
            start, end = self.starts[mention : mention + 2]
            found[row, : end - start] = self.states[start:end]
        return found


def open_labels(folder: Path, examples: Sequence[Example], layers: int, width: int = 768) -> Labels:
    """The files of a folder, made where there are none."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.concatenate([[0], np.cumsum([len(e.ids) for e in examples])])
    mode = "r+" if (folder / "logits.npy").exists() else "w+"
    logits = np.lib.format.open_memmap(folder / "logits.npy", mode, np.float32, (len(examples), 3))
    shape = (int(starts[-1]), layers, width)
    states = np.lib.format.open_memmap(folder / "states.npy", mode, np.float16, shape)
    return Labels(logits, states, starts)


@contextmanager
def watched(model: ToneModel, layers: Sequence[int]) -> Iterator[dict[int, Tensor]]:
    """What the given layers make of each pass, by layer."""
    seen: dict[int, Tensor] = {}

    def keep(layer: int, states: Tensor) -> None:
        seen[layer] = states

    handles = [
        model.encoder.layers[i].register_forward_hook(lambda _module, _inputs, states, i=i: keep(i, states))
        for i in layers
    ]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()


def stands_for(thin: Path) -> dict[int, int]:
    """Every third layer of a thin network, from its place to the teacher's layer."""
    with safe_open(thin, "pt") as file:
        layers = [int(number) for number in file.metadata()["layers"].split()]
    return {place: layers[place] for place in range(_EVERY - 1, len(layers), _EVERY)}


def material(args: argparse.Namespace, tokenizer: Tokenizer) -> tuple[list[Example], int]:
    """Train's mentions, then unlabelled ones; and how many are train's.

    Half of the unlabelled ones are targets of sentences that have several.
    """
    known = read_train(args.data)
    dev = {mention.text for name in DEV for mention in read_split(args.data, name)}
    alone = read_unlabelled(args.texts, args.limit // 2, 1, without=dev)
    several = chain.from_iterable(read_contrasts(args.texts, args.limit, 2, without=dev))
    mentions = known + alone + list(islice(several, args.limit // 2))
    return make_examples(mentions, tokenizer), len(known)


@torch.inference_mode()
def label(
    teacher: ToneModel, examples: Sequence[Example], part: list[int], layers: list[int], into: Labels
) -> None:
    """Fill in the labels of some mentions."""
    ids, target, mask, _ = collate([examples[i] for i in part])
    with watched(teacher, layers) as seen, torch.autocast(ids.device.type, dtype=torch.bfloat16):
        into.logits[part] = teacher(ids, target, mask).float().cpu().numpy()
    states = torch.stack([seen[layer] for layer in layers], 2).half().cpu().numpy()
    for row, mention in enumerate(part):
        start, end = into.starts[mention : mention + 2]
        into.states[start:end] = states[row, : end - start]


def add_material(parser: argparse.ArgumentParser) -> None:
    """The options that say what is labelled."""
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--thin", type=Path, required=True, help="as training.tone.cut wrote it")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON lines with a field text")
    parser.add_argument("--limit", type=int, default=40_000, help="unlabelled mentions at most")
    parser.add_argument("--threads", type=int, default=1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_material(parser)
    parser.add_argument("--teacher", type=Path, required=True, help="model.safetensors of the teacher's run")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer, _ = load_vocabulary(args.vocabulary)
    examples, _ = material(args, tokenizer)
    teacher, layers = load_trained(args.teacher), list(stands_for(args.thin).values())
    labels = open_labels(args.out, examples, len(layers))
    place = args.out / "done.txt"
    done = int(place.read_text()) if place.exists() else 0
    parts = batches(examples, _BATCH, seed=0)
    for number, part in enumerate(parts[done:], start=done + 1):
        label(teacher, examples, part, layers, labels)
        if number % _FLUSHED == 0 or number == len(parts):
            labels.logits.flush()  # type: ignore[attr-defined]  # memory maps
            labels.states.flush()  # type: ignore[attr-defined]
            place.write_text(str(number))
            print(f"{number} of {len(parts)}", flush=True)


if __name__ == "__main__":
    main()
