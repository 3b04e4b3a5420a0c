"""Estimates corrected for measurement error with a coded sample.

The measurement (a codebook look-up, a model) exists for every unit, coding only for a sample with known sampling
probabilities. The measurement alone has narrow intervals but is biased; the larger the corpus, the less often its
intervals contain the true value. The coding alone is unbiased but has wide intervals. The corrections use the
measurement as a prediction and estimate its error from the sample.

There are four estimators:

- `naive`: the measurement without correction;
- `gold_only`: the coded units, weighted by inverse sampling probabilities (Horvitz & Thompson 1952);
- `dsl`: design-based supervised learning, prediction plus inversely weighted error (Egami et al. 2023);
- `ppi`: power-tuned prediction-powered inference (Angelopoulos, Duchi & Zrnic 2023) with sampling probabilities in
  the rectifier. In large samples it is never less precise than `gold_only`.

Shares by `dsl` and `ppi` can lie outside 0 to 1 where few units were coded: an unbiased estimate of a share near 0 is
sometimes below it. As in the papers, they are not clipped, since clipped shares would be biased and would not sum to
1. The note says so. Bounds of an interval are clipped where the estimate itself lies within 0 to 1.

The number of coded units overstates what is known where their weights are unequal. Where Kish's effective number
differs from it by more than a tenth, the note has both.

Intervals of shares can be too narrow if few coded units have what is counted: a sample with fewer of them gives a
lower estimate and a narrower interval. The note says so if Kish's effective number of those units, or of the units
without it, is below ten. In simulated samples (`benchmarks/corrected_coverage.py`), such intervals of `dsl` contain
the true share in 93 of 100 cases, and in 86 for the rarest theme; all others in 97.

References
----------
Angelopoulos, Bates, Fannjiang, Jordan & Zrnic (2023), Prediction-powered inference. Science 382.
Angelopoulos, Duchi & Zrnic (2023), PPI++: Efficient prediction-powered inference. arXiv 2311.01453.
Egami, Hinck, Stewart & Wei (2023), Using imperfect surrogates for downstream inference: design-based supervised
    learning for social science applications of large language models. NeurIPS 36.
Kish (1965), Survey Sampling, chapter 11. Wiley.
Horvitz & Thompson (1952), A generalization of sampling without replacement from a finite universe. JASA 47.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.compare._core.concentration import CONCENTRATION_COLUMNS, concentration_of_difference
from analysis.compare._core.grouping import format_count
from analysis.compare._core.intervals import MINIMUM_CLUSTERS, kish_effective_n, t_quantile
from analysis.compare._core.results import result_columns
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MINIMUM_CODED = 10
FEW_CODED = 50
FEW_WITH = (
    10  # effective number of coded units with, or without, what is counted; below it intervals are too narrow
)
UNEQUAL = 0.9  # Kish's effective number, as a part of the coded units, below which both are stated
ESTIMATORS = ("naive", "gold_only", "ppi", "dsl")
OTHERS = "all others"
_NO_VARIATION = 1e-12  # of influences and errors, below which they are rounding errors
_ALL_ALIKE = "not estimated: all coded units have the same value"
_NOTHING_COUNTS = "not estimated: by the coding, hardly any unit counts"
COLUMNS = ("estimator", *result_columns(n=("n_coded",)))
DIFFERENCE_COLUMNS = (
    "estimator",
    *result_columns(
        n=("n_coded", "numerator_against", "denominator_against", "n_against", "n_coded_against")
    ),
)


@dataclass(frozen=True)
class _Units:
    """Units of a corpus, all of shape (units,).

    `weight` is the inverse sampling probability of coded units and 0 for all others, whose `gold` and
    `gold_size` are not used. `size` and `gold_size` are the sizes of the units as measured and by coding.
    """

    predicted: np.ndarray
    gold: np.ndarray
    weight: np.ndarray
    cluster: np.ndarray
    size: np.ndarray
    gold_size: np.ndarray

    @cached_property
    def are_shares(self) -> bool:
        """Whether all values are between 0 and 1."""
        values = (self.predicted, self.gold)
        return all(bool(((value >= 0) & (value <= 1)).all()) for value in values)

    def select(self, part: np.ndarray) -> _Units:
        """The units where the mask is true."""
        return _Units(*(getattr(self, field.name)[part] for field in fields(self)))


@dataclass(frozen=True)
class _Mean:
    """A mean, and the influence of each unit: the variance is the sum over clusters of squared sums of influence."""

    estimate: float
    influence: np.ndarray
    numerator: float
    denominator: float


def corrected_means(
    units: pd.DataFrame, *, by: str | None = None, cluster: str | None = None, size: str | None = None
) -> pd.DataFrame:
    """Corrected prevalence, mean, or mean weighted by size, by all four estimators.

    Parameters
    ----------
    units : pandas.DataFrame
        One row per unit of the corpus (article, sentence, mention): `predicted` (a number; 0 or 1 for prevalence),
        `gold` (a number; empty if not coded), `probability` (sampling probability; required if coded).
    by : str, optional
        Column of `units` to group by.
    cluster : str, optional
        Column of `units` that identifies dependent units: the article for mentions, the family, the outlet.
    size : str, optional
        Column of `units` with the measured size of each unit, such as its words; the means are weighted by it. The
        column `gold_size` then gives the size of each coded unit by coding: 0 for a unit that should not
        count, such as a false quote. The estimates are ratios of two corrected totals.

    Returns
    -------
    pandas.DataFrame
        Four rows per group: `by`, `estimator`, `numerator`, `denominator`, `n` (units), `n_coded`, `estimate`,
        `ci95_low`, `ci95_high`, `method`, `note`.

    Raises
    ------
    FramingError
        If a column or a prediction is missing, or a sampling probability is missing or out of range.

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

    data, labels = _read(units, by, cluster, size)
    names = sorted(set(labels)) if by else [""]
    rows = []
    for name in names:
        part = data.select(labels == name) if by else data
        for estimator, mean in _ESTIMATORS.items():
            made = _mean_row(part, estimator, mean)
            rows.append(({by: name} if by else {}) | made)
    return pd.DataFrame(rows, columns=[*([by] if by else []), *COLUMNS])


