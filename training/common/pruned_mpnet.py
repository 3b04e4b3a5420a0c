"""MPNet pruned to fewer layers, attention heads and feed-forward units; the hidden size stays the same."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.common.minilm import Attention, attention
from training.common.mpnet import BASE, BUCKETS, bucket

HEAD = BASE.width // BASE.heads
LONGEST = 200
"""Maximum number of word pieces."""


class PrunedLayer(nn.Module):
    """A `minilm.Layer` with some of the heads; `kept` holds their numbers in the layer that was pruned."""

    def __init__(self, kept: Sequence[int], units: int) -> None:
        super().__init__()
        self.heads = len(kept)
        self.attention: Attention = attention  # replaced on export
        self.register_buffer("kept", torch.tensor(kept))
        self.qkv = nn.Linear(BASE.width, 3 * HEAD * self.heads)
        self.out = nn.Linear(HEAD * self.heads, BASE.width)
        self.norm1 = nn.LayerNorm(BASE.width, eps=BASE.epsilon)
        self.up = nn.Linear(BASE.width, units)
        self.down = nn.Linear(units, BASE.width)
        self.norm2 = nn.LayerNorm(BASE.width, eps=BASE.epsilon)

    def forward(self, x: Tensor, bias: Tensor, hidden: Tensor | None) -> Tensor:
        own = bias.index_select(1, self.kept)
        mixed = self.attention(self.qkv(x), own if hidden is None else own + hidden, self.heads)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class PrunedMPNet(nn.Module):
    """The pruned encoder.

    Parameters
    ----------
    vocabulary : int
    heads : sequence of sequence of int
        The heads kept in each layer.
    units : int
        Feed-forward units of each layer.
    """

    def __init__(self, vocabulary: int, heads: Sequence[Sequence[int]], units: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, BASE.width)
        self.positions = nn.Embedding(LONGEST, BASE.width)
        self.norm = nn.LayerNorm(BASE.width, eps=BASE.epsilon)
        self.distances = nn.Embedding(BUCKETS, BASE.heads)
        self.layers = nn.ModuleList(PrunedLayer(kept, units) for kept in heads)
        places = torch.arange(LONGEST)
        self.register_buffer("buckets", bucket(places[None, :] - places[:, None]), persistent=False)

    def forward(
        self,
        ids: Tensor,
        mask: Tensor | None = None,
        extra: Tensor | None = None,
        *,
        layers: int | None = None,
    ) -> Tensor:
        """Hidden states, shape (batch, length, width), after all layers or the lowest `layers`.

        Other parameters as in `minilm.MiniLM.forward`.
        """
        length = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:length]
        x = self.norm(x if extra is None else x + extra)
        bias, hidden = self.position_bias(length), hiding(mask)
        for layer in self.layers[:layers]:
            x = layer(x, bias, hidden)
        return x

    def position_bias(self, length: int) -> Tensor:
        """What every layer adds to its attention by relative position, shape (1, heads, length, length)."""
        return self.distances(self.buckets[:length, :length]).permute(2, 0, 1)[None]


def hiding(mask: Tensor | None) -> Tensor | None:
    """What a layer adds to its attention so that padding is ignored, shape (batch, 1, 1, length)."""
    return None if mask is None else torch.where(mask, 0.0, -1e4)[:, None, None, :]
