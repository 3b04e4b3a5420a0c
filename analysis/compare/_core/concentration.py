"""How much of an estimate rests on a single outlet.

The estimate is computed again without each outlet, one at a time (jackknife over outlets). One outlet may hold most
of the hits in a corpus although it has few of its articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.corpus import is_unknown_outlet

if TYPE_CHECKING:
    import numpy as np

CONCENTRATION_COLUMNS = ("top_outlet", "top_outlet_share", "without_outlet_low", "without_outlet_high")
NO_CONCENTRATION: dict[str, Any] = dict(zip(CONCENTRATION_COLUMNS, ("", *[float("nan")] * 3), strict=True))
LARGE_SHARE = 1 / 3
"""The share of one outlet in what is counted above which results are said to depend on it."""


def concentration(
    numerators: np.ndarray,
    denominators: np.ndarray,
    outlets: np.ndarray,
    names: np.ndarray,
    *,
    scale: float = 1,
) -> list[dict[str, Any]]:
    """The largest outlet of each item, and the range of the estimates without one outlet.

    Parameters
    ----------
    numerators : numpy.ndarray of float, shape (articles, items)
        Multiplied by the weights of the articles.
    denominators : numpy.ndarray of float, shape (articles,)
        Multiplied by the weights of the articles; above 0.
    outlets : numpy.ndarray of int, shape (articles,)
    names : numpy.ndarray of str
        Names of the outlets by number.
    scale : float, default 1
        Factor for estimates.

    Returns
    -------
    list of dict
        One per item, with a value for each of `CONCENTRATION_COLUMNS`: the outlet with the largest share of what is
        counted, this share, and the lowest and highest estimate without one outlet. What is counted are the
        numerators (hits, words of a side), or the denominators where numerators are signed (acts, tone) or all 0.
        An unknown outlet is never the largest, since it may be several. Empty if there are fewer than two outlets.
    """
    import numpy as np

    present = np.flatnonzero(np.bincount(outlets))
    known = _known(names[present])
    if len(present) < 2 or not known.any():
        return [NO_CONCENTRATION] * numerators.shape[1]
    codes = np.zeros(present[-1] + 1, dtype=np.intp)
    codes[present] = np.arange(len(present))
    codes = codes[outlets]
    bottoms = np.bincount(codes, denominators)
    rest = bottoms.sum() - bottoms
    made = []
    for item in numerators.T:
        tops = np.bincount(codes, item)
        without = scale * (tops.sum() - tops) / rest
        counted = tops if item.min() >= 0 and item.max() > 0 else bottoms
        made.append(_row(counted, without, names[present], known))
    return made


def concentration_of_difference(
    one: tuple[np.ndarray, np.ndarray],
    other: tuple[np.ndarray, np.ndarray],
    outlets: np.ndarray,
    names: np.ndarray,
    *,
    scale: float = 1,
) -> dict[str, Any]:
    """The largest outlet of a difference between two ratios, and the range of the differences without one outlet.

    Parameters
    ----------
    one, other : (numerators, denominators), each of shape (articles,)
        The two ratios, multiplied by the weights of the articles; 0 where an article is in the other group.
    outlets, names, scale
        As for `concentration`.

    Returns
    -------
    dict
        As a row of `concentration`. What is counted is counted in both ratios together. An outlet without which one
        of the two ratios has no articles is left out of the range.
    """
    import numpy as np

    present, codes = np.unique(outlets, return_inverse=True)
    sums = [[np.bincount(codes, values) for values in part] for part in (one, other)]
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = [(top.sum() - top) / (bottom.sum() - bottom) for top, bottom in sums]
    without = scale * (rates[0] - rates[1])
    without, known = without[np.isfinite(without)], _known(names[present])
    if len(present) < 2 or not len(without) or not known.any():
        return NO_CONCENTRATION
    (tops, bottoms), (tops_other, bottoms_other) = sums
    signed = any(part[0].min() < 0 for part in (one, other))
    counted = tops + tops_other
    counted = bottoms + bottoms_other if signed or not counted.any() else counted
    return _row(counted, without, names[present], known)


def _known(names: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.array([not is_unknown_outlet(str(name)) for name in names], dtype=bool)


def _row(counted: np.ndarray, without: np.ndarray, names: np.ndarray, known: np.ndarray) -> dict[str, Any]:
    """The columns of concentration, given what each outlet counts and the estimates without one outlet."""
    import numpy as np

    shares = counted / counted.sum()
    top = int(np.argmax(np.where(known, np.round(shares, 12), -1.0)))  # the first of equal ones
    values = (str(names[top]), float(shares[top]), float(without.min()), float(without.max()))
    return dict(zip(CONCENTRATION_COLUMNS, values, strict=True))


def rests_on_one_outlet(row: Mapping[Any, Any]) -> bool:
    """Whether one outlet has more than a third of what a row of a result counts."""
    return bool(row["top_outlet_share"] > LARGE_SHARE)


def concentration_note(row: Mapping[Any, Any], *, scale: float = 1, digits: int = 0, unit: str = "") -> str:
    """A sentence on the outlet that has most of what a row of a result counts; empty for a single outlet.

    Parameters
    ----------
    row : mapping
        A row of a result, with `CONCENTRATION_COLUMNS`.
    scale : float, default 1
        100 for per cent.
    digits : int, default 0
        Decimals of the range.
    unit : str
        Printed after the range.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"top_outlet": "Post", "top_outlet_share": 0.4, "without_outlet_low": 0.1, "without_outlet_high": 0.3}
    >>> concentration_note(row, scale=100, unit=" %")
    'It depends on one outlet: Post has 40 % of what is counted. Without one outlet: 10 to 30 %.'
    """
    if not row["top_outlet"]:
        return ""
    outlet, share = row["top_outlet"], f"has {100 * row['top_outlet_share']:.0f} % of what is counted."
    ends = (scale * row[f"without_outlet_{end}"] for end in ("low", "high"))
    low, high = (f"{end:.{digits}f}".replace("-", "−") for end in ends)
    start = (
        f"It depends on one outlet: {outlet}"
        if rests_on_one_outlet(row)
        else f"The largest outlet, {outlet},"
    )
    return f"{start} {share} Without one outlet: {low} to {high}{unit}."
