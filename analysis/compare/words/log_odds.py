"""Log-odds with an informative Dirichlet prior (Fightin' Words).

References
----------
Monroe, Colaresi & Quinn (2008), Fightin' Words: lexical feature selection and evaluation for identifying the content
    of political conflict. Political Analysis 16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare.words.keyness import Z95
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FLOOR = 0.01  # smallest prior count of a word


def log_odds(
    target: pd.Series,
    reference: pd.Series,
    *,
    prior: pd.Series | float = FLOOR,
    prior_size: float | None = None,
) -> pd.DataFrame:
    """Words that distinguish two groups: difference of log-odds with a Dirichlet prior (Monroe et al. 2008).

    Parameters
    ----------
    target, reference : pandas.Series
        Count by word. The odds are computed over all words, so pass the complete vocabulary.
    prior : pandas.Series or float, default 0.01
        Prior count of each word: a number for all words, or counts from a background corpus (0.01 is added to
        each, so that none is 0).
    prior_size : float, optional
        Scale the prior counts to this sum; words missing from the background corpus get 0.01. A large prior shrinks
        frequent function words towards no difference. By default, counts are not scaled.

    Returns
    -------
    pandas.DataFrame
        One row per word, sorted by `z` from target to reference: item, `numerator` (hits) and `denominator`
        (words) of the target, `numerator_reference`, `denominator_reference`, `n` (words of both), `estimate`
        (difference of the log-odds), `ci95_low`, `ci95_high`, `method`, `z`, `prior` (of the word) and
        `prior_size`.

    Raises
    ------
    FramingError
        If a group has no words, or a prior count is not positive.

    Examples
    --------
    >>> from analysis.compare.words.log_odds import log_odds
    >>> ours = pd.Series({"treaty": 30, "trade": 20, "the": 950})
    >>> theirs = pd.Series({"treaty": 5, "trade": 20, "the": 975})
    >>> log_odds(ours, theirs, prior=1.0)[["item", "estimate", "z"]].round(2).to_dict("split")["data"]
    [['treaty', 1.67, 3.74], ['trade', 0.0, 0.0], ['the', -0.68, -14.95]]
    """
    import numpy as np
    import pandas as pd

    items = target.index.union(reference.index)
    a, b = (counts.reindex(items, fill_value=0).to_numpy(dtype=float) for counts in (target, reference))
    if a.sum() <= 0 or b.sum() <= 0 or len(items) < 2:
        raise FramingError("both groups must have words, and at least two different ones")
    alpha = _prior(items, prior, prior_size)
    size = float(alpha.sum())
    odds = [np.log((x + alpha) / (x.sum() + size - x - alpha)) for x in (a, b)]
    estimate = odds[0] - odds[1]
    # equation 22 of Monroe et al.; accurate unless a single word makes up much of the text
    error = np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    table = pd.DataFrame(
        {
            "item": pd.Series([str(item) for item in items], dtype="str"),
            "numerator": a,
            "denominator": a.sum(),
            "numerator_reference": b,
            "denominator_reference": b.sum(),
            "n": int(a.sum() + b.sum()),
            "estimate": estimate,
            "ci95_low": estimate - Z95 * error,
            "ci95_high": estimate + Z95 * error,
            "method": f"log-odds, Dirichlet prior of {size:,.6g} words",
            "z": estimate / error,
            "prior": alpha,
            "prior_size": size,
        }
    )
    return table.sort_values(["z", "item"], ascending=[False, True], kind="stable", ignore_index=True)


def _prior(items: pd.Index, prior: pd.Series | float, size: float | None) -> np.ndarray:
    import numpy as np
    import pandas as pd

    if not isinstance(prior, pd.Series):
        alpha = np.full(len(items), float(prior))
        alpha *= 1 if size is None else size / alpha.sum()
    else:
        counts = prior.reindex(items, fill_value=0).to_numpy(dtype=float)
        if (counts < 0).any() or counts.sum() <= 0:
            raise FramingError("the prior has negative counts, or none of the words")
        scaled = counts + FLOOR if size is None else counts * (size / counts.sum())
        alpha = np.where(scaled > 0, scaled, FLOOR)
    if not (alpha > 0).all():
        raise FramingError("the prior must be positive for every word", remedy=f"use {FLOOR}")
    return alpha
