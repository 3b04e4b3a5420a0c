"""Train the network's head for outlets' own words on mentions whose portrayal was labelled sentence by sentence.

    python -m training.tone.own_words --articles FILE ... --held-back CODED ... --state FOLDER

The head has the upper layers of the shipped network once more. They start from its weights and learn from the labels
in `portrayal_mentions.jsonl`; the lower layers are shared and stay as they are, so the other head's answers do not
change. The lower layers' states of all sentences are computed once and kept in memory (0.8 GB).

With --earlier, half of each goal is the probability that the head shipped until November 2026 gave, fitted to the
codes of 474 other articles (field `earlier`): what readers of whole articles call favourable is not only what
readers of single sentences do. The shipped head is a mean of runs with and without it (README).

Articles in the files --held-back are left out, since `training.tone.portrayal` fits the article index to their codes.
The log has the correlation with their labels. The same command continues from the last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Mapping, Sequence
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
from analysis.annotators.tone.classifier import MODEL, mask_target
from analysis.annotators.tone.context import Target, context_parts
from training.common.json_lines import read_json_lines
from training.common.pruned_mpnet import PrunedMPNet, hiding
from training.common.run import Log, load_checkpoint, save_checkpoint
from training.tone.distil import BATCH, all_batches
from training.tone.fit import collate, learning_rate_factor
from training.tone.model import ToneModel, pooled
from training.tone.newsmtsc import Example
from training.tone.scores import softmax
from training.tone.shipped import load_shipped

LABELS = Path(__file__).with_name("portrayal_mentions.jsonl")
SHARED_LAYERS = 4
_SIGNS = np.array([-1.0, 0.0, 1.0])
_EVERY = 50
"""Steps between two evaluations."""

_WARM_UP = 0.06
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

    def forward(self, states: Tensor, bias: Tensor, target: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits, shape (batch, 3).

        Parameters
        ----------
        states : Tensor, shape (batch, length, width)
            After the shared layers.
        bias : Tensor, shape (1, heads, length, length)
            Of `PrunedMPNet.position_bias`.
        target, mask : Tensor
            As in `ToneModel.features`.
        """
        hidden = hiding(mask)
        for layer in self.layers:
            states = layer(states, bias, hidden)
        return self.out(self.dropout(torch.tanh(self.dense(pooled(states, target, mask))))).squeeze(1)


def goal(label: float) -> NDArray[np.float32]:
    """Target probabilities of negative, neutral and positive for a label from -2 to 2."""
    known = float(np.interp(abs(label), range(len(_KNOWN)), _KNOWN))
    if label == 0:
        return np.array([(1 - known) / 2, known, (1 - known) / 2], dtype=np.float32)
    return np.array([known * (label < 0), 1 - known, known * (label > 0)], dtype=np.float32)


@dataclass(frozen=True)
class Labelled:
    """Labelled mentions.

    Attributes
    ----------
    articles : array of str, shape (n,)
    labels : array, shape (n,)
    examples : list of Example
    """

    articles: NDArray[np.str_]
    labels: NDArray[np.float64]
    examples: list[Example]


def read_labels(articles: Sequence[Path], tokenizer: Tokenizer, *, earlier: bool = False) -> Labelled:
    """The labelled mentions whose article is at hand."""
    rows = list(read_json_lines(LABELS))
    wanted = {row["id"] for row in rows}
    texts = {
        row["id"]: row["text"] for path in articles for row in read_json_lines(path) if row["id"] in wanted
    }
    found = [row for row in rows if row["id"] in texts]
    return Labelled(
        np.array([row["id"] for row in found]),
        np.array([row["label"] for row in found], dtype=float),
        [
            Example(
                *mask_target(*context_parts(_target(texts[row["id"]], row)), tokenizer),
                _goal(row) if earlier else goal(row["label"]),
            )
            for row in found
        ],
    )


