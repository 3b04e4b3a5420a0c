"""Keyness statistics of the 2 by 2 table of a word and all other words in two corpora.

All functions take the same four arguments and broadcast them: `a` hits among `n1` words of the target corpus, and `b`
hits among `n2` words of the reference corpus.

References
----------
Fisher (1922), On the interpretation of chi-squared from contingency tables, and the calculation of P. Journal of the
    Royal Statistical Society 85.
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

ZERO_CELL = 0.5  # replaces a count of 0 in ratios


def chi2(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike, *, yates: bool = False) -> np.ndarray:
    """Pearson's chi-squared with 1 degree of freedom.

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.
    yates : bool, default False
        Apply Yates' continuity correction.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    observed, expected = _cells(a, n1, b, n2)
    distance = np.abs(observed - expected)
    if yates:
        distance = np.maximum(distance - 0.5, 0)
    return np.asarray((distance**2 / np.where(expected > 0, expected, np.inf)).sum(axis=0))


def g2_four_cells(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Log-likelihood ratio G2 over all four cells of the table (Dunning 1993).

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    return _twice(_surprise(*_cells(a, n1, b, n2)))


def g2_two_cells(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Log-likelihood G2 over the two cells of the word only, as in online calculators (Rayson & Garside 2000).

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    observed, expected = _cells(a, n1, b, n2)
    return _twice(_surprise(observed[:2], expected[:2]))


def g2_williams(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """G2 over four cells with the small-sample correction of Williams (1976).

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    a, n1, b, n2 = (np.asarray(x, dtype=float) for x in (a, n1, b, n2))
    total, word = n1 + n2, a + b
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (total / n1 + total / n2 - 1) * (total / word + total / (total - word) - 1)
        return g2_four_cells(a, n1, b, n2) / (1 + spread / (6 * total))


def bic(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Bayesian information criterion: G2 over four cells minus the log of all words (Wilson 2013).

    Values above 2 are positive, above 6 strong, above 10 very strong evidence for a difference. Values below 0 are
    evidence against one.

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    return g2_four_cells(a, n1, b, n2) - np.log(np.asarray(n1, dtype=float) + np.asarray(n2, dtype=float))


def log_ratio(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Binary logarithm of the ratio of the two rates (Hardie 2014). A count of 0 is replaced by 0.5.

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    a, b = _no_zeros(a), _no_zeros(b)
    return np.log2((a / np.asarray(n1, dtype=float)) / (b / np.asarray(n2, dtype=float)))


def log_ratio_error(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Standard error of `log_ratio` if all words are independent (delta method, as for a relative risk).

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    a, b = _no_zeros(a), _no_zeros(b)
    n1, n2 = np.asarray(n1, dtype=float), np.asarray(n2, dtype=float)
    return np.sqrt(np.maximum(1 / a - 1 / n1 + 1 / b - 1 / n2, 0)) / np.log(2)


def odds_ratio(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Odds of the word in the target divided by its odds in the reference. A count of 0 is replaced by 0.5.

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    others = (np.asarray(n1, dtype=float) - np.asarray(a), np.asarray(n2, dtype=float) - np.asarray(b))
    return (_no_zeros(a) * _no_zeros(others[1])) / (_no_zeros(b) * _no_zeros(others[0]))


def fisher_p(a: ArrayLike, n1: ArrayLike, b: ArrayLike, n2: ArrayLike) -> np.ndarray:
    """Two-sided p value of Fisher's exact test: the probability of all tables no likelier than the observed one.

    Parameters
    ----------
    a, b : array_like
        Hits of the item in the target and in the reference.
    n1, n2 : array_like
        Words of the target and of the reference.

    Returns
    -------
    numpy.ndarray
        In the broadcast shape of the arguments.
    """
    import numpy as np

    a, n1, b, n2 = np.broadcast_arrays(*(np.asarray(x, dtype=np.int64) for x in (a, n1, b, n2)))
    margins = np.stack([(a + b).ravel(), n1.ravel(), n2.ravel()], axis=1)
    values = np.ones(len(margins))
    # tables with the same margins are computed once; most words of a corpus are rare and share them
    kinds, which = np.unique(margins, axis=0, return_inverse=True)
    for kind, (word, target, reference) in enumerate(kinds):
        members = np.flatnonzero(which == kind)
        lowest = max(0, word - reference)
        chances = _hypergeometric(np.arange(lowest, min(word, target) + 1), word, target, reference)
        cumulated = np.concatenate([[0.0], np.cumsum(np.sort(chances))])
        own = chances[a.ravel()[members] - lowest]
        # tolerance for equal probabilities that differ by rounding, as in R
        likely = np.searchsorted(np.sort(chances), own * (1 + 1e-7), side="right")
        values[members] = np.minimum(1.0, cumulated[likely])
    return values.reshape(a.shape)


def _hypergeometric(hits: np.ndarray, word: int, target: int, reference: int) -> np.ndarray:
    """Probability of each number of hits in the target, given the margins of the table."""
    import numpy as np
    from scipy.special import betaln

    def choose(n: int, k: np.ndarray | int) -> np.ndarray:
        return -betaln(n - k + 1, k + 1) - np.log(n + 1)

    return np.exp(choose(target, hits) + choose(reference, word - hits) - choose(target + reference, word))


def chi2_p(statistic: ArrayLike) -> np.ndarray:
    """P value of chi-squared and G2 statistics with 1 degree of freedom.

    Parameters
    ----------
    statistic : array_like

    Returns
    -------
    numpy.ndarray
    """
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

    return np.maximum(2 * cells.sum(axis=0), 0)  # rounding may put equal rates slightly below 0


def _no_zeros(counts: ArrayLike) -> np.ndarray:
    import numpy as np

    counts = np.asarray(counts, dtype=float)
    return np.where(counts > 0, counts, ZERO_CELL)
