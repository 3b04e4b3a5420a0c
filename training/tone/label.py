"""Label mentions with the teacher: its logits, and the hidden states of some of its layers.

    python -m training.tone.label --data NEWSMTSC --teacher FILE --vocabulary FOLDER --pruned FILE --texts NEWS \\
        --out FOLDER [--limit 40000]

Labels the train split of NewsMTSC, the project's sentences about states, and mentions in unlabelled sentences. The
hidden states that every third layer of the pruned network is compared with are kept in 16 bits: 5 KB per word piece,
8 GB in all. The same command continues where it stopped.
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
from training.tone.unlabelled import read_multi_target, read_unlabelled
from training.tone.vocabulary import load_vocabulary

_BATCH = 32
_FLUSH_EVERY = 50
_MATCH_EVERY = 3


@dataclass(frozen=True)
class Labels:
    """Output of the teacher.

    Parameters
    ----------
    logits : array of float32, shape (mentions, 3)
    states : array of float16, shape (pieces, layers, width)
        Of all mentions in a row.
    starts : array of int64, shape (mentions + 1,)
        Start of the pieces of each mention in `states`.
    """

    logits: NDArray[np.float32]
    states: NDArray[np.float16]
    starts: NDArray[np.int64]

    def states_of(self, mentions: Sequence[int], length: int) -> NDArray[np.float32]:
        """Hidden states of some mentions, shape (len(mentions), length, layers, width), padded with zeros."""
        found = np.zeros((len(mentions), length, *self.states.shape[1:]), dtype=np.float32)
        for row, mention in enumerate(mentions):
            start, end = self.starts[mention : mention + 2]
            found[row, : end - start] = self.states[start:end]
        return found


def open_labels(folder: Path, examples: Sequence[Example], layers: int, width: int = 768) -> Labels:
    """Open the label files of a folder, and create those that are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = np.concatenate([[0], np.cumsum([len(e.ids) for e in examples])])
    mode = "r+" if (folder / "logits.npy").exists() else "w+"
    logits = np.lib.format.open_memmap(folder / "logits.npy", mode, np.float32, (len(examples), 3))
    shape = (int(starts[-1]), layers, width)
    states = np.lib.format.open_memmap(folder / "states.npy", mode, np.float16, shape)
    return Labels(logits, states, starts)


@contextmanager
def recorded_states(model: ToneModel, layers: Sequence[int]) -> Iterator[dict[int, Tensor]]:
    """Record the hidden states of some layers in each forward pass, by layer."""
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


def matched_layers(pruned: Path) -> dict[int, int]:
    """Every third layer of a pruned network, and the layer of the teacher it was made from."""
    with safe_open(pruned, "pt") as file:
        layers = [int(number) for number in file.metadata()["layers"].split()]
    return {place: layers[place] for place in range(_MATCH_EVERY - 1, len(layers), _MATCH_EVERY)}


def training_examples(args: argparse.Namespace, tokenizer: Tokenizer) -> tuple[list[Example], int]:
    """The labelled mentions, then unlabelled ones, and the number of labelled ones.

    Half of the unlabelled mentions come from sentences with several targets.
    """
    known = read_train(args.data)
    dev = {mention.text for name in DEV for mention in read_split(args.data, name)}
    alone = read_unlabelled(args.texts, args.limit // 2, 1, without=dev)
    several = chain.from_iterable(read_multi_target(args.texts, args.limit, 2, without=dev))
    mentions = known + alone + list(islice(several, args.limit // 2))
    return make_examples(mentions, tokenizer), len(known)


@torch.inference_mode()
def label(
    teacher: ToneModel, examples: Sequence[Example], part: list[int], layers: list[int], into: Labels
) -> None:
    """Label some mentions."""
    ids, target, mask, _ = collate([examples[i] for i in part])
    with recorded_states(teacher, layers) as seen, torch.autocast(ids.device.type, dtype=torch.bfloat16):
        into.logits[part] = teacher(ids, target, mask).float().cpu().numpy()
    states = torch.stack([seen[layer] for layer in layers], 2).half().cpu().numpy()
    for row, mention in enumerate(part):
        start, end = into.starts[mention : mention + 2]
        into.states[start:end] = states[row, : end - start]


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the data."""
    parser.add_argument("--data", type=Path, required=True, help="NewsMTSC folder")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--pruned", type=Path, required=True, help="file written by training.tone.prune")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="JSON lines with a field text")
    parser.add_argument("--limit", type=int, default=40_000, help="maximum number of unlabelled mentions")
    parser.add_argument("--threads", type=int, default=1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_options(parser)
    parser.add_argument("--teacher", type=Path, required=True, help="model.safetensors of the teacher")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer, _ = load_vocabulary(args.vocabulary)
    examples, _ = training_examples(args, tokenizer)
    teacher, layers = load_trained(args.teacher), list(matched_layers(args.pruned).values())
    labels = open_labels(args.out, examples, len(layers))
    place = args.out / "done.txt"
    done = int(place.read_text()) if place.exists() else 0
    parts = batches(examples, _BATCH, seed=0)
    for number, part in enumerate(parts[done:], start=done + 1):
        label(teacher, examples, part, layers, labels)
        if number % _FLUSH_EVERY == 0 or number == len(parts):
            labels.logits.flush()  # type: ignore[attr-defined]  # memory maps
            labels.states.flush()  # type: ignore[attr-defined]
            place.write_text(str(number))
            print(f"{number} of {len(parts)}", flush=True)


if __name__ == "__main__":
    main()
