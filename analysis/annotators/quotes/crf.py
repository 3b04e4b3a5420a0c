"""Decoding of a linear-chain conditional random field; every paragraph is a sequence of its own.

References
----------
.. [1] Lafferty, J., McCallum, A., Pereira, F. (2001). Conditional random fields: probabilistic models for
   segmenting and labeling sequence data. ICML, 282-289.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TINY = 1e-300


@dataclass(frozen=True)
class LinearChainCRF:
    """Scores of tag sequences.

    Parameters
    ----------
    transitions : array of float, shape (tags, tags)
        From, to. Very low where a transition is not allowed.
    starts, ends : array of float, shape (tags,)
    """

    transitions: NDArray[np.float64]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]

    def viterbi(self, emissions: NDArray[np.float64], sequences: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the tags of the best path through every sequence.

        Parameters
        ----------
        emissions : array of float, shape (words, tags)
        sequences : array of int64, shape (words,)
            Number of the sequence that the word belongs to, never decreasing.

        Returns
        -------
        array of int64, shape (words,)
        """
        scores = emissions.astype(np.float64)
        back = np.zeros(emissions.shape, dtype=np.int64)
        order = list(time_steps(sequences))
        for first, here in order:
            if first:
                scores[here] += self.starts
                continue
            reached = scores[here - 1][:, :, None] + self.transitions
            back[here] = reached.argmax(axis=1)
            scores[here] += reached.max(axis=1)
        last = np.flatnonzero(np.diff(sequences, append=-1))
        tags = np.zeros(len(emissions), dtype=np.int64)
        tags[last] = (scores[last] + self.ends).argmax(axis=1)
        for first, here in reversed(order):
            if not first:
                tags[here - 1] = back[here, tags[here]]
        return tags

    def marginals(self, emissions: NDArray[np.float64], sequences: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the probability of every tag at every word, shape (words, tags); parameters as in `viterbi`."""
        forward = emissions.astype(np.float64)
        backward = np.zeros_like(forward)
        weights = np.exp(self.transitions)
        order = list(time_steps(sequences))
        for first, here in order:
            forward[here] += self.starts if first else log_matmul(forward[here - 1], weights)
        backward[np.flatnonzero(np.diff(sequences, append=-1))] = self.ends
        for first, here in reversed(order):
            if not first:
                backward[here - 1] = log_matmul(emissions[here] + backward[here], weights.T)
        joint = forward + backward
        unscaled = np.exp(joint - joint.max(axis=1, keepdims=True))
        probabilities: NDArray[np.float64] = unscaled / unscaled.sum(axis=1, keepdims=True)
        return probabilities


def time_steps(sequences: NDArray[np.int64]) -> Iterator[tuple[bool, NDArray[np.int64]]]:
    """Yield the first words of all sequences, then all second words, and so on.

    The sequences are processed side by side, so that a loop has as many steps as the longest one.

    Yields
    ------
    first : bool
        True for the first words.
    words : array of int64
    """
    starts = np.flatnonzero(np.diff(sequences, prepend=-1))
    lengths = np.diff(starts, append=len(sequences))
    longest_first = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[longest_first], lengths[longest_first]
    for step in range(int(lengths[0]) if len(lengths) else 0):
        active = int(np.searchsorted(-lengths, -step, side="left"))
        yield step == 0, starts[:active] + step


def log_matmul(logs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(exp(logs) @ weights) without overflow; impossible values are very low instead of infinite."""
    top = logs.max(axis=1, keepdims=True)
    product: NDArray[np.float64] = np.log(np.einsum("ni,ij->nj", np.exp(logs - top), weights) + _TINY) + top
    return product