def _goal(row: Mapping[str, Any]) -> NDArray[np.float32]:
    """Halfway between the label and the probabilities of the earlier head."""
    certain = goal(row["label"])
    return (certain + np.array(row.get("earlier", certain), dtype=np.float32)) / 2


def _target(text: str, row: Mapping[str, Any]) -> Target:
    first, last = row["sentence"]
    (start, end), others = row["target"], row.get("others", ())
    return Target(
        text[first:last], start - first, end - first, tuple((a - first, b - first) for a, b in others)
    )


class SharedStates:
    """What the shared layers make of each example, in 16 bits."""

    @torch.no_grad()
    def __init__(self, encoder: PrunedMPNet, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.states: list[NDArray[np.float16]] = [np.empty(0, dtype=np.float16)] * len(examples)
        self.bias = encoder.position_bias(max(len(e.ids) for e in examples))
        order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids))
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            ids, _, mask, _ = collate([examples[i] for i in part])
            for i, states in zip(part, encoder(ids, mask, layers=SHARED_LAYERS).numpy(), strict=True):
                self.states[i] = states[: len(examples[i].ids)].astype(np.float16)

    def batch(self, part: Sequence[int]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Inputs of the head for some examples, and their goals."""
        _, target, mask, wanted = collate([self.examples[i] for i in part])
        length = target.shape[1]
        states = nn.utils.rnn.pad_sequence(
            [torch.from_numpy(self.states[i].astype(np.float32)) for i in part], batch_first=True
        )
        return states, self.bias[:, :, :length, :length], target, mask, wanted


@torch.inference_mode()
def index(head: OwnWords, inputs: SharedStates) -> NDArray[np.float64]:
    """p(positive) - p(negative) of each example."""
    head.eval()
    found = np.zeros(len(inputs.examples))
    order = sorted(range(len(found)), key=lambda i: len(inputs.examples[i].ids))
    for first in range(0, len(order), 2 * BATCH):
        part = order[first : first + 2 * BATCH]
        *given, _ = inputs.batch(part)
        found[part] = softmax(head(*given).numpy().astype(float)) @ _SIGNS
    return found


def train(
    head: OwnWords,
    encoder: PrunedMPNet,
    data: Labelled,
    back: NDArray[np.bool_],
    state: Path,
    *,
    steps: int,
    rate: float,
    seed: int,
) -> None:
    """Train the head without the mentions `back`, and write the weights of every evaluation."""
    chosen, rest = np.flatnonzero(~back), np.flatnonzero(back)
    inputs = SharedStates(encoder, [data.examples[i] for i in chosen])
    others = SharedStates(encoder, [data.examples[i] for i in rest])
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
    log(event="start", done=done, steps=steps, rate=rate, seed=seed, mentions=len(chosen))
    for step, part in enumerate(all_batches(inputs.examples, seed)):
        if step == steps:
            break
        if step < done:
            continue
        head.train()
        for group in optimizer.param_groups:
            group["lr"] = rate * learning_rate_factor(step, steps, _WARM_UP)
        *given, wanted = inputs.batch(part)
        nn.functional.cross_entropy(head(*given), wanted).backward()
        nn.utils.clip_grad_norm_(free, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if (step + 1) % _EVERY == 0 or step + 1 == steps:
            r = float(np.corrcoef(index(head, others), data.labels[rest])[0, 1])
            log(event="evaluation", step=step + 1, correlation=round(r, 3))
            save_file(head.state_dict(), state / f"step-{step + 1}.safetensors")
            now = {"model": head.state_dict(), "optimizer": optimizer.state_dict(), "done": step + 1}
            save_checkpoint(state / "checkpoint.pt", now)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="files with the texts")
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
    data = read_labels(args.articles, tokenizer, earlier=args.earlier)
    coded = {row["id"] for path in args.held_back for row in read_json_lines(path)}
    back = np.isin(data.articles, sorted(coded))
    train(
        OwnWords(model), model.encoder, data, back, args.state,
        steps=args.steps, rate=args.rate, seed=args.seed,
    )  # fmt: skip


if __name__ == "__main__":
    main()
