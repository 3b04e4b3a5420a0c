"""MPNet with fewer layers, and in each fewer heads and feed-forward units: as wide between layers, thinner inside."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.common.minilm import Attention, attention
from training.common.mpnet import BASE, BUCKETS, bucket

HEAD = BASE.width // BASE.heads
LONGEST = 200
"""Word pieces that the positions reach."""


class ThinLayer(nn.Module):
    """As `minilm.Layer`, with some of the heads; `kept` holds their numbers in the layer that it stands in for."""

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
        mine = bias.index_select(1, self.kept)
        mixed = self.attention(self.qkv(x), mine if hidden is None else mine + hidden, self.heads)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class ThinMPNet(nn.Module):
    """The thin encoder.

    Parameters
    ----------
    vocabulary : int
    heads : sequence of sequence of int
        For each layer, the heads that are kept.
    units : int
        Feed-forward units of each layer.
    """

    def __init__(self, vocabulary: int, heads: Sequence[Sequence[int]], units: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, BASE.width)
        self.positions = nn.Embedding(LONGEST, BASE.width)
        self.norm = nn.LayerNorm(BASE.width, eps=BASE.epsilon)
        self.distances = nn.Embedding(BUCKETS, BASE.heads)
        self.layers = nn.ModuleList(ThinLayer(kept, units) for kept in heads)
        places = torch.arange(LONGEST)
        self.register_buffer("buckets", bucket(places[None, :] - places[:, None]), persistent=False)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Hidden states, shape (batch, length, width); parameters as in `minilm.MiniLM.forward`."""
        length = ids.shape[1]
        x = self.norm(self.words(ids) + self.positions.weight[:length])
        bias = self.distances(self.buckets[:length, :length]).permute(2, 0, 1)[None]
        hidden = None if mask is None else torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, hidden)
        return x
