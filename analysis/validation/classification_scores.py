"""Accuracy of a measurement against coded units: precision, recall, F1, accuracy, confusion.

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
    kish_effective_n,
    resampling_weights,
    wilson,
)
from analysis.compare._core.results import NO_INTERVAL, RESULT_COLUMNS, result_row
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ALL = "all"
COLUMNS = ("class", "measure", *RESULT_COLUMNS)


def scores(
    gold: pd.Series,
    predicted: pd.Series,
    *,
    probability: pd.Series | None = None,
    size: pd.Series | None = None,
    classes: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Precision, recall and F1 of each class, accuracy and macro F1, with intervals.

    Parameters
    ----------
    gold, predicted : pandas.Series
        Class of each unit, in the same order, without empty cells.
    probability : pandas.Series, optional
        Sampling probability of each unit. Units are weighted by its inverse, so that the scores estimate those of the
        corpus. By default, all units have the same weight.
    size : pandas.Series, optional
        Size of each unit, such as its words. The scores are then about words instead of units.
    classes : sequence, optional
        Classes to report, in this order. By default, all that occur. Macro F1 averages over those that occur in
        `gold`; its note names the others.

    Returns
    -------
    pandas.DataFrame
        One row per `class` and `measure` ('precision', 'recall', 'f1'; 'accuracy' and 'macro_f1' for the class
        'all'): `numerator`, `denominator` (sums of weights), `n` (units in the denominator), `estimate`,
        `ci95_low`, `ci95_high`, `method`, `note`. Intervals are Wilson's, with Kish's effective number of units
        if they are weighted. The interval of F1 is transformed from that of the share of true positives among
        true positives, false negatives and false positives (Takahashi et al. 2022). Macro F1 has a bootstrap
        interval over units.

    Raises
    ------
    FramingError
        If the columns differ in length, cells are empty, a probability is not above 0 and at most 1, or a size is not
        above 0.

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

    truth, guess, weights = _checked(gold, predicted, probability, size)
    names = sorted({*truth, *guess}, key=str) if classes is None else list(classes)
    rows = []
    for name in names:
        is_gold, is_guess = truth == name, guess == name
        hit, either = is_gold & is_guess, is_gold | is_guess
        rows += [
            _share_row(name, "precision", hit, is_guess, weights, "never predicted"),
            _share_row(name, "recall", hit, is_gold, weights, "never in the coding"),
            _f1_row(name, hit, either, is_gold, is_guess, weights),
        ]
    everything = np.ones(len(truth), dtype=bool)
    rows.append(_share_row(ALL, "accuracy", truth == guess, everything, weights, "no units"))
    rows.append(_macro_row(names, truth, guess, weights))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def confusion(
    gold: pd.Series,
    predicted: pd.Series,
    *,
    probability: pd.Series | None = None,
    size: pd.Series | None = None,
) -> pd.DataFrame:
    """Confusion matrix in long form.

    Parameters
    ----------
    gold, predicted, probability, size
        See `scores`.

    Returns
    -------
    pandas.DataFrame
        One row per pair of classes that occurs: `gold`, `predicted`, `n` (units), `numerator` (their weight),
        `denominator` (weight of all units with this gold class), `estimate` (share of the gold class with this
        prediction), `ci95_low`, `ci95_high` (Wilson), and `method`.
    """
    import pandas as pd

    truth, guess, weights = _checked(gold, predicted, probability, size)
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
    gold: pd.Series, predicted: pd.Series, probability: pd.Series | None, size: pd.Series | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    import numpy as np

    columns = [gold, predicted, *(column for column in (probability, size) if column is not None)]
    if len({len(column) for column in columns}) > 1:
        raise FramingError("gold, predicted, probability and size must have the same length")
    if any(column.isna().any() for column in columns):
        raise FramingError(
            "gold, predicted, probability and size must not have empty cells", remedy="drop these units first"
        )
    chances = np.ones(len(gold)) if probability is None else probability.to_numpy(dtype=float)
    if ((chances <= 0) | (chances > 1)).any():
        raise FramingError("sampling probabilities must be above 0 and at most 1")
    sizes = np.ones(len(gold)) if size is None else size.to_numpy(dtype=float)
    if (sizes <= 0).any():
        raise FramingError("sizes must be above 0")
    return gold.to_numpy(dtype=object), predicted.to_numpy(dtype=object), sizes / chances


def _share_row(
    name: Any, measure: str, hit: np.ndarray, among: np.ndarray, weights: np.ndarray, if_empty: str
) -> dict[str, Any]:
    above, below = float(weights[hit & among].sum()), float(weights[among].sum())
    estimate, interval = _weighted_wilson(hit, among, weights)
    return {"class": name, "measure": measure} | result_row(
        above,
        below,
        int(among.sum()),
        estimate=estimate,
        interval=interval,
        method=_wilson_name(weights),
        note="" if below else if_empty,
    )


def _f1_row(
    name: Any,
    hit: np.ndarray,
    either: np.ndarray,
    is_gold: np.ndarray,
    is_guess: np.ndarray,
    weights: np.ndarray,
) -> dict[str, Any]:
    share, (low, high) = _weighted_wilson(hit, either, weights)
    return {"class": name, "measure": "f1"} | result_row(
        2 * float(weights[hit].sum()),
        float(weights[is_gold].sum() + weights[is_guess].sum()),
        int(either.sum()),
        estimate=_f1(share),
        interval=(_f1(low), _f1(high)),
        method=_wilson_name(weights),
        note="" if either.any() else "neither predicted nor coded",
    )


def _f1(share: float) -> float:
    """F1 from the share of true positives among true positives, false negatives and false positives."""
    return 2 * share / (1 + share)


def _weighted_wilson(
    hit: np.ndarray, among: np.ndarray, weights: np.ndarray
) -> tuple[float, tuple[float, float]]:
    """Weighted share of hits, and its Wilson interval with Kish's effective number of units."""
    own = weights[among]
    if not len(own):
        return float("nan"), NO_INTERVAL
    estimate = float(weights[hit & among].sum() / own.sum())
    effective = kish_effective_n(own)
    return estimate, wilson(estimate * effective, effective)


