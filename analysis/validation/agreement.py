"""Agreement between coders: per cent, Cohen's kappa, Krippendorff's alpha.

References
----------
Cohen (1960), A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20.
Hayes & Krippendorff (2007), Answering the call for a standard reliability measure for coding data. Communication
    Methods and Measures 1.
Krippendorff (2019), Content Analysis: An Introduction to Its Methodology, 4th edition, chapter 12.
Zapf, Castell, Morawietz & Karch (2016), Measuring inter-rater reliability for nominal data - which coefficients and
    confidence intervals are appropriate? BMC Medical Research Methodology 16 (resampling of units).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from analysis.compare._core.intervals import (
    MINIMUM_CLUSTERS,
    RESAMPLES,
    expanded_percentiles,
    resampling_weights,
)
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
COLUMNS = (
    "measure", "coders", "numerator", "denominator", "n", "estimate", "ci95_low", "ci95_high", "method", "note",
)  # fmt: skip


def agreement(
    codes: pd.DataFrame, *, level: Level = "nominal", order: Sequence[Any] | None = None
) -> pd.DataFrame:
    """How far coders agree, with bootstrap intervals over the units.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row per unit, one column per coder; empty cells are missing codes.
    level : {'nominal', 'ordinal', 'interval', 'ratio'}, default 'nominal'
        Level of measurement, for alpha. 'interval' and 'ratio' need numbers.
    order : sequence, optional
        Values from lowest to highest for 'ordinal'; by default they are sorted.

    Returns
    -------
    pandas.DataFrame
        Rows for `measure` 'percent' (over all pairs of codes), 'cohen' (each pair of coders) and 'krippendorff':
        `coders`, `numerator` and `denominator` (agreeing and all pairs; agreement beyond chance and what is possible
        beyond chance; expected less observed and expected disagreement), `n` (units that two coders coded),
        `estimate`, `ci95_low`, `ci95_high`, `method`, `note`.

    Raises
    ------
    FramingError
        Fewer than two coders, values that the level cannot use or that `order` lacks.

    Examples
    --------
    >>> from analysis.validation.agreement import agreement
    >>> codes = pd.DataFrame({"ann": ["yes", "no", "yes", "no"] * 5, "ben": ["yes", "no", "no", "no"] * 5})
    >>> agreement(codes)[["measure", "estimate", "n"]].round(3).to_dict("split")["data"]
    [['percent', 0.75, 20], ['cohen', 0.5, 20], ['krippendorff', 0.48, 20]]
    """
    import pandas as pd

    if codes.shape[1] < 2:
        raise FramingError("agreement needs the codes of two coders")
    coded = _coded(codes, level, order)
    names = [str(name) for name in codes.columns]
    rows = [_row("percent", ", ".join(names), _percent(coded.counts), "agreeing pairs of codes")]
    for first, second in combinations(range(len(names)), 2):
        pair = _cohen(coded.places[:, [first, second]], len(coded.values))
        rows.append(_row("cohen", f"{names[first]}, {names[second]}", pair, "Cohen's kappa"))
    rows.append(
        _row("krippendorff", ", ".join(names), _alpha(coded, level), f"Krippendorff's alpha, {level}")
    )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def krippendorff_alpha(
    codes: pd.DataFrame, *, level: Level = "nominal", order: Sequence[Any] | None = None
) -> float:
    """Krippendorff's alpha.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row per unit, one column per coder; missing where a coder has no answer.
    level : {'nominal', 'ordinal', 'interval', 'ratio'}
        Level of measurement.
    order : sequence, optional
        The answers from lowest to highest, if the level is ordinal.

    Returns
    -------
    float
        At most 1. NaN if it is not defined: all codes are the same, or no unit was coded twice.
    """
    import numpy as np

    statistic = _alpha(_coded(codes, level, order), level)
    if statistic.n == 0:
        return float("nan")
    above, below = statistic.value(np.ones((1, statistic.n)))
    return float(above[0] / below[0]) if below[0] > 0 else float("nan")


@dataclass(frozen=True)
class _Coded:
    """Codes as places in the list of values (-1 missing), and how many coders gave each unit each value."""

    values: list[Any]
    places: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class _Statistic:
    """A ratio of two quantities computed from how often each unit is drawn (resamples, units)."""

    n: int
    value: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def _coded(codes: pd.DataFrame, level: str, order: Sequence[Any] | None) -> _Coded:
    import numpy as np
    import pandas as pd

    if level not in LEVELS:
        raise FramingError(
            f"there is no level of measurement '{level}'", remedy=f"choose {', '.join(LEVELS)}"
        )
    rows = [[None if pd.isna(value) else value for value in row] for row in codes.itertuples(index=False)]
    present = list(dict.fromkeys(value for row in rows for value in row if value is not None))
    if level in ("interval", "ratio") and not all(
        isinstance(value, int | float | np.integer | np.floating) for value in present
    ):
        raise FramingError(
            f"the level '{level}' needs numbers as codes", remedy="choose 'nominal' or 'ordinal'"
        )
    if level == "ratio" and any(value < 0 for value in present):
        raise FramingError("the level 'ratio' needs codes of 0 and above", remedy="choose 'interval'")
    unknown = [] if order is None else [str(value) for value in present if value not in order]
    if unknown:
        raise FramingError(f"order lacks the values {', '.join(unknown)}")
    values = sorted(present) if order is None else list(order)
    place = {value: i for i, value in enumerate(values)}
    places = np.array(
        [[place.get(value, -1) for value in row] for row in codes.itertuples(index=False)], dtype=int
    )
    places = places.reshape(len(codes), codes.shape[1])
    counts = (
        np.stack([(places == i).sum(axis=1) for i in range(len(values))], axis=1)
        if values
        else np.zeros((0, 0))
    )
    return _Coded(values, places, counts[counts.sum(axis=1) > 1].astype(float))


def _percent(counts: np.ndarray) -> _Statistic:
    coders = counts.sum(axis=1)
    same, pairs = (counts * (counts - 1)).sum(axis=1) / 2, coders * (coders - 1) / 2
    return _Statistic(len(counts), lambda weights: (weights @ same, weights @ pairs))


def _cohen(places: np.ndarray, n_values: int) -> _Statistic:
    """Kappa as agreement beyond chance over what is possible beyond chance."""
    import numpy as np

    both = places[(places >= 0).all(axis=1)]
    tables = np.zeros((len(both), n_values * n_values))
    tables[np.arange(len(both)), both[:, 0] * n_values + both[:, 1]] = 1

    def value(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        drawn = (weights @ tables).reshape(-1, n_values, n_values) / max(1, len(both))
        chance = (drawn.sum(axis=1) * drawn.sum(axis=2)).sum(axis=1)
        return np.trace(drawn, axis1=1, axis2=2) - chance, 1 - chance

    return _Statistic(len(both), value)


def _alpha(coded: _Coded, level: str) -> _Statistic:
    """Alpha as expected less observed disagreement over expected disagreement."""
    import numpy as np

    counts = coded.counts
    n_values = len(coded.values)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(n_values)
    pairs = (pairs / (counts.sum(axis=1) - 1)[:, None, None]).reshape(len(counts), n_values * n_values)

    def value(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        margins = weights @ counts
        total = margins.sum(axis=1)
        distance = _distance(coded.values, margins, level)
        observed = ((weights @ pairs).reshape(-1, n_values, n_values) * distance).sum(axis=(1, 2)) / total
        expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2)) / (
            total * (total - 1)
        )
        return expected - observed, expected

    return _Statistic(len(counts), value)


def _distance(values: list[Any], margins: np.ndarray, level: str) -> np.ndarray:
    """Squared difference of each two values; for ordinal data it hangs on how often the values between are used."""
    import numpy as np

    if level == "nominal":
        return 1 - np.eye(len(values))[None]
    if level == "ordinal":
        ranks = np.cumsum(margins, axis=1) - margins / 2
        return (ranks[:, :, None] - ranks[:, None, :]) ** 2
    numbers = np.array(values, dtype=float)
    gaps = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return gaps[None] ** 2
    sums = numbers[:, None] + numbers[None, :]
    return np.divide(gaps, sums, out=np.zeros_like(gaps), where=sums > 0)[None] ** 2


def _row(measure: str, coders: str, statistic: _Statistic, method: str) -> dict[str, Any]:
    import numpy as np

    row = {"measure": measure, "coders": coders, "numerator": np.nan, "denominator": np.nan, "n": statistic.n}
    missing = dict.fromkeys(("estimate", "ci95_low", "ci95_high"), np.nan)
    if statistic.n == 0:
        return {**row, **missing, "method": method, "note": "no unit has two codes"}
    above, below = (float(part[0]) for part in statistic.value(np.ones((1, statistic.n))))
    row |= {"numerator": above, "denominator": below, "method": method}
    if not below > 1e-12:
        return (
            row
            | missing
            | {"note": "not defined: all codes are alike, so that chance explains all agreement"}
        )
    row |= missing | {"estimate": above / below}
    if statistic.n < MINIMUM_CLUSTERS:
        return row | {"note": f"no interval: {statistic.n} units, at least {MINIMUM_CLUSTERS} needed"}
    drawn = np.concatenate([np.stack(statistic.value(w), axis=1) for w in resampling_weights(statistic.n)])
    usable = drawn[:, 1] > 1e-12
    low, high = np.quantile(drawn[usable, 0] / drawn[usable, 1], expanded_percentiles(statistic.n))
    if low == high:
        return row | {
            "note": "no interval: the same in all units, and resampling them cannot say how rare that is"
        }
    note = (
        ""
        if usable.all()
        else f"{1 - usable.mean():.0%} of the resamples had codes all alike and were left out"
    )
    how = f"{method}; bootstrap over {statistic.n} units, {RESAMPLES:,} resamples"
    return row | {"ci95_low": float(low), "ci95_high": float(high), "method": how, "note": note}