def corrected_differences(
    units: pd.DataFrame,
    *,
    by: str,
    against: str | None = None,
    cluster: str | None = None,
    size: str | None = None,
    outlet: str | None = None,
    estimators: Sequence[str] = ESTIMATORS,
) -> pd.DataFrame:
    """Corrected difference between the mean of each group and that of the others, by all four estimators.

    Parameters
    ----------
    units, by, cluster, size
        See `corrected_means`.
    against : str, optional
        Group that the others are compared with. By default, each group is compared with all other units.
    outlet : str, optional
        Column of `units` with the outlet. It adds `analysis.compare._core.concentration.CONCENTRATION_COLUMNS`: how
        much the difference as measured rests on a single outlet.
    estimators : sequence of str, default all
        Estimators to report.

    Returns
    -------
    pandas.DataFrame
        As `corrected_means`, with the further columns `against`, `numerator_against`, `denominator_against`,
        `n_against` and `n_coded_against`.

    Raises
    ------
    FramingError
        As `corrected_means`, or if there is no group `against`.

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

    data, labels = _read(units, by, cluster, size)
    codes, found = pd.factorize(labels, sort=True)
    names = [str(name) for name in found]
    if against is not None and against not in names:
        raise FramingError(f"no unit has {by} '{against}'", remedy=f"choose from: {', '.join(names)}")
    rows = []
    for code, name in enumerate(names):
        if name == against:
            continue
        inside = codes == code
        other = ~inside if against is None else codes == names.index(against)
        rests = _concentration(data, inside, other, units[outlet]) if outlet else {}
        for estimator in estimators:
            made = _difference_row(data, inside, other, estimator, _ESTIMATORS[estimator])
            rows.append({by: name, "against": against or OTHERS} | made | rests)
    further = CONCENTRATION_COLUMNS if outlet else ()
    return pd.DataFrame(rows, columns=[by, "against", *DIFFERENCE_COLUMNS, *further])


def _concentration(data: _Units, inside: np.ndarray, other: np.ndarray, outlets: pd.Series) -> dict[str, Any]:
    """How much the measured difference rests on a single outlet."""
    import numpy as np
    import pandas as pd

    part = inside | other
    codes, names = pd.factorize(outlets[part].astype("str"), sort=True)
    one, rest = (
        (np.where(group, data.size * data.predicted, 0.0)[part], np.where(group, data.size, 0.0)[part])
        for group in (inside, other)
    )
    return concentration_of_difference(one, rest, codes, names.to_numpy(dtype=object))


def _read(
    units: pd.DataFrame, by: str | None, cluster: str | None, size: str | None
) -> tuple[_Units, np.ndarray]:
    import numpy as np
    import pandas as pd

    needed = ("predicted", "gold", "probability", by, cluster, size, "gold_size" if size else None)
    missing = [c for c in needed if c and c not in units]
    if missing:
        raise FramingError(f"units lacks the columns {', '.join(missing)}")
    predicted = units["predicted"].to_numpy(dtype=float, na_value=np.nan)
    gold = units["gold"].to_numpy(dtype=float, na_value=np.nan)
    chance = units["probability"].to_numpy(dtype=float, na_value=np.nan)
    coded = ~np.isnan(gold)
    if np.isnan(predicted).any():
        raise FramingError(
            "predicted must not have empty cells", remedy="leave out units that were not measured"
        )
    if not ((chance[coded] > 0) & (chance[coded] <= 1)).all():
        raise FramingError("coded units need a sampling probability above 0 and at most 1")
    weight = np.zeros(len(units))
    weight[coded] = 1 / chance[coded]
    labels = units[by].astype("str").fillna("unknown").to_numpy(dtype=object) if by else np.zeros(len(units))
    codes = (
        pd.factorize(units[cluster].astype("str").fillna("nan"), sort=True)[0]
        if cluster
        else np.arange(len(units))
    )
    sizes, gold_sizes = np.ones(len(units)), np.ones(len(units))
    if size:
        sizes = units[size].to_numpy(dtype=float)
        gold_sizes = np.where(coded, units["gold_size"].to_numpy(dtype=float, na_value=np.nan), 0.0)
        if not ((sizes >= 0).all() and (gold_sizes >= 0).all()):
            raise FramingError(f"{size} and gold_size must be numbers of 0 or more")
    return _Units(predicted, np.where(coded, gold, 0.0), weight, codes, sizes, gold_sizes), labels


def _ratio(above: np.ndarray, below: np.ndarray) -> _Mean | None:
    """Ratio of two totals with its linearised influence; None if the lower total is not above 0."""
    total = float(below.sum())
    if total <= 0:
        return None
    mean = float(above.sum()) / total
    return _Mean(mean, (above - mean * below) / total, float(above.sum()), total)


def _naive(units: _Units) -> _Mean | None:
    """Mean of the predictions."""
    return _ratio(units.size * units.predicted, units.size)


def _gold_only(units: _Units) -> _Mean | None:
    """Weighted mean of the coding (Hajek's form of Horvitz & Thompson 1952)."""
    return _ratio(units.weight * units.gold_size * units.gold, units.weight * units.gold_size)


def _dsl(units: _Units) -> _Mean | None:
    """Ratio of the totals of design-adjusted pseudo-outcomes (Egami et al. 2023)."""
    measured, coded = units.size * units.predicted, units.gold_size * units.gold
    return _ratio(
        measured + units.weight * (coded - measured),
        units.size + units.weight * (units.gold_size - units.size),
    )


def _ppi(units: _Units) -> _Mean | None:
    """Prediction-powered mean; the power (0 to 1) minimises the variance (Angelopoulos, Duchi & Zrnic 2023)."""
    everywhere, coded = _naive(units), _gold_only(units)
    sampled = _ratio(units.weight * units.size * units.predicted, units.weight * units.size)
    if everywhere is None or coded is None or sampled is None:
        return None
    use = everywhere.influence - sampled.influence
    spread = float(use @ use)
    power = min(1.0, max(0.0, -float(use @ coded.influence) / spread)) if spread > 0 else 0.0
    mean = coded.estimate + power * (everywhere.estimate - sampled.estimate)
    size = everywhere.denominator
    return _Mean(mean, coded.influence + power * use, mean * size, size)


_Number = tuple[float, int]  # of units: effective, and counted
_Estimator = Callable[[_Units], _Mean | None]
_ESTIMATORS: dict[str, _Estimator] = {
    "naive": _naive,
    "gold_only": _gold_only,
    "ppi": _ppi,
    "dsl": _dsl,
}
_METHODS = {
    "naive": "measurement without correction",
    "gold_only": "coded units by inverse probability",
    "ppi": "prediction-powered inference, tuned",
    "dsl": "design-based supervised learning",
}


def _mean_row(units: _Units, estimator: str, mean: _Estimator) -> dict[str, Any]:
    n, coded = len(units.predicted), int((units.weight > 0).sum())
    row: dict[str, Any] = {"estimator": estimator, "n": n, "n_coded": coded, "method": _METHODS[estimator]}
    if estimator != "naive" and coded < MINIMUM_CODED:
        return row | {"note": f"not estimated: {coded} coded, at least {MINIMUM_CODED} needed"}
    corrected = mean(units)
    if corrected is None:
        return row | {"note": _NOTHING_COUNTS}
    if estimator == "ppi" and _all_alike(units, corrected):
        return row | {"note": _ALL_ALIKE}
    row |= {
        "numerator": corrected.numerator,
        "denominator": corrected.denominator,
        "estimate": corrected.estimate,
    }
    row |= _interval(corrected.estimate, corrected.influence, units, estimator, _coded(units), _rarest(units))
    return row | (_within(row, 0.0) if units.are_shares else {})


def _all_alike(units: _Units, corrected: _Mean) -> bool:
    """Whether all coded units have one value and the predictions do not.

    The power is 0 then: a side that was not drawn would get a share of 0.
    """
    varies = units.predicted.min() < units.predicted.max()
    return bool(varies and not abs(corrected.influence).max() > _NO_VARIATION)


def _within(row: dict[str, Any], lowest: float) -> dict[str, Any]:
    """Bounds clipped to the range of a share, or of a difference of shares, and a note if the estimate is outside."""
    estimate = row["estimate"]
    if lowest - _NO_VARIATION <= estimate <= 1 + _NO_VARIATION:
        return {
            bound: min(1.0, max(lowest, row[bound])) for bound in ("ci95_low", "ci95_high") if bound in row
        }
    where = "above 1" if estimate > 1 else f"below {lowest:.0f}"
    outside = f"the estimate is {where} since few units were coded"
    return {"note": "; ".join(filter(None, [row.get("note", ""), outside]))}


def _coded(units: _Units) -> _Number:
    """Kish's effective number of coded units, and their number.

    A unit counts with its larger size: the correction uses the measured one and the coded one.
    """
    import numpy as np

    sampled = units.weight > 0
    weights = units.weight * np.maximum(units.size, units.gold_size)
    return kish_effective_n(weights[sampled]), int(sampled.sum())


def _rarest(units: _Units) -> tuple[float, str]:
    """Kish's effective number of the coded units with what is counted, or of those without it, in words, too."""
    import numpy as np

    if not units.are_shares:
        return float("inf"), ""
    counts = units.weight * units.gold_size
    parts = counts * units.gold, counts * (1 - units.gold)
    rare = min((kish_effective_n(part), int(np.count_nonzero(part))) for part in parts)
    return rare[0], _number(rare, f"of {np.count_nonzero(units.weight)} coded")


def _difference_row(
    data: _Units, inside: np.ndarray, other: np.ndarray, estimator: str, mean: _Estimator
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
        reason = f"{min(coded)} coded in a group, at least {MINIMUM_CODED} needed"
        return row | {"note": f"not estimated: {reason}"}
    groups = data.select(inside), data.select(other)
    first, second = map(mean, groups)
    if first is None or second is None:
        return row | {"note": _NOTHING_COUNTS}
    if estimator == "ppi" and (_all_alike(groups[0], first) or _all_alike(groups[1], second)):
        return row | {"note": _ALL_ALIKE}
    influence = np.zeros(len(data.predicted))
    influence[inside], influence[other] = first.influence, -second.influence
    row |= {"numerator": first.numerator, "denominator": first.denominator}
    row |= {"numerator_against": second.numerator, "denominator_against": second.denominator}
    estimate = first.estimate - second.estimate
    if not all(np.abs(part.influence).max() > _NO_VARIATION for part in (first, second)):
        return row | {"estimate": estimate, "note": "no interval: no variation within a group"}
    families = [int(np.count_nonzero(np.bincount(data.cluster[part]))) for part in (inside, other)]
    if min(families) < MINIMUM_CLUSTERS:
        few = f"{format_count(min(families), 'units')} in a group (wire copy counted once)"
        return row | {"estimate": estimate, "note": f"no interval: {few}, at least {MINIMUM_CLUSTERS} needed"}
    part = inside | other
    row |= {"estimate": estimate}
    least, rarest = min(map(_coded, groups)), min(map(_rarest, groups))
    both = data if part.all() else data.select(part)
    row |= _interval(estimate, influence[part], both, estimator, least, rarest)
    return row | (_within(row, -1.0) if data.are_shares else {})


def _interval(
    estimate: float,
    influence: np.ndarray,
    units: _Units,
    estimator: str,
    coded: _Number,
    rarest: tuple[float, str],
) -> dict[str, Any]:
    import numpy as np

    sums = np.bincount(units.cluster, influence)
    clusters = units.cluster if estimator == "naive" else units.cluster[units.weight > 0]
    n_clusters = int((np.bincount(clusters) > 0).sum())
    if n_clusters < 2:
        return {"note": "no interval: a single cluster"}
    error = float((sums**2).sum() * n_clusters / (n_clusters - 1)) ** 0.5
    if not error > _NO_VARIATION * max(1.0, abs(estimate)):
        return {"note": "no interval: no variation"}
    half = t_quantile(n_clusters - 1) * error
    return {
        "ci95_low": estimate - half,
        "ci95_high": estimate + half,
        "note": _note(units, estimator, coded, rarest),
    }


def _note(units: _Units, estimator: str, of_coded: _Number, rarest: tuple[float, str]) -> str:
    if estimator == "naive":
        return "not corrected for measurement error"
    effective, coded = of_coded
    number = _number(of_coded, "coded")
    sampled = units.weight > 0
    right = (units.gold == units.predicted) & (units.gold_size == units.size)
    if estimator in ("ppi", "dsl") and right[sampled].all():
        most = f"{3 / max(3.0, effective):.1%}"  # rule of three
        return f"no error among {number}: up to {most} may be wrong, which the interval ignores"
    if rarest[0] < FEW_WITH:
        return f"only {rarest[1]} differ from the rest: the interval may be too narrow"
    if effective < FEW_CODED:
        return f"only {number}: the interval is approximate"
    return number if effective < UNEQUAL * coded else ""


def _number(of_units: _Number, what: str) -> str:
    effective, n = of_units
    kish = f" (Kish's effective number: {effective:.0f})" if effective < UNEQUAL * n else ""
    return f"{n} {what}{kish}"