def _macro_row(
    classes: Sequence[Any], truth: np.ndarray, guess: np.ndarray, weights: np.ndarray
) -> dict[str, Any]:
    import numpy as np

    names = [name for name in classes if (truth == name).any()]
    absent = [str(name) for name in classes if name not in names]
    left_out = f"without the F1 of what is never in the coding: {', '.join(absent)}" if absent else ""
    labels, n, method = {"class": ALL, "measure": "macro_f1"}, len(truth), "mean F1 of the classes"
    nan = float("nan")
    if not names:
        return labels | result_row(nan, 0.0, n, estimate=nan, method=method, note="no units")
    hits = np.stack([(truth == name) & (guess == name) for name in names], axis=1) * weights[:, None]
    sizes = np.stack([(truth == name) * 1.0 + (guess == name) for name in names], axis=1) * weights[:, None]
    estimate = float(_mean_f1(np.ones((1, n)), hits, sizes)[0])
    interval, note = NO_INTERVAL, ""
    if n < MINIMUM_CLUSTERS:
        note = f"no interval: {n} units, at least {MINIMUM_CLUSTERS} needed"
    else:
        drawn = np.concatenate([_mean_f1(draws, hits, sizes) for draws in resampling_weights(n)])
        low, high = np.quantile(drawn[np.isfinite(drawn)], expanded_percentiles(n))
        if low == high:
            note = "no interval: no errors in the sample, so the bootstrap has no variation"
        else:
            interval = float(low), float(high)
            method = f"{method}; bootstrap over units, {RESAMPLES:,} resamples"
    return labels | result_row(
        estimate * len(names),
        float(len(names)),
        n,
        estimate=estimate,
        interval=interval,
        method=method,
        note="; ".join(filter(None, [note, left_out])),
    )


def _mean_f1(draws: np.ndarray, hits: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Macro F1 for draws of shape (resamples, units); classes that a resample lacks are left out."""
    import numpy as np

    above, below = 2 * (draws @ hits), draws @ sizes
    f1 = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    present = (below > 0).sum(axis=1)
    return np.divide(f1.sum(axis=1), present, out=np.full(len(draws), np.nan), where=present > 0)


def _wilson_name(weights: np.ndarray) -> str:
    return "Wilson" if (weights == weights[:1]).all() else "inverse probability weights; Wilson, effective n"
