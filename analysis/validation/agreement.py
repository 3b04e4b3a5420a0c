"""Intercoder agreement: percent agreement, Cohen's kappa, Krippendorff's alpha.

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
from analysis.compare._core.results import NO_INTERVAL, RESULT_COLUMNS, result_row
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
COLUMNS = ("measure", "coders", *RESULT_COLUMNS)
_ZERO = 1e-12  # disagreement expected by chance below this is rounding error


def agreement(
    codes: pd.DataFrame, *, level: Level = "nominal", order: Sequence[Any] | None = None
) -> pd.DataFrame:
    """Agreement between coders, with bootstrap intervals over the units.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row per unit, one column per coder. Empty cells are missing codes.
    level : {'nominal', 'ordinal', 'interval', 'ratio'}, default 'nominal'
        Level of measurement for Krippendorff's alpha. 'interval' and 'ratio' need numbers.
    order : sequence, optional
        Values from lowest to highest for 'ordinal'. By default, they are sorted.

    Returns
    -------
    pandas.DataFrame
        Rows with the `measure` 'percent' (all pairs of codes), 'cohen' (each pair of coders; Cohen 1960) and
        'krippendorff' (Krippendorff 2019, chapter 12), and the columns `coders`, `numerator`, `denominator`, `n`
        (units with at least two codes), `estimate`, `ci95_low`, `ci95_high`, `method`, `note`. The estimate is
        agreeing pairs divided by all pairs for 'percent', agreement beyond chance divided by possible agreement
        beyond chance for 'cohen', and expected minus observed disagreement divided by expected disagreement for
        'krippendorff'.

    Raises
    ------
    FramingError
        If there are fewer than two coders, a value does not fit the level, or `order` lacks a value.

    Examples
    --------
    >>> from analysis.validation.agreement import agreement
    >>> codes = pd.DataFrame({"ann": ["yes", "no", "yes", "no"] * 5, "ben": ["yes", "no", "no", "no"] * 5})
    >>> agreement(codes)[["measure", "estimate", "n"]].round(3).to_dict("split")["data"]
    [['percent', 0.75, 20], ['cohen', 0.5, 20], ['krippendorff', 0.48, 20]]
    """
    import pandas as pd

    if codes.shape[1] < 2:
        raise FramingError("agreement needs at least two coders")
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
    """Krippendorff's alpha (Krippendorff 2019, chapter 12).

    Parameters
    ----------
    codes, level, order
        See `agreement`.

    Returns
    -------
    float
        1 for perfect agreement, 0 for agreement as expected by chance. NaN if it is not defined: all codes are the
        same, or no unit has two codes.
    """
    import numpy as np

    statistic = _alpha(_coded(codes, level, order), level)
    if statistic.n == 0:
        return float("nan")
    above, below = statistic.value(np.ones((1, statistic.n)))
    return float(above[0] / below[0]) if below[0] > 0 else float("nan")


@dataclass(frozen=True)
class _Coded:
    """Codes as indices into the list of values (-1 if missing), and the count of each value for each unit."""

    values: list[Any]
    places: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class _Statistic:
    """A ratio; `value` gives its two parts for weights of shape (resamples, units)."""

    n: int
    value: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def _coded(codes: pd.DataFrame, level: str, order: Sequence[Any] | None) -> _Coded:
    import numpy as np
    import pandas as pd

    if level not in LEVELS:
        raise FramingError(
            f"unknown level of measurement '{level}'", remedy=f"choose from: {', '.join(LEVELS)}"
        )
    rows = [[None if pd.isna(value) else value for value in row] for row in codes.itertuples(index=False)]
    present = list(dict.fromkeys(value for row in rows for value in row if value is not None))
    if level in ("interval", "ratio") and not all(
        isinstance(value, int | float | np.integer | np.floating) for value in present
    ):
        raise FramingError(f"the level '{level}' needs numeric codes", remedy="choose 'nominal' or 'ordinal'")
    if level == "ratio" and any(value < 0 for value in present):
        raise FramingError("the level 'ratio' needs codes of at least 0", remedy="choose 'interval'")
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
    """Cohen's kappa (Cohen 1960)."""
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
    """Krippendorff's alpha: one minus observed over expected disagreement (Krippendorff 2019, chapter 12)."""
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
    """Squared differences of values, shape (resamples or 1, values, values); ordinal ones depend on `margins`."""
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

    labels = {"measure": measure, "coders": coders}
    nan = float("nan")
    if statistic.n == 0:
        return labels | result_row(nan, nan, 0, estimate=nan, method=method, note="no unit has two codes")
    above, below = (float(part[0]) for part in statistic.value(np.ones((1, statistic.n))))
    if not below > _ZERO:
        note = "not defined: all codes are the same"
        return labels | result_row(above, below, statistic.n, estimate=nan, method=method, note=note)
    interval, note = _interval(statistic)
    if interval is not NO_INTERVAL:
        method = f"{method}; bootstrap over {statistic.n} units, {RESAMPLES:,} resamples"
    return labels | result_row(
        above, below, statistic.n, estimate=above / below, interval=interval, method=method, note=note
    )


def _interval(statistic: _Statistic) -> tuple[tuple[float, float], str]:
    """Bootstrap interval over units (Zapf et al. 2016), and a note on it."""
    import numpy as np

    if statistic.n < MINIMUM_CLUSTERS:
        return NO_INTERVAL, f"no interval: {statistic.n} units, at least {MINIMUM_CLUSTERS} needed"
    drawn = np.concatenate([np.stack(statistic.value(w), axis=1) for w in resampling_weights(statistic.n)])
    usable = drawn[:, 1] > _ZERO
    low, high = np.quantile(drawn[usable, 0] / drawn[usable, 1], expanded_percentiles(statistic.n))
    if low == high:
        return (
            NO_INTERVAL,
            "no interval: the value is the same in all units, so the bootstrap has no variation",
        )
    left_out = f"{1 - usable.mean():.0%} of the resamples had only one code and were left out"
    return (float(low), float(high)), "" if usable.all() else left_out
