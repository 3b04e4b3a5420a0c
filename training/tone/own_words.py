"""Train the network's head for outlets' own words on mentions whose portrayal was labelled sentence by sentence.

    python -m training.tone.own_words --passages FOLDER --held-back CODED ... --state FOLDER

The head has the upper layers of the shipped network once more. They start from its weights and learn from the labels
in `portrayal_mentions.jsonl`; the lower layers are shared and stay as they are, so the other head's answers do not
change. The input is that of a run (`analysis.annotators.tone.passages`): the sentences about one side, one after
another. A label holds for all mentions of the side in its sentence. Mentions in sentences without a label are masked
but not learned from. `training.tone.passages` writes the input. The lower layers' states of all passages are computed
once and kept in memory (1 GB).

With --earlier, half of each goal is the probability that the head shipped until November 2026 gave, fitted to the
codes of 474 other articles (field `earlier`): what readers of whole articles call favourable is not only what
readers of single sentences do.

Articles in the files --held-back are left out, since `training.tone.portrayal` fits the article index to their codes.
The log has the correlation with their labels. The same command continues from the last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from analysis.annotators.parsing.onnx_encoder import MODELS
from analysis.annotators.tone.classifier import MODEL
from analysis.annotators.tone.passages import marks_and_sentences
from training.common.json_lines import read_json_lines
from training.common.pruned_mpnet import PrunedMPNet, hiding
from training.common.run import Log, load_checkpoint, save_checkpoint
from training.tone.fit import batches, learning_rate_factor
from training.tone.model import ToneModel
from training.tone.scores import softmax
from training.tone.shipped import load_shipped

LABELS = Path(__file__).with_name("portrayal_mentions.jsonl")
SHARED_LAYERS = 4
BATCH = 12
_SIGNS = np.array([-1.0, 0.0, 1.0])
_EVERY = 50
"""Steps between two evaluations."""

_WARM_UP = 0.06
_WEIGHTS = (1.25, 1.0, 2.5)
"""Of negative, neutral and positive labels in the loss: 17 % of the labels are negative, 4 % positive."""

_KNOWN = (0.92, 0.8, 0.95)
"""Goal for the right class, for labels of size 0, 1 and 2; interpolated between them, where two labels differ."""


class OwnWords(nn.Module):
    """The head for outlets' own words: the layers of a tone model above the shared ones, and its output layers."""

    def __init__(self, model: ToneModel, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = copy.deepcopy(model.encoder.layers[SHARED_LAYERS:])
        self.dense = copy.deepcopy(model.dense).requires_grad_(False)  # shared as well: 2 MB
        self.out = copy.deepcopy(model.out)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, states: Tensor, bias: Tensor, marks: Tensor, sentences: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """Logits, shape (batch, m, 3).

        Parameters
        ----------
        states : Tensor, shape (batch, n, width)
            After the shared layers.
        bias : Tensor, shape (1, heads, n, n)
            Of `PrunedMPNet.position_bias`.
        marks, sentences : Tensor of int64, shape (batch, m, n)
            Of `analysis.annotators.tone.passages.marks_and_sentences`, padded with zeros.
        mask : Tensor of bool, shape (batch, n), optional
            True where there is a piece.
        """
        hidden = hiding(mask)
        for layer in self.layers:
            states = layer(states, bias, hidden)
        means = [_means(states, where.to(states.dtype)) for where in (marks, sentences)]
        first = states[:, :1].expand(-1, marks.shape[1], -1)
        return self.out(self.dropout(torch.tanh(self.dense(torch.cat([first, *means], dim=-1)))))


def _means(states: Tensor, where: Tensor) -> Tensor:
    return where @ states / where.sum(-1, keepdim=True).clamp(min=1.0)


def goal(label: float) -> NDArray[np.float32]:
    """Target probabilities of negative, neutral and positive for a label from -2 to 2."""
    known = float(np.interp(abs(label), range(len(_KNOWN)), _KNOWN))
    if label == 0:
        return np.array([(1 - known) / 2, known, (1 - known) / 2], dtype=np.float32)
    return np.array([known * (label < 0), 1 - known, known * (label > 0)], dtype=np.float32)


@dataclass(frozen=True)
class Labelled:
    """A passage of which at least one mention is labelled.

    Attributes
    ----------
    article : str
    ids : array of int64, shape (n,)
        See `analysis.annotators.tone.passages.Passage`.
    marks, sentences : array of int64, shape (m, n)
        Of its labelled mentions.
    labels : array, shape (m,)
    goals : array of float32, shape (m, 3)
    """

    article: str
    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    sentences: NDArray[np.int64]
    labels: NDArray[np.float64]
    goals: NDArray[np.float32]


def read_labels(passages: Path, tokenizer: Tokenizer, *, earlier: bool = False) -> list[Labelled]:
    """The labelled passages in the folder that `training.tone.passages` wrote."""
    rows: dict[str, dict[int, Mapping[str, Any]]] = {}
    for row in read_json_lines(LABELS):
        rows.setdefault(row["id"], {})[row["target"][0]] = row
    return [
        found
        for path in sorted(passages.glob("*.npz"))
        for found in _labelled(path.stem, np.load(path), rows[path.stem], tokenizer, earlier)
    ]


def _labelled(
    article: str,
    kept: Mapping[str, NDArray[np.int64]],
    rows: Mapping[int, Mapping[str, Any]],
    tokenizer: Tokenizer,
    earlier: bool,
) -> Iterator[Labelled]:
    cuts = (np.cumsum(kept[name])[:-1] for name in ("sizes", "judged"))
    for ids, starts in zip(*map(np.split, (kept["ids"], kept["starts"]), cuts), strict=True):
        marks, sentences = marks_and_sentences(ids, tokenizer)
        places = sentences.argmax(axis=1).tolist()  # where the sentence of each mention begins
        by_sentence = {place: rows[i] for place, i in zip(places, starts.tolist(), strict=True) if i in rows}
        known = [i for i, place in enumerate(places) if place in by_sentence]
        if not known:
            continue
        labels = [by_sentence[places[i]] for i in known]
        yield Labelled(
            article, ids, marks[known], sentences[known],
            np.array([row["label"] for row in labels], dtype=float),
            np.stack([_goal(row) if earlier else goal(row["label"]) for row in labels]),
        )  # fmt: skip


def _goal(row: Mapping[str, Any]) -> NDArray[np.float32]:
    """Halfway between the label and the probabilities of the earlier head."""
    certain = goal(row["label"])
    return (certain + np.array(row.get("earlier", certain), dtype=np.float32)) / 2


class SharedStates:
    """What the shared layers make of each passage, in 16 bits."""

    @torch.no_grad()
    def __init__(self, encoder: PrunedMPNet, examples: Sequence[Labelled]) -> None:
        self.examples = examples
        self.bias = encoder.position_bias(max(len(e.ids) for e in examples))
        self.states = [
            encoder(torch.from_numpy(e.ids)[None], layers=SHARED_LAYERS)[0].numpy().astype(np.float16)
            for e in examples
        ]

    def batch(self, part: Sequence[int]) -> tuple[tuple[Tensor, ...], Tensor]:
        """Inputs of the head for some passages, and where in its output the labelled mentions are."""
        chosen = [self.examples[i] for i in part]
        n, m = max(len(e.ids) for e in chosen), max(len(e.labels) for e in chosen)
        marks, sentences = np.zeros((2, len(part), m, n), dtype=np.int64)
        mask, there = np.zeros((len(part), n), dtype=bool), np.zeros((len(part), m), dtype=bool)
        for row, example in enumerate(chosen):
            size, known = len(example.ids), len(example.labels)
            marks[row, :known, :size], sentences[row, :known, :size] = example.marks, example.sentences
            mask[row, :size], there[row, :known] = True, True
        states = nn.utils.rnn.pad_sequence(
            [torch.from_numpy(self.states[i].astype(np.float32)) for i in part], batch_first=True
        )
        given = states, self.bias[:, :, :n, :n], *map(torch.from_numpy, (marks, sentences, mask))
        return given, torch.from_numpy(there)


@torch.inference_mode()
def index(head: OwnWords, inputs: SharedStates) -> NDArray[np.float64]:
    """p(positive) - p(negative) of each labelled mention, in the order of the passages."""
    head.eval()
    found: list[NDArray[np.float64]] = []
    for number in range(len(inputs.examples)):
        given, there = inputs.batch([number])
        found.append(softmax(head(*given)[there].numpy().astype(float)) @ _SIGNS)
    return np.concatenate(found)


def train(
    head: OwnWords,
    encoder: PrunedMPNet,
    data: Sequence[Labelled],
    held_back: set[str],
    state: Path,
    *,
    steps: int,
    rate: float,
    seed: int,
) -> None:
    """Train the head without the articles `held_back`, and write the weights of every evaluation."""
    inputs = SharedStates(encoder, [passage for passage in data if passage.article not in held_back])
    others = SharedStates(encoder, [passage for passage in data if passage.article in held_back])
    goals = [torch.from_numpy(passage.goals) for passage in inputs.examples]
    classes = [np.sign(passage.labels).astype(np.int64) + 1 for passage in inputs.examples]
    weights = [torch.tensor(_WEIGHTS)[torch.from_numpy(number)] for number in classes]
    labels = np.concatenate([passage.labels for passage in others.examples])
    free = [p for p in head.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in free if (p.ndim > 1) is wide], "weight_decay": 0.01 * wide}
            for wide in (True, False)
        ],
        fused=True,
    )
    log, done = Log(state / "log.jsonl"), 0
    if kept := load_checkpoint(state / "checkpoint.pt"):
        head.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        done = kept["done"]
    log(event="start", done=done, steps=steps, rate=rate, seed=seed, passages=len(goals))
    for step, part in enumerate(_all_batches(inputs.examples, seed)):
        if step == steps:
            break
        if step < done:
            continue
        head.train()
        for group in optimizer.param_groups:
            group["lr"] = rate * learning_rate_factor(step, steps, _WARM_UP)
        given, there = inputs.batch(part)
        wanted = torch.cat([goals[i] for i in part])
        weight = torch.cat([weights[i] for i in part])
        losses = nn.functional.cross_entropy(head(*given)[there], wanted, reduction="none")
        ((weight * losses).sum() / weight.sum()).backward()
        nn.utils.clip_grad_norm_(free, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if (step + 1) % _EVERY == 0 or step + 1 == steps:
            r = float(np.corrcoef(index(head, others), labels)[0, 1])
            log(event="evaluation", step=step + 1, correlation=round(r, 3))
            save_file(head.state_dict(), state / f"step-{step + 1}.safetensors")
            now = {"model": head.state_dict(), "optimizer": optimizer.state_dict(), "done": step + 1}
            save_checkpoint(state / "checkpoint.pt", now)


def _all_batches(examples: Sequence[Labelled], seed: int) -> Iterator[list[int]]:
    """Batches of passages of similar length, epoch after epoch."""
    while True:
        yield from batches(examples, BATCH, seed)
        seed += 1


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=Path, required=True, help="from `training.tone.passages`")
    parser.add_argument(
        "--held-back", type=Path, nargs="+", required=True, help="files of coded articles to leave out"
    )
    parser.add_argument(
        "--state", type=Path, required=True, help="output folder: checkpoints, log and weights"
    )
    parser.add_argument("--earlier", action="store_true", help="learn half from the earlier head")
    parser.add_argument("--steps", type=int, default=350)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = MODELS / MODEL
    model = load_shipped(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    data = read_labels(args.passages, tokenizer, earlier=args.earlier)
    coded = {row["id"] for path in args.held_back for row in read_json_lines(path)}
    train(
        OwnWords(model), model.encoder, data, coded, args.state,
        steps=args.steps, rate=args.rate, seed=args.seed,
    )  # fmt: skip


if __name__ == "__main__":
    main()
