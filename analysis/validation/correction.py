"""Estimates from a measurement that errs, put right with a hand-coded sample.

The measurement (a codebook look-up, a model) is had for every unit, hand coding only for a sample drawn with known
probabilities. Counting the measurement alone is precise and biased, and its intervals cover less the larger the
corpus is; counting the hand coding alone is unbiased and imprecise. Both corrections take the measurement for what it
is, a prediction, and add what the sample says about its errors.

Four estimators stand side by side:

- `naive`: the measurement taken for the truth;
- `gold_only`: the hand-coded units, weighted by the inverse of their probabilities;
- `dsl`: design-based supervised learning, prediction plus inversely weighted error (Egami et al. 2023);
- `ppi`: prediction-powered inference, the prediction weighted by how much it helps (Angelopoulos, Duchi & Zrnic
  2023), with the sampling probabilities in the rectifier; in large samples never less precise than `gold_only`.

References
----------
Angelopoulos, Bates, Fannjiang, Jordan & Zrnic (2023), Prediction-powered inference. Science 382.
Angelopoulos, Duchi & Zrnic (2023), PPI++: Efficient prediction-powered inference. arXiv 2311.01453.
Egami, Hinck, Stewart & Wei (2023), Using imperfect surrogates for downstream inference: design-based supervised
    learning for social science applications of large language models. NeurIPS 36.
Horvitz & Thompson (1952), A generalization of sampling without replacement from a finite universe. JASA 47.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import format_count
from analysis.compare._core.intervals import MINIMUM_CLUSTERS, t_quantile
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MINIMUM_CODED = 10
FEW_CODED = 50
ESTIMATORS = ("naive", "gold_only", "ppi", "dsl")
OTHERS = "all others"
COLUMNS = (
    "estimator", "numerator", "denominator", "n", "n_coded", "estimate", "ci95_low", "ci95_high", "method", "note",
)  # fmt: skip


@dataclass(frozen=True)
class _Units:
    """Prediction of every unit; hand coding where `weight`, the inverse probability, is above 0; its cluster."""

    predicted: np.ndarray
    gold: np.ndarray
    weight: np.ndarray
    cluster: np.ndarray

    def are_shares(self) -> bool:
        values = (self.predicted, self.gold)
        return all(bool(((value >= 0) & (value <= 1)).all()) for value in values)

    def only(self, part: np.ndarray) -> _Units:
        return _Units(self.predicted[part], self.gold[part], self.weight[part], self.cluster[part])


@dataclass(frozen=True)
class _Mean:
    """A mean, and what each unit adds to its error: the variance is the sum of the squares over clusters."""

    estimate: float
    influence: np.ndarray
    numerator: float
    denominator: float


def corrected_means(
    units: pd.DataFrame, *, by: str | None = None, cluster: str | None = None
) -> pd.DataFrame:
    """Prevalence, or a mean, by all four estimators.

    Parameters
    ----------
    units : pandas.DataFrame
        One row per unit of the corpus (article, sentence, mention): `predicted` (number; 0 or 1 for prevalence),
        `gold` (number; empty where not coded by hand), `probability` of having been sampled (needed where coded).
    by : str, optional
        Column of `units` that makes groups.
    cluster : str, optional
        Column of `units` whose values go together: the article where units are mentions, the family, the outlet.

    Returns
    -------
    pandas.DataFrame
        Four rows per group: `by`, `estimator`, `numerator`, `denominator`, `n` (units), `n_coded`, `estimate`,
        `ci95_low`, `ci95_high`, `method`, `note`.

    Raises
    ------
    FramingError
        A prediction is missing, a probability is missing or not above 0 and at most 1.

    Examples
    --------
    The codebook finds the theme in half of 400 articles. Of 100 drawn at random, people coded 40 as having it.

    >>> from analysis.validation.correction import corrected_means
    >>> units = pd.DataFrame({"predicted": [1, 0] * 200})
    >>> units.loc[:99, "gold"] = [1, 0, 1, 0, 0] * 20
    >>> units.loc[:99, "probability"] = 0.25
    >>> corrected_means(units)[["estimator", "estimate"]].round(3).to_dict("split")["data"]
    [['naive', 0.5], ['gold_only', 0.4], ['ppi', 0.4], ['dsl', 0.4]]
    """
    import pandas as pd

    data, labels = _read(units, by, cluster)
    names = sorted(set(labels)) if by else [""]
    rows = []
    for name in names:
        part = data.only(labels == name) if by else data
        for estimator, mean in _ESTIMATORS.items():
            made = _mean_row(part, estimator, mean)
            rows.append(({by: name} if by else {}) | made)
    return pd.DataFrame(rows, columns=[*([by] if by else []), *COLUMNS])


def corrected_differences(
    units: pd.DataFrame, *, by: str, against: str | None = None, cluster: str | None = None
) -> pd.DataFrame:
    """Difference of each group's mean from the others', by all four estimators.

    Parameters
    ----------
    units, by, cluster
        As for `corrected_means`.
    against : str, optional
        The group that all are compared with; by default each is compared with all other units.

    Returns
    -------
    pandas.DataFrame
        As `corrected_means`, with the columns `against`, `numerator_against`, `denominator_against`, `n_against`,
        `n_coded_against` besides.

    Examples
    --------
    >>> from analysis.validation.correction import corrected_differences
    >>> units = pd.DataFrame({"predicted": [1, 0] * 200, "outlet": ["Post", "Post", "Times", "Times"] * 100})
    >>> units.loc[:99, "gold"] = [1, 0, 1, 0, 0] * 20
    >>> units.loc[:99, "probability"] = 0.25
    >>> corrected_differences(units, by="outlet", against="Times")["estimator"].tolist()
    ['naive', 'gold_only', 'ppi', 'dsl']
    """
    import pandas as pd

    data, labels = _read(units, by, cluster)
    names = sorted(set(labels))
    if against is not None and against not in names:
        raise FramingError(f"no unit has {by} '{against}'", remedy=f"there are: {', '.join(names)}")
    rows = []
    for name in names:
        if name == against:
            continue
        other = labels == against if against is not None else labels != name
        for estimator, mean in _ESTIMATORS.items():
            made = _difference_row(data, labels == name, other, estimator, mean)
            rows.append({by: name, "against": against or OTHERS} | made)
    extra = ["numerator_against", "denominator_against", "n_against", "n_coded_against"]
    return pd.DataFrame(rows, columns=[by, "against", *COLUMNS[:5], *extra, *COLUMNS[5:]])


def _read(units: pd.DataFrame, by: str | None, cluster: str | None) -> tuple[_Units, np.ndarray]:
    import numpy as np

    missing = [c for c in ("predicted", "gold", "probability", by, cluster) if c and c not in units]
    if missing:
        raise FramingError(f"the units have no column {', '.join(missing)}")
    predicted = units["predicted"].to_numpy(dtype=float, na_value=np.nan)
    gold = units["gold"].to_numpy(dtype=float, na_value=np.nan)
    chance = units["probability"].to_numpy(dtype=float, na_value=np.nan)
    coded = ~np.isnan(gold)
    if np.isnan(predicted).any():
        raise FramingError("a unit has no prediction", remedy="leave out the units that were not measured")
    if not ((chance[coded] > 0) & (chance[coded] <= 1)).all():
        raise FramingError("a hand-coded unit has no sampling probability above 0 and at most 1")
    weight = np.zeros(len(units))
    weight[coded] = 1 / chance[coded]
    labels = units[by].astype("str").fillna("unknown").to_numpy(dtype=str) if by else np.zeros(len(units))
    codes = (
        np.unique(units[cluster].to_numpy(dtype=str), return_inverse=True)[1]
        if cluster
        else np.arange(len(units))
    )
    return _Units(predicted, np.where(coded, gold, 0.0), weight, codes), labels


def _naive(units: _Units) -> _Mean:
    n = len(units.predicted)
    mean = float(units.predicted.mean())
    return _Mean(mean, (units.predicted - mean) / n, float(units.predicted.sum()), float(n))


def _gold_only(units: _Units) -> _Mean:
    total = float(units.weight.sum())
    mean = float(units.weight @ units.gold) / total
    return _Mean(mean, units.weight * (units.gold - mean) / total, float(units.weight @ units.gold), total)


def _dsl(units: _Units) -> _Mean:
    n = len(units.predicted)
    pseudo = units.predicted + units.weight * (units.gold - units.predicted)
    mean = float(pseudo.mean())
    return _Mean(mean, (pseudo - mean) / n, float(pseudo.sum()), float(n))


def _ppi(units: _Units) -> _Mean:
    """Power-tuned: how much of the prediction is used is what makes the variance smallest, from 0 to 1."""
    n, total = len(units.predicted), float(units.weight.sum())
    share = units.weight / total

    def centred(values: np.ndarray) -> np.ndarray:
        return share * (values - share @ values)

    use = (units.predicted - units.predicted.mean()) / n - centred(units.predicted)
    without = centred(units.gold)
    room = float(use @ use)
    power = min(1.0, max(0.0, -float(use @ without) / room)) if room > 0 else 0.0
    mean = float(power * units.predicted.mean() + share @ (units.gold - power * units.predicted))
    return _Mean(mean, without + power * use, mean * n, float(n))


_ESTIMATORS: dict[str, Callable[[_Units], _Mean]] = {
    "naive": _naive,
    "gold_only": _gold_only,
    "ppi": _ppi,
    "dsl": _dsl,
}
_METHODS = {
    "naive": "measurement taken for the truth",
    "gold_only": "hand-coded units by inverse probability",
    "ppi": "prediction-powered inference, tuned",
    "dsl": "design-based supervised learning",
}


def _mean_row(units: _Units, estimator: str, mean: Callable[[_Units], _Mean]) -> dict[str, Any]:
    n, coded = len(units.predicted), int((units.weight > 0).sum())
    row: dict[str, Any] = {"estimator": estimator, "n": n, "n_coded": coded, "method": _METHODS[estimator]}
    if estimator != "naive" and coded < MINIMUM_CODED:
        return row | {"note": f"not estimated: {coded} coded by hand, at least {MINIMUM_CODED} needed"}
    made = mean(units)
    row |= {"numerator": made.numerator, "denominator": made.denominator, "estimate": made.estimate}
    row |= _interval(made.estimate, made.influence, units, estimator, coded)
    if units.are_shares():
        row |= _within(row, 0.0)
    return row


def _within(row: dict[str, Any], lowest: float) -> dict[str, Any]:
    """Bounds that no share, or difference of shares, goes beyond."""
    return {bound: min(1.0, max(lowest, row[bound])) for bound in ("ci95_low", "ci95_high") if bound in row}


def _difference_row(
    data: _Units, inside: np.ndarray, other: np.ndarray, estimator: str, mean: Callable[[_Units], _Mean]
) -> dict[str, Any]:
    import numpy as np

    row: dict[str, Any] = {"estimator": estimator, "method": _METHODS[estimator]}
    coded = []
    for suffix, part in (("", inside), ("_against", other)):
        coded.append(int((data.weight[part] > 0).sum()))
        row |= {f"n{suffix}": int(part.sum()), f"n_coded{suffix}": coded[-1]}
    if not other.any():
        return row | {"note": "not estimated: no other units"}
    if estimator != "naive" and min(coded) < MINIMUM_CODED:
        reason = f"{min(coded)} coded by hand in a group, at least {MINIMUM_CODED} needed"
        return row | {"note": f"not estimated: {reason}"}
    first, second = mean(data.only(inside)), mean(data.only(other))
    influence = np.zeros(len(data.predicted))
    influence[inside], influence[other] = first.influence, -second.influence
    row |= {"numerator": first.numerator, "denominator": first.denominator}
    row |= {"numerator_against": second.numerator, "denominator_against": second.denominator}
    estimate = first.estimate - second.estimate
    if not all(np.abs(part.influence).max() > 1e-12 for part in (first, second)):
        return row | {"estimate": estimate, "note": "no interval: all values of a group are alike"}
    families = [len(np.unique(data.cluster[part])) for part in (inside, other)]
    if min(families) < MINIMUM_CLUSTERS:
        few = f"{format_count(min(families), 'units')} in a group once reprints are one"
        return row | {"estimate": estimate, "note": f"no interval: {few}, at least {MINIMUM_CLUSTERS} needed"}
    part = inside | other
    row |= {"estimate": estimate}
    row |= _interval(estimate, influence[part], data.only(part), estimator, min(coded))
    return row | (_within(row, -1.0) if data.are_shares() else {})


def _interval(
    estimate: float, influence: np.ndarray, units: _Units, estimator: str, coded: int
) -> dict[str, Any]:
    import numpy as np

    sums = np.bincount(units.cluster, influence)
    counted = units.cluster if estimator == "naive" else units.cluster[units.weight > 0]
    counting = int((np.bincount(counted) > 0).sum())
    if counting < 2:
        return {"note": "no interval: a single cluster"}
    error = float((sums**2).sum() * counting / (counting - 1)) ** 0.5
    if not error > 1e-12 * max(1.0, abs(estimate)):
        return {"note": "no interval: all values are alike"}
    half = t_quantile(counting - 1) * error
    return {"ci95_low": estimate - half, "ci95_high": estimate + half, "note": _note(units, estimator, coded)}


def _note(units: _Units, estimator: str, coded: int) -> str:
    if estimator == "naive":
        return "says nothing of the errors of the measurement"
    sampled = units.weight > 0
    if estimator in ("ppi", "dsl") and (units.gold[sampled] == units.predicted[sampled]).all():
        return f"no error among {coded} coded: up to {min(1.0, 3 / coded):.1%} may be wrong, which the interval lacks"
    return f"only {coded} coded by hand: the interval is rough" if coded < FEW_CODED else ""
