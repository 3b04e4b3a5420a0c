"""NewsMTSC (Hamborg and Donnay 2021): news sentences with targets and the tone towards each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.annotators.tone.classifier import mask_target
from analysis.annotators.tone.context import Target, context_parts

_CLASSES = {2: 0, 4: 1, 6: 2}
DEV = ("dev_mt", "dev_rw")
_STATES = Path(__file__).with_name("states.jsonl")
_STATES_WEIGHT = 2
"""How many times each of our own sentences is repeated in the training data."""


@dataclass(frozen=True)
class Mention:
    """A target in its sentence; `label` counts from 0 (negative) to 2 (positive)."""

    text: str
    start: int
    end: int
    label: int


@dataclass(frozen=True)
class Example:
    """Input of the network, and the target probability of each class."""

    ids: NDArray[np.int64]
    target: NDArray[np.int64]
    goal: NDArray[np.float32]


def read_split(folder: Path, name: str) -> list[Mention]:
    """All mentions of a split; training sentences that also occur in a development set are left out."""
    seen = {m.text for dev in DEV for m in _read(folder / f"{dev}.jsonl")} if name == "train" else set()
    return [mention for mention in _read(folder / f"{name}.jsonl") if mention.text not in seen]


def read_train(folder: Path) -> list[Mention]:
    """The train split of NewsMTSC, and the project's own sentences about states.

    Few targets in NewsMTSC are states. A model trained on it alone takes events with a bad effect on a state for
    criticism of that state.
    """
    lines = _STATES.read_text(encoding="utf-8").splitlines()
    own = [Mention(r["text"], r["start"], r["end"], r["polarity"] + 1) for r in map(json.loads, lines)]
    return read_split(folder, "train") + _STATES_WEIGHT * own


def _read(path: Path) -> Iterator[Mention]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            for target in record["targets"]:
                label = _CLASSES[int(target["polarity"])]
                yield Mention(record["sentence_normalized"], target["from"], target["to"], label)


def make_examples(mentions: Sequence[Mention], tokenizer: Tokenizer) -> list[Example]:
    """Mask the targets as at run time."""
    sides = [context_parts(Target(m.text, m.start, m.end)) for m in mentions]
    certain = np.eye(3, dtype=np.float32)
    return [
        Example(*mask_target(before, after, tokenizer), certain[m.label])
        for (before, after), m in zip(sides, mentions, strict=True)
    ]


def fingerprint(folder: Path) -> str:
    """SHA-256 of the train split's file."""
    return hashlib.sha256((folder / "train.jsonl").read_bytes()).hexdigest()
