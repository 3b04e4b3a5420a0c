"""The quote tagger: an encoder with surface features, a linear head for tags and links, and a CRF over the tags."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis.annotators.quotes.surface_features import SIZES
from training.common.minilm import MiniLM
from training.quotes.crf import LinearChainCRF
from training.quotes.examples import TAGS, UNKNOWN, Batch

LINK = 64  # width of the query and key vectors that link content to cue and cue to source
PARTS = (len(TAGS), LINK, LINK, LINK, LINK, 1)
"""Columns of the head: tags, content query, cue key, cue query, source key, "no source"."""

LINK_WEIGHT = 0.3


class QuoteTagger(nn.Module):
    """Maps word pieces and surface features to the columns of the head.

    Parameters
    ----------
    encoder : nn.Module
        With the signature of `MiniLM`.
    width : int
        Of the hidden states.
    """

    def __init__(self, encoder: MiniLM, width: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.surface = nn.ModuleList(nn.Embedding(size, width) for size in SIZES.values())
        self.head = nn.Linear(width, sum(PARTS))
        self.crf = LinearChainCRF()
        for table in self.surface:
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the columns of the head, shape (batch, pieces, sum(PARTS))."""
        extra = sum(table(features[:, :, i]) for i, table in enumerate(self.surface))
        hidden = self.encoder(ids, mask, extra)
        return self.head(functional.dropout(hidden.float(), 0.1, self.training))


def losses(model: QuoteTagger, columns: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Compute the tag, cue and source losses of a batch.

    Parameters
    ----------
    columns : Tensor, shape (batch, pieces, sum(PARTS))
        The output of the model, in 32 bits.
    """
    at_words = columns.gather(1, batch.words[:, :, None].expand(-1, -1, columns.shape[2]))
    tags, content_query, cue_key, cue_query, source_key, no_source = at_words.split(PARTS, dim=2)
    unseen = torch.where(batch.word_mask, 0.0, -1e4)[:, None, :]
    to_cue = content_query @ cue_key.transpose(1, 2) / LINK**0.5 + unseen
    to_source = torch.cat([no_source, cue_query @ source_key.transpose(1, 2) / LINK**0.5 + unseen], dim=2)
    return {
        "tags": model.crf(tags, batch.tags, batch.word_mask, batch.starts),
        "cues": _link_loss(to_cue, batch.cues),
        "sources": _link_loss(to_source, batch.sources),
    }


def total(parts: dict[str, Tensor]) -> Tensor:
    """Return the loss that training minimises."""
    return parts["tags"] + LINK_WEIGHT * (parts["cues"] + parts["sources"])


def _link_loss(scores: Tensor, targets: Tensor) -> Tensor:
    known = targets != UNKNOWN
    if not known.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[known], targets[known])
