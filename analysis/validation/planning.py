"""How many more units to code by hand: the width of an interval as a function of the number of coded units.

The variance of a corrected mean has two parts (Angelopoulos et al. 2023; Egami et al. 2023): that of the measurement
over the corpus, which coding does not change, and that of its error in the coded sample, which falls with the
number of coded units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.errors import FramingError
from analysis.validation.correction import COLUMNS as RESULT

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("question", "value", "estimator", "n_coded", "width", "is_planned")
_STEPS = (1, 1.5, 2, 3, 4, 6, 8)  # times the units that are coded already


def planned_widths(means: pd.DataFrame, *, n: Sequence[int] | None = None) -> pd.DataFrame:
    """The planned width of the 95 % intervals of corrected estimates, if more units are coded.

    Parameters
    ----------
    means : pandas.DataFrame
        `Validation.means`, or the rows of `corrected_means` without groups.
    n : sequence of int, optional
        Numbers of coded units. By default, from the number coded so far to eight times as many, at most all units.

    Returns
    -------
    pandas.DataFrame
        For each estimate of the whole corpus with an interval: question, value (if `means` has them), estimator,
        n_coded, width (in the unit of the estimate), is_planned (False for the width so far).

    Raises
    ------
    FramingError
        A number of units is below 1.

    Notes
    -----
    With `v` the variance so far, `m` that of the measurement alone (`naive`) and `n0` the units coded so far, the
    planned variance is ``m + (v - m) * n0 / n`` for 'ppi' and 'dsl', and ``v * n0 / n`` for 'gold_only'. It assumes
    that further units are drawn in the same way.

    Examples
    --------
    >>> from analysis.validation import corrected_means, planned_widths
    >>> units = pd.DataFrame({"predicted": [1, 0] * 200})
    >>> units.loc[:99, "gold"] = [1, 0, 1, 0, 0] * 20
    >>> units.loc[:99, "probability"] = 0.25
    >>> planned = planned_widths(corrected_means(units), n=[100, 400])
    >>> planned.query("estimator == 'gold_only'")["width"].round(2).tolist()
    [0.2, 0.1]
    """
    import pandas as pd

    if n is not None and min(n, default=1) < 1:
        raise FramingError("a number of coded units must be at least 1")
    labels = [name for name in ("question", "value") if name in means]
    rows = []
    for key, estimates in _of_the_corpus(means).groupby(labels or (lambda _: 0), sort=False):
        named = dict(zip(labels, key if isinstance(key, tuple) else (key,), strict=False))
        widths = dict(
            zip(estimates["estimator"], estimates["ci95_high"] - estimates["ci95_low"], strict=True)
        )
        for estimate in estimates[estimates["estimator"] != "naive"].to_dict("records"):
            width, coded = widths[estimate["estimator"]], int(estimate["n_coded"])
            if width != width or not coded:
                continue
            measured = widths.get("naive", float("nan"))
            corrects = estimate["estimator"] != "gold_only" and measured == measured
            fixed = min(measured, width) ** 2 if corrects else 0.0
            wanted = n or sorted({min(int(coded * step), int(estimate["n"])) for step in _STEPS})
            rows += [
                {
                    **named,
                    "estimator": estimate["estimator"],
                    "n_coded": number,
                    "width": (fixed + (width**2 - fixed) * coded / number) ** 0.5,
                    "is_planned": number != coded,
                }
                for number in wanted
            ]
    return pd.DataFrame(
        rows, columns=[name for name in COLUMNS if name in labels or name not in ("question", "value")]
    )


def _of_the_corpus(means: pd.DataFrame) -> pd.DataFrame:
    """The rows of all groups together."""
    groups = [name for name in means if name not in ("question", "value", *RESULT)]
    return means[means[groups[0]] == "all"] if groups else means
