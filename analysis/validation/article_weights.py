"""How much measured and coded articles count in corrected estimates.

If outlets count equally, each coded outlet has one vote, however many of its articles were coded and however much
readers found in them. Coded articles stand for the other articles of their outlet in the same stratum, and outlets
with coded articles for those outlets of the stratum that have none (poststratification; Kish 1965).

References
----------
Kish (1965), Survey Sampling. Wiley.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.weighting import Weight, check_weight

if TYPE_CHECKING:
    import pandas as pd


def weigh_articles(
    units: pd.DataFrame, *, strata: str, by: Sequence[str] = (), weight: Weight = "word"
) -> pd.DataFrame:
    """Values, sizes and sampling probabilities of articles.

    Parameters
    ----------
    units : pandas.DataFrame
        One row per article: outlet, numerator and denominator as measured, numerator_coded and denominator_coded
        (missing for articles that nobody coded), and the columns of `strata` and `by`.
    strata : str
        Column with the groups within which articles were chosen for coding.
    by : sequence of str
        Columns whose groups are estimated. If outlets count equally, they do so in each group.
    weight : {'word', 'article', 'outlet'}, default 'word'

    Returns
    -------
    pandas.DataFrame
        predicted, gold, probability, size and gold_size; see `analysis.validation.corrected_means`. The probability
        is the share of the stratum that was coded. If outlets count equally, it is the coded share of the outlet's
        denominators in the stratum, times the share of the stratum's votes of outlets that have coded articles.

    Raises
    ------
    FramingError
        The weight is unknown.
    """
    import pandas as pd

    check_weight(weight)
    size, gold_size = units["denominator"], units["denominator_coded"]
    coded = gold_size.notna()
    found = pd.DataFrame(
        {
            "predicted": _ratio(units["numerator"], size),
            "gold": _ratio(units["numerator_coded"], gold_size).where(coded),
        }
    )
    if weight == "outlet":
        return found.assign(**_of_equal_outlets(units, coded, strata, by))
    if weight == "article":
        size, gold_size = (size > 0).astype(float), (gold_size > 0).astype(float).where(coded)
    share = coded.groupby(units[strata]).transform("mean")
    return found.assign(probability=share.where(coded), size=size, gold_size=gold_size)


def _of_equal_outlets(
    units: pd.DataFrame, coded: pd.Series, strata: str, by: Sequence[str]
) -> dict[str, pd.Series]:
    group = [units[name] for name in by]
    outlet, stratum = [*group, units["outlet"]], [*group, units[strata]]
    cell = [*outlet, units[strata]]
    size = _ratio(units["denominator"], _sums(units["denominator"], outlet))
    share = _ratio(_sums(size.where(coded, 0.0), cell), _sums(size, cell))
    # Where the coded articles were measured to hold nothing, their number counts.
    share = share.where(share > 0, coded.groupby(cell).transform("mean"))
    has_coded = coded.groupby(cell).transform("any")
    represented = _ratio(_sums(size.where(has_coded, 0.0), stratum), _sums(size, stratum))
    represented = represented.where(represented > 0, 1.0)
    gold = units["denominator_coded"]
    return {
        "probability": (share * represented).where(coded).clip(upper=1.0),  # sums of shares are rounded
        "size": size,
        "gold_size": _ratio(gold, _sums(gold / share, outlet)).where(coded),
    }


def _sums(values: pd.Series, groups: Sequence[pd.Series]) -> pd.Series:
    """The sum of each row's group."""
    return values.groupby(list(groups)).transform("sum")


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    return (above / below.where(below != 0)).fillna(0.0)
