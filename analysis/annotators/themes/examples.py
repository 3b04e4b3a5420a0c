"""Themes that are given by example sentences.

A sentence's score is the mean cosine of its vector with those of the examples. A linear discriminant in one dimension
separates the examples, each scored with the others, from sentences of general news. It assumes that one sentence in
fifty has the theme. A sentence is a hit if the probability is at least one half.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.annotators.themes.sentence_vectors import load_vectors, sentence_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR = 0.02
THRESHOLD = 0.5


class ExampleClassifier(NamedTuple):
    """The discriminant of one theme: probability = logistic(slope * score + offset)."""

    centre: NDArray[np.float32]
    slope: float
    offset: float

    def probabilities(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of the theme for each sentence vector."""
        log_odds = self.slope * (vectors @ self.centre).astype(np.float64) + self.offset
        return 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))


@lru_cache(maxsize=256)
def fit(examples: tuple[str, ...]) -> ExampleClassifier:
    """Fit the discriminant to the examples of a theme.

    Parameters
    ----------
    examples : tuple of str
        At least `analysis.study.codebook.FEWEST_EXAMPLES`.

    Returns
    -------
    ExampleClassifier
        One that never finds anything if the examples have no more in common than sentences of general news.
    """
    vectors = sentence_vectors(examples)
    background = load_vectors().background
    n = len(vectors)
    total = vectors.sum(axis=0)
    # each example is scored with the others
    others = (vectors @ total - (vectors * vectors).sum(axis=1)) / (n - 1)
    general = background @ (total / n)
    low, high = float(general.mean()), float(others.mean())
    variance = float(((general - low) ** 2).mean() + ((others - high) ** 2).mean()) / 2
    slope = max(0.0, high - low) / max(variance, 1e-9)
    offset = math.log(PRIOR / (1 - PRIOR)) - slope * (low + high) / 2
    return ExampleClassifier(total / n, slope, offset)


def example_hits(
    sentences: Sequence[str], themes: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[int, str, float]]:
    """Find the sentences that have a theme.

    Parameters
    ----------
    sentences : sequence of str
    themes : sequence of (str, tuple of str)
        Ids and examples.

    Yields
    ------
    (int, str, float)
        Number of the sentence, theme and probability.
    """
    vectors = sentence_vectors(sentences)
    for theme, examples in themes:
        found = fit(examples).probabilities(vectors)
        for number in np.flatnonzero(found >= THRESHOLD).tolist():
            yield number, theme, float(found[number])
