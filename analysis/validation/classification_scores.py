"""How well a measurement reproduces hand coding: precision, recall, F1, accuracy, and what is confused with what.

References
----------
Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22.
Kish (1965), Survey Sampling (effective size of a weighted sample).
Korn & Graubard (1998), Confidence intervals for proportions with small expected number of positive counts estimated
    from survey data. Survey Methodology 24.
Takahashi, Yamamoto, Kuchiba & Koyama (2022), Confidence interval for micro-averaged F1 and macro-averaged F1 scores.
    Applied Intelligence 52.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.compare._core.intervals import (
    MINIMUM_CLUSTERS,
    RESAMPLES,
    expanded_percentiles,
    resampling_weights,
    wilson,
)
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ALL = "all"
COLUMNS = (
    "class", "measure", "numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note",
)  # fmt: skip


def scores(
    gold: pd.Series,
    predicted: pd.Series,
    *,
    probability: pd.Series | None = None,
    classes: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Precision, recall and F1 of each class, accuracy and macro F1, with intervals.

    Parameters
    ----------
    gold, predicted : pandas.Series
        Class of each unit, in the same order; no empty cells.
    probability : pandas.Series, optional
        Probability with which each unit got into the sample. Units are weighted by its inverse, so that the scores
        are those of the corpus and not of the sample; by default all weigh the same.
    classes : sequence, optional
        Classes to report, in this order; all that occur by default. Macro F1 is over those that occur in gold.

    Returns
    -------
    pandas.DataFrame
        Rows `class` x `measure` ('precision', 'recall', 'f1', and 'accuracy', 'macro_f1' for class 'all'):
        `numerator`, `denominator` (weights add up to the units of the corpus), `n` (units in the denominator),
        `estimate`, `ci95_low`, `ci95_high`, `method`, `note`. Wilson intervals, with the effective number of units
        where they are weighted; for F1 by way of the share of hits among hits, misses and false alarms, of which it
        is a function; for macro F1 a bootstrap over units.

    Raises
    ------
    FramingError
        The columns differ in length, cells are empty, or a probability is not above 0 and at most 1.

    Examples
    --------
    >>> from analysis.validation.classification_scores import scores
    >>> gold = pd.Series(["yes", "yes", "yes", "no", "no"])
    >>> predicted = pd.Series(["yes", "yes", "no", "no", "yes"])
    >>> found = scores(gold, predicted, classes=["yes"])
    >>> found[["class", "measure", "numerator", "denominator"]].to_dict("split")["data"][:2]
    [['yes', 'precision', 2.0, 3.0], ['yes', 'recall', 2.0, 3.0]]
    """
    import numpy as np
    import pandas as pd

    truth, guess, weights = _checked(gold, predicted, probability)
    names = sorted({*truth, *guess}, key=str) if classes is None else list(classes)
    rows = []
    for name in names:
        is_gold, is_guess = truth == name, guess == name
        hit, either = is_gold & is_guess, is_gold | is_guess
        rows += [
            _share_row(name, "precision", hit, is_guess, weights, "never predicted"),
            _share_row(name, "recall", hit, is_gold, weights, "never in the hand coding"),
            _f1_row(name, hit, either, is_gold, is_guess, weights),
        ]
    everything = np.ones(len(truth), dtype=bool)
    rows.append(_share_row(ALL, "accuracy", truth == guess, everything, weights, "no units"))
    rows.append(_macro_row([name for name in names if (truth == name).any()], truth, guess, weights))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def confusion(gold: pd.Series, predicted: pd.Series, *, probability: pd.Series | None = None) -> pd.DataFrame:
    """Confusion of the classes: how often each is predicted for units of each other.

    Parameters
    ----------
    gold, predicted : pandas.Series
        The coded and the predicted class of each unit, with the same index.
    probability : pandas.Series, optional
        Probability with which each unit was drawn; units are weighted by its inverse.

    Returns
    -------
    pandas.DataFrame
        One row per pair of classes that occurs: `gold`, `predicted`, `n` (units), `numerator` (their weight),
        `denominator` (weight of all units of that gold class), `estimate` (share of the gold class that is predicted
        so) with a Wilson interval, and `method`.
    """
    import pandas as pd

    truth, guess, weights = _checked(gold, predicted, probability)
    table = pd.DataFrame({"gold": truth, "predicted": guess, "weight": weights, "square": weights**2})
    cells = (
        table.groupby(["gold", "predicted"], sort=True)["weight"].agg(n="size", numerator="sum").reset_index()
    )
    gold_sums = table.groupby("gold")[["weight", "square"]].sum().loc[cells["gold"]]
    cells["denominator"] = gold_sums["weight"].to_numpy()
    cells["estimate"] = cells["numerator"] / cells["denominator"]
    effective = gold_sums["weight"].to_numpy() ** 2 / gold_sums["square"].to_numpy()
    bounds = [wilson(share * n, n) for share, n in zip(cells["estimate"], effective, strict=True)]
    return cells.assign(
        ci95_low=[low for low, _ in bounds],
        ci95_high=[high for _, high in bounds],
        method=_wilson_name(weights),
    )


