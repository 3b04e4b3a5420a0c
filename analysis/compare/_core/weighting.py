"""Weights of articles: whether each word, each article or each outlet counts equally in an estimate.

- 'word': the ratio of the sums over all articles. A long article and an outlet with many articles count more.
- 'article': the mean of the articles' ratios.
- 'outlet': the mean of the outlets' ratios, so that no outlet can dominate a group.

All are weighted ratios of sums. 'word' stands for whatever the denominator counts: words, quotes, mentions or acts.

References
----------
Kish (1965), Survey Sampling, chapter 11. Wiley.
Rao & Scott (1992), A simple method for the analysis of clustered binary data. Biometrics 48.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np

Weight = Literal["word", "article", "outlet"]
WEIGHTS = ("word", "article", "outlet")
_HOW = {"article": "mean of the articles' values", "outlet": "mean of the outlets' values"}


def check_weight(weight: str) -> None:
    """Raise an error that lists the known weights if this one is unknown.

    Parameters
    ----------
    weight : str

    Raises
    ------
    FramingError
        The weight is unknown.
    """
    if weight not in WEIGHTS:
        raise FramingError(f"unknown weight '{weight}'", remedy=f"choose from {', '.join(WEIGHTS)}")


def article_weights(weight: str, denominators: np.ndarray, outlets: np.ndarray) -> np.ndarray:
    """The weight of each article of one group.

    Parameters
    ----------
    weight : {'word', 'article', 'outlet'}
    denominators : numpy.ndarray of float, shape (articles,)
    outlets : numpy.ndarray of int, shape (articles,)

    Returns
    -------
    numpy.ndarray of float, shape (articles,)
        0 for articles whose denominator is 0, unless each word counts equally: then all are 1. The estimate is the
        ratio of the weighted sums of numerators and denominators.
    """
    import numpy as np

    if weight == "word":
        return np.ones(len(denominators))
    sizes = denominators if weight == "article" else np.bincount(outlets, denominators)[outlets]
    return np.divide(1.0, sizes, out=np.zeros(len(sizes)), where=denominators > 0)


def effective_weights(weight: str, words: np.ndarray, outlets: np.ndarray) -> np.ndarray:
    """The weights of the articles of one group, scaled to the effective number of words.

    Tests that treat words as independent are made with counts times these weights, which are counts divided by their
    design effect (Rao & Scott 1992). The design effect is that of unequal weights (Kish 1965): the weighted words sum
    to (sum of weights)^2 / (sum of squared weights), both over all words.

    Parameters
    ----------
    weight : {'word', 'article', 'outlet'}
    words : numpy.ndarray of float, shape (articles,)
    outlets : numpy.ndarray of int, shape (articles,)

    Returns
    -------
    numpy.ndarray of float, shape (articles,)
        0 for articles without words, unless each word counts equally: then all are 1.

    Examples
    --------
    >>> import numpy as np
    >>> words = np.array([100.0, 300.0])
    >>> float((effective_weights("article", words, np.array([0, 0])) * words).sum().round(6))
    300.0
    """
    import numpy as np

    if weight == "word":
        return np.ones(len(words))
    weights = article_weights(weight, words, outlets)
    squares = float((weights**2 * words).sum())
    return weights * (float((weights * words).sum()) / squares) if squares else weights


def how_weighted(method: str, weight: str) -> str:
    """The beginning of the column `method`, with the weights unless they are those of words.

    Parameters
    ----------
    method : str
    weight : {'word', 'article', 'outlet'}

    Returns
    -------
    str

    Examples
    --------
    >>> how_weighted("hits per 1,000 words", "article")
    "hits per 1,000 words, mean of the articles' values"
    """
    return method if weight == "word" else f"{method}, {_HOW[weight]}"
