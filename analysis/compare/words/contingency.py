"""Statistics of a word's count in two corpora: the 2 by 2 table of the word and all other words.

All functions take arrays and broadcast: `a` of `n1` words in the target, `b` of `n2` in the reference.

References
----------
Dunning (1993), Accurate methods for the statistics of surprise and coincidence. Computational Linguistics 19.
Rayson & Garside (2000), Comparing corpora using frequency profiling. Workshop on Comparing Corpora.
Williams (1976), Improved likelihood ratio tests for complete contingency tables. Biometrika 63.
Wilson (2013), Embracing Bayes factors for key item analysis in corpus linguistics. New approaches to the study of
    linguistic variability.
Hardie (2014), Log Ratio: an informal introduction. CASS, Lancaster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

ZERO_CELL = 0.5  # takes the place of a count of 0, so that ratios stay finite


def chi2(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike, *, yates: bool = False) -> np.ndarray:
    """Pearson's chi-squared with 1 degree of freedom, with or without Yates' continuity correction."""
    import numpy as np

    observed, expected = _cells(a, n1, b, n2)
    distance = np.abs(observed - expected)
    if yates:
        distance = np.maximum(distance - 0.5, 0)
    return np.asarray((distance**2 / np.where(expected > 0, expected, np.inf)).sum(axis=0))


def g2_four_cells(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Log-likelihood ratio over all four cells of the table (Dunning 1993)."""
    return _twice(_surprise(*_cells(a, n1, b, n2)))


def g2_two_cells(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Log-likelihood over the word's two cells only (Rayson & Garside 2000), as online calculators give it."""
    observed, expected = _cells(a, n1, b, n2)
    return _twice(_surprise(observed[:2], expected[:2]))


def g2_williams(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """G2 over four cells divided by Williams' (1976) correction for small samples."""
    import numpy as np

    a, n1, b, n2 = (np.asarray(x, dtype=float) for x in (a, n1, b, n2))
    total, word = n1 + n2, a + b
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (total / n1 + total / n2 - 1) * (total / word + total / (total - word) - 1)
        return g2_four_cells(a, n1, b, n2) / (1 + spread / (6 * total))


def bic(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Bayesian information criterion: G2 over four cells less the log of all words (Wilson 2013).

    Above 2 is positive, above 6 strong, above 10 very strong evidence of a difference; below 0 against one.
    """
    import numpy as np

    return g2_four_cells(a, n1, b, n2) - np.log(np.asarray(n1, dtype=float) + np.asarray(n2, dtype=float))


def log_ratio(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Binary logarithm of the ratio of the two rates (Hardie 2014); 0.5 takes the place of a count of 0."""
    import numpy as np

    a, b = _no_zeros(a), _no_zeros(b)
    return np.log2((a / np.asarray(n1, dtype=float)) / (b / np.asarray(n2, dtype=float)))


def log_ratio_error(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Standard error of `log_ratio` were all words drawn independently (delta method, as for a relative risk)."""
    import numpy as np

    a, b = _no_zeros(a), _no_zeros(b)
    n1, n2 = np.asarray(n1, dtype=float), np.asarray(n2, dtype=float)
    return np.sqrt(np.maximum(1 / a - 1 / n1 + 1 / b - 1 / n2, 0)) / np.log(2)


def odds_ratio(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Odds of the word in the target over its odds in the reference; 0.5 takes the place of an empty cell."""
    import numpy as np

    others = (np.asarray(n1, dtype=float) - np.asarray(a), np.asarray(n2, dtype=float) - np.asarray(b))
    return (_no_zeros(a) * _no_zeros(others[1])) / (_no_zeros(b) * _no_zeros(others[0]))


def fisher_p(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Two-sided p of Fisher's exact test, adding up all tables no likelier than the one observed."""
    import numpy as np

    a, n1, b, n2 = np.broadcast_arrays(*(np.asarray(x, dtype=np.int64) for x in (a, n1, b, n2)))
    margins = np.stack([(a + b).ravel(), n1.ravel(), n2.ravel()], axis=1)
    values = np.ones(len(margins))
    # words with the same margins share their tables, and most words of a corpus are rare
    kinds, which = np.unique(margins, axis=0, return_inverse=True)
    for kind, (word, target, reference) in enumerate(kinds):
        members = np.flatnonzero(which == kind)
        lowest = max(0, word - reference)
        chances = _hypergeometric(np.arange(lowest, min(word, target) + 1), word, target, reference)
        cumulated = np.concatenate([[0.0], np.cumsum(np.sort(chances))])
        own = chances[a.ravel()[members] - lowest]
        # equal chances differ by rounding; R allows the same hair
        likely = np.searchsorted(np.sort(chances), own * (1 + 1e-7), side="right")
        values[members] = np.minimum(1.0, cumulated[likely])
    return values.reshape(a.shape)


def _hypergeometric(hits: np.ndarray, word: int, target: int, reference: int) -> np.ndarray:
    """Chance of each number of hits in the target, the word's count and the corpora's sizes given."""
    import numpy as np
    from scipy.special import betaln

    def choose(n: int, k: np.ndarray | int) -> np.ndarray:
        return -betaln(n - k + 1, k + 1) - np.log(n + 1)

    return np.exp(choose(target, hits) + choose(reference, word - hits) - choose(target + reference, word))


def chi2_p(statistic: ArrayLike) -> np.ndarray:
    """Upper tail of chi-squared with 1 degree of freedom, for chi2 and the G2 family."""
    import numpy as np
    from scipy.special import chdtrc

    return np.asarray(chdtrc(1, np.asarray(statistic, dtype=float)))


def _cells(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Observed and expected counts: word in target, word in reference, others in target, others in reference."""
    import numpy as np

    a, n1, b, n2 = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (a, n1, b, n2)))
    share = np.divide(a + b, n1 + n2, out=np.zeros(a.shape), where=n1 + n2 > 0)
    observed = np.stack([a, b, n1 - a, n2 - b])
    expected = np.stack([n1 * share, n2 * share, n1 * (1 - share), n2 * (1 - share)])
    return observed, expected


def _surprise(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def _twice(cells: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.maximum(2 * cells.sum(axis=0), 0)  # two equal rates may miss 0 by a hair


def _no_zeros(counts: ArrayLike) -> np.ndarray:
    import numpy as np

    counts = np.asarray(counts, dtype=float)
    return np.where(counts > 0, counts, ZERO_CELL)
