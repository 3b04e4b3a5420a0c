"""The quote tagger: an encoder with surface features, a linear head for tags, links and acts, and two CRFs."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from analysis.annotators.quotes.surface_features import SIZES
from training.common.minilm import MiniLM
from training.quotes.crf import LinearChainCRF
from training.quotes.examples import ACTS, TAGS, UNKNOWN, Batch

LINK = 64  # width of the query and key vectors that link content to cue and cue to source
PARTS = {
    "tags": len(TAGS),
    "content_query": LINK,
    "cue_key": LINK,
    "cue_query": LINK,
    "source_key": LINK,
    "no_source": 1,
    "no_cue": 1,
    "inner_tags": len(TAGS),
    "inner_content_query": LINK,
    "acts": len(ACTS),
}
"""Columns of the head. A content's query asks for its cue, a cue's query for its source. "inner" columns are for
attributions within the content of another one; these have the keys and cue queries of the others."""

WEIGHTS = {"tags": 1.0, "cues": 0.3, "sources": 0.3, "inner_tags": 3.0, "inner_cues": 0.1, "acts": 0.1}
"""Weights of the losses."""


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
        self.head = nn.Linear(width, sum(PARTS.values()))
        self.crf = LinearChainCRF()
        self.inner_crf = LinearChainCRF()
        for table in self.surface:
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the columns of the head, shape (batch, pieces, sum(PARTS.values()))."""
        extra = sum(table(features[:, :, i]) for i, table in enumerate(self.surface))
        hidden = self.encoder(ids, mask, extra)
        return self.head(functional.dropout(hidden.float(), 0.1, self.training))


def losses(model: QuoteTagger, columns: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Compute the losses of a batch, by the names in `WEIGHTS`.

    Parameters
    ----------
    columns : Tensor, shape (batch, pieces, sum(PARTS.values()))
        The output of the model, in 32 bits.
    """
    at_words = columns.gather(1, batch.words[:, :, None].expand(-1, -1, columns.shape[2]))
    part = dict(zip(PARTS, at_words.split(tuple(PARTS.values()), dim=2), strict=True))
    unseen = torch.where(batch.word_mask, 0.0, -1e4)[:, None, :]

    def links(query: str, key: str, none: str) -> Tensor:
        return torch.cat([part[none], part[query] @ part[key].transpose(1, 2) / LINK**0.5 + unseen], dim=2)

    words = batch.word_mask.sum()
    inner = model.inner_crf(part["inner_tags"], batch.inner_tags, batch.word_mask, batch.starts)
    return {
        "tags": model.crf(part["tags"], batch.tags, batch.word_mask, batch.starts).sum() / words,
        "cues": _mean_loss(links("content_query", "cue_key", "no_cue"), batch.cues),
        "sources": _mean_loss(links("cue_query", "source_key", "no_source"), batch.sources),
        "inner_tags": (inner * batch.inner_weights).sum() / words,
        "inner_cues": _mean_loss(links("inner_content_query", "cue_key", "no_cue"), batch.inner_cues),
        "acts": _mean_loss(part["acts"], batch.acts),
    }


def total(parts: dict[str, Tensor]) -> Tensor:
    """Return the loss that training minimises."""
    return sum((WEIGHTS[name] * loss for name, loss in parts.items()), start=torch.zeros(()))


def _mean_loss(scores: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy over the words whose target is known."""
    known = targets != UNKNOWN
    if not known.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[known], targets[known])
