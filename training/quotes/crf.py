"""A linear-chain conditional random field that restarts at each paragraph; see `analysis.annotators.quotes.crf`."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.quotes.examples import TAGS

FORBIDDEN = -1e4


def allowed() -> tuple[Tensor, Tensor]:
    """Return the allowed transitions (from, to) and starts: I-x follows B-x or I-x."""
    pairs = torch.tensor([[not b.startswith("I") or a[1:] == b[1:] for b in TAGS] for a in TAGS])
    return pairs, torch.tensor([not tag.startswith("I") for tag in TAGS])


class LinearChainCRF(nn.Module):
    """Transition, start and end scores; `forward` returns negative log-likelihoods."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.starts = nn.Parameter(torch.zeros(len(TAGS)))
        self.ends = nn.Parameter(torch.zeros(len(TAGS)))
        pairs, starts = allowed()
        self.register_buffer("pairs", pairs, persistent=False)
        self.register_buffer("openings", starts, persistent=False)

    def scores(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return transitions, starts and ends, with very low scores for those not allowed."""
        return (
            self.transitions.masked_fill(~self.pairs, FORBIDDEN),
            self.starts.masked_fill(~self.openings, FORBIDDEN),
            self.ends,
        )

    def forward(self, emissions: Tensor, tags: Tensor, mask: Tensor, fresh: Tensor) -> Tensor:
        """Return the negative log-likelihood of each sequence, shape (batch,).

        Parameters
        ----------
        emissions : Tensor, shape (batch, words, tags)
        tags : Tensor of int64, shape (batch, words)
        mask : Tensor of bool, shape (batch, words)
            True for words, False for padding after them.
        fresh : Tensor of bool, shape (batch, words)
            True where a paragraph begins.
        """
        between, starts, ends = self.scores()
        anew = ends[:, None] + starts[None, :]
        steps = torch.where(fresh[:, 1:, None, None], anew, between)  # (batch, words - 1, from, to)
        gold = emissions.gather(2, tags[:, :, None])[:, :, 0]
        moves = steps.flatten(2).gather(2, (tags[:, :-1] * len(TAGS) + tags[:, 1:])[:, :, None])[:, :, 0]
        last = tags.gather(1, mask.sum(1, keepdim=True) - 1)[:, 0]
        right = (gold * mask).sum(1) + (moves * mask[:, 1:]).sum(1) + starts[tags[:, 0]] + ends[last]
        alpha = starts + emissions[:, 0]
        for i in range(1, emissions.shape[1]):
            ahead = torch.logsumexp(alpha[:, :, None] + steps[:, i - 1], dim=1) + emissions[:, i]
            alpha = torch.where(mask[:, i, None], ahead, alpha)
        return torch.logsumexp(alpha + ends, dim=1) - right
