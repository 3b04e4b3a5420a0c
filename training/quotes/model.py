"""The quote tagger: an encoder that sees surface features, a linear head for tags and links, a CRF over the tags."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis.annotators.quotes.surface_features import SIZES
from training.common.minilm import MiniLM
from training.quotes.crf import LinearChainCRF
from training.quotes.examples import TAGS, UNKNOWN, Batch

LINK = 64  # width of the vectors whose products link content to cue and cue to source
PARTS = (len(TAGS), LINK, LINK, LINK, LINK, 1)
"""Columns of the head: tags; content as asker, cue as answer; cue as asker, source as answer; "no source"."""

LINK_WEIGHT = 0.3


class QuoteTagger(nn.Module):
    """Word pieces and surface features in, head columns out.

    Parameters
    ----------
    encoder : nn.Module
        Called as `MiniLM` is.
    width : int
        Of its hidden states.
    """

    def __init__(self, encoder: MiniLM, width: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.surface = nn.ModuleList(nn.Embedding(size, width) for size in SIZES.values())
        self.head = nn.Linear(width, sum(PARTS))
        self.chain = LinearChainCRF()
        for table in self.surface:
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """Head columns, shape (batch, pieces, sum(PARTS))."""
        extra = sum(table(features[:, :, i]) for i, table in enumerate(self.surface))
        hidden = self.encoder(ids, mask, extra)
        return self.head(functional.dropout(hidden.float(), 0.1, self.training))


def losses(model: QuoteTagger, columns: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Tag, cue and source losses of a batch.

    Parameters
    ----------
    columns : Tensor, shape (batch, pieces, sum(PARTS))
        What the model returns, outside autocast.
    """
    at_words = columns.gather(1, batch.words[:, :, None].expand(-1, -1, columns.shape[2]))
    tags, content, cue, asking, source, none = at_words.split(PARTS, dim=2)
    unseen = torch.where(batch.word_mask, 0.0, -1e4)[:, None, :]
    to_cue = content @ cue.transpose(1, 2) / LINK**0.5 + unseen
    to_source = torch.cat([none, asking @ source.transpose(1, 2) / LINK**0.5 + unseen], dim=2)
    return {
        "tags": model.chain(tags, batch.tags, batch.word_mask, batch.starts),
        "cues": _linked(to_cue, batch.cues),
        "sources": _linked(to_source, batch.sources),
    }


def total(parts: dict[str, Tensor]) -> Tensor:
    """The loss that training lowers."""
    return parts["tags"] + LINK_WEIGHT * (parts["cues"] + parts["sources"])


def _linked(scores: Tensor, targets: Tensor) -> Tensor:
    known = targets != UNKNOWN
    if not known.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[known], targets[known])
