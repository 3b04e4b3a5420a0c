"""Scores of a three-class prediction; class 0 is negative, 1 neutral, 2 positive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLASSES = ("negative", "neutral", "positive")
_TEMPERATURES = np.round(np.arange(0.5, 3.01, 0.02), 2)
_CONFIDENCES = np.round(np.arange(0.34, 0.51, 0.01), 2)
_SMALL_COST = 0.002
_BINS = 10

Gold = NDArray[np.int64]
Table = NDArray[np.float64]


def f1_by_class(gold: Gold, predicted: Gold) -> Table:
    """F1 of each class, shape (3,); 0 for a class that neither side uses."""
    hits = np.array([np.sum((gold == k) & (predicted == k)) for k in range(3)])
    sizes = np.array([np.sum(gold == k) + np.sum(predicted == k) for k in range(3)])
    return np.divide(2.0 * hits, sizes, out=np.zeros(3), where=sizes > 0)


def macro_f1(gold: Gold, predicted: Gold) -> float:
    """Mean of the three."""
    return round(float(f1_by_class(gold, predicted).mean()), 4)


def intervals(gold: Gold, predicted: Gold, *, seed: int = 0, draws: int = 2000) -> Table:
    """95 % bootstrap intervals over mentions, shape (4, 2): F1 of each class, then their mean."""
    dice = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        rows = dice.integers(len(gold), size=len(gold))
        scores = f1_by_class(gold[rows], predicted[rows])
        drawn.append([*scores, scores.mean()])
    return np.percentile(drawn, (2.5, 97.5), axis=0).T


def softmax(logits: Table) -> Table:
    """Probabilities, row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def calibration_error(found: Table, gold: Gold) -> float:
    """Expected calibration error over ten equal bins of confidence (Guo et al. 2017)."""
    confidence, right = found.max(axis=1), found.argmax(axis=1) == gold
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(right[bins == b].mean() - confidence[bins == b].mean()) * np.mean(bins == b)
        for b in np.unique(bins)
    ]
    return float(np.sum(gaps))


def best_temperature(logits: Table, gold: Gold) -> float:
    """The temperature with the least negative log-likelihood."""
    rows = np.arange(len(gold))
    losses = [-np.log(softmax(logits / t)[rows, gold]).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def confidence_threshold(found: Table, gold: Gold) -> float:
    """The highest confidence to ask for, up to one half, at which answering 0 below it costs next to no macro-F1.

    Below one half a calibrated answer is more likely wrong than right; asking for more would silence right ones.
    """
    likeliest, best = found.argmax(axis=1), found.max(axis=1)
    least = macro_f1(gold, likeliest) - _SMALL_COST
    cheap = [c for c in _CONFIDENCES if macro_f1(gold, np.where(best < c, 1, likeliest)) >= least]
    return float(max(cheap, default=_CONFIDENCES[0]))