def _checked(
    gold: pd.Series, predicted: pd.Series, probability: pd.Series | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import numpy as np

    columns = [gold, predicted] + ([] if probability is None else [probability])
    if len({len(column) for column in columns}) > 1:
        raise FramingError("hand coding, prediction and probability are not about the same number of units")
    if any(column.isna().any() for column in columns):
        raise FramingError(
            "a unit without hand coding, prediction or probability", remedy="drop it before scoring"
        )
    chances = np.ones(len(gold)) if probability is None else probability.to_numpy(dtype=float)
    if ((chances <= 0) | (chances > 1)).any():
        raise FramingError("a sampling probability is not above 0 and at most 1")
    return gold.to_numpy(dtype=object), predicted.to_numpy(dtype=object), 1 / chances


def _share_row(
    name: Any, measure: str, hit: np.ndarray, among: np.ndarray, weights: np.ndarray, nothing: str
) -> dict[str, Any]:
    above, below = float(weights[hit & among].sum()), float(weights[among].sum())
    low, high, estimate = _weighted_wilson(hit, among, weights)
    return {
        "class": name, "measure": measure, "numerator": above, "denominator": below, "n": int(among.sum()),
        "estimate": estimate, "ci95_low": low, "ci95_high": high, "method": _wilson_name(weights),
        "note": "" if below else nothing,
    }  # fmt: skip


def _f1_row(
    name: Any,
    hit: np.ndarray,
    either: np.ndarray,
    is_gold: np.ndarray,
    is_guess: np.ndarray,
    weights: np.ndarray,
) -> dict[str, Any]:
    low, high, share = _weighted_wilson(hit, either, weights)
    return {
        "class": name, "measure": "f1", "numerator": 2 * float(weights[hit].sum()),
        "denominator": float(weights[is_gold].sum() + weights[is_guess].sum()), "n": int(either.sum()),
        "estimate": _f1(share), "ci95_low": _f1(low), "ci95_high": _f1(high), "method": _wilson_name(weights),
        "note": "" if either.any() else "neither predicted nor in the hand coding",
    }  # fmt: skip


def _f1(share: float) -> float:
    """F1 from the share of hits among hits, misses and false alarms."""
    return 2 * share / (1 + share)


def _weighted_wilson(hit: np.ndarray, among: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    own = weights[among]
    if not len(own):
        return float("nan"), float("nan"), float("nan")
    estimate = float(weights[hit & among].sum() / own.sum())
    effective = float(own.sum() ** 2 / (own**2).sum())
    return *wilson(estimate * effective, effective), estimate


def _macro_row(names: list[Any], truth: np.ndarray, guess: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
    import numpy as np

    row = {
        "class": ALL, "measure": "macro_f1", "numerator": np.nan, "denominator": float(len(names)), "n": len(truth),
        "estimate": np.nan, "ci95_low": np.nan, "ci95_high": np.nan, "method": "mean F1 of the classes", "note": "",
    }  # fmt: skip
    if not names:
        return row | {"note": "no units"}
    hits = np.stack([(truth == name) & (guess == name) for name in names], axis=1) * weights[:, None]
    sizes = np.stack([(truth == name) * 1.0 + (guess == name) for name in names], axis=1) * weights[:, None]

    def means(draws: np.ndarray) -> np.ndarray:
        above, below = 2 * (draws @ hits), draws @ sizes
        f1 = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
        there = (below > 0).sum(axis=1)  # a resample may lack a rare class, or all that are reported
        return np.divide(f1.sum(axis=1), there, out=np.full(len(draws), np.nan), where=there > 0)

    estimate = float(means(np.ones((1, len(truth))))[0])
    row |= {"numerator": estimate * len(names), "estimate": estimate}
    if len(truth) < MINIMUM_CLUSTERS:
        return row | {"note": f"no interval: {len(truth)} units, at least {MINIMUM_CLUSTERS} needed"}
    drawn = np.concatenate([means(draws) for draws in resampling_weights(len(truth))])
    low, high = np.quantile(drawn[np.isfinite(drawn)], expanded_percentiles(len(truth)))
    if low == high:
        return row | {
            "note": "no interval: no error in the sample, and resampling it cannot say how rare they are"
        }
    how = f"mean F1 of the classes; bootstrap over units, {RESAMPLES:,} resamples"
    return row | {"ci95_low": float(low), "ci95_high": float(high), "method": how}


def _wilson_name(weights: np.ndarray) -> str:
    return "Wilson" if (weights == weights[:1]).all() else "inverse probability weights; Wilson, effective n"
