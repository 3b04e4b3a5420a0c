"""Agreement of two coders on marked passages. Text that nobody marked does not count as agreement.

References
----------
Mathet, Widlöcher & Métivier (2015), The unified and holistic method gamma (γ) for inter-annotator agreement measure
    and alignment. Computational Linguistics 41.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Spans = Sequence[tuple[int, int]]
_MATCHED = 0.5  # share of the characters of both passages that they have in common
_RESAMPLES = 30  # random placements for the disorder expected by chance


def span_f1(pairs: Sequence[tuple[Spans, Spans]]) -> float:
    """F1 of the passages of two coders.

    Two passages match if they share at least half of their characters (Jaccard); each is matched once, so that the
    sum of the shares is highest.

    Parameters
    ----------
    pairs : sequence of (spans, spans)
        The passages of the first and of the second coder, text by text: offsets, end exclusive.

    Returns
    -------
    float
        NaN if neither marked anything.
    """
    n_matched = sum(len(matched(one, other)) for one, other in pairs)
    marked = sum(len(one) + len(other) for one, other in pairs)
    return 2 * n_matched / marked if marked else float("nan")


def matched(one: Spans, other: Spans) -> list[tuple[int, int]]:
    """Return the pairs of passages that match.

    Parameters
    ----------
    one, other : sequence of (int, int)
        Offsets of the passages of each coder in one text, end exclusive.

    Returns
    -------
    list of (int, int)
        Places in `one` and in `other`. Passages match as in `span_f1`, each with at most one.
    """
    from scipy.optimize import linear_sum_assignment

    if not one or not other:
        return []
    shares = _overlap(one, other)
    shares[shares < _MATCHED] = 0
    rows, columns = linear_sum_assignment(-shares)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if shares[i, j] >= _MATCHED]


def _overlap(one: Spans, other: Spans) -> np.ndarray:
    """Jaccard similarity by characters, shape (passages, passages)."""
    import numpy as np

    a, b = np.array(one, dtype=float)[:, None], np.array(other, dtype=float)[None]
    shared = np.clip(np.minimum(a[..., 1], b[..., 1]) - np.maximum(a[..., 0], b[..., 0]), 0, None)
    both: np.ndarray = shared / (a[..., 1] - a[..., 0] + b[..., 1] - b[..., 0] - shared)
    return both


def gamma(pairs: Sequence[tuple[Spans, Spans]], lengths: Sequence[int], *, seed: int = 0) -> float:
    """Gamma of two coders for passages without categories (Mathet, Widlöcher & Métivier 2015).

    The disorder of the best alignment, divided by that of passages of the same lengths in random places, subtracted
    from 1. Two aligned passages have the disorder of their positional dissimilarity, a passage without partner 1.

    Parameters
    ----------
    pairs : sequence of (spans, spans)
        See `span_f1`.
    lengths : sequence of int
        Characters of each text.
    seed : int
        Of the random placements.

    Returns
    -------
    float
        1 for the same passages, about 0 for random ones; NaN if neither marked anything.
    """
    import numpy as np

    if not any(one or other for one, other in pairs):
        return float("nan")
    generator = np.random.default_rng(seed)
    observed = sum(_disorder(one, other) for one, other in pairs)
    expected = 0.0
    for (one, other), length in zip(pairs, lengths, strict=True):
        for _ in range(_RESAMPLES):
            placed = [_in_random_places(spans, length, generator) for spans in (one, other)]
            expected += _disorder(*placed) / _RESAMPLES
    return 1 - observed / expected if expected > 0 else float("nan")


def _disorder(one: Spans, other: Spans) -> float:
    """Disorder of the best alignment: dissimilarities of aligned passages, and 1 for each passage without partner."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not one or not other:
        return float(len(one) + len(other))
    a, b = np.array(one, dtype=float)[:, None], np.array(other, dtype=float)[None]
    apart = np.abs(a - b).sum(axis=-1) / ((a[..., 1] - a[..., 0]) + (b[..., 1] - b[..., 0]))
    costs = np.minimum(apart**2, 2)  # leaving both alone costs 2
    rows, columns = linear_sum_assignment(costs)
    alone = len(one) + len(other) - 2 * len(rows)
    return float(costs[rows, columns].sum()) + alone


def _in_random_places(spans: Spans, length: int, generator: np.random.Generator) -> list[tuple[int, int]]:
    """Passages of the same lengths, shifted together by a random distance around the text (as Mathet et al.)."""
    shift = int(generator.integers(0, max(1, length)))
    return sorted(((start + shift) % length, (start + shift) % length + end - start) for start, end in spans)
