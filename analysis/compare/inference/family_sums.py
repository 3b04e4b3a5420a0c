"""Sums of families of articles in two groups: what a jackknife over families is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class FamilySums:
    """Sums of families of articles in two groups. Families with the same sums may share a row.

    Attributes
    ----------
    tops, bottoms : numpy.ndarray of float, shape (2, rows)
        Sums of numerators and denominators in the first and in the second group; 0 where it has no article.
    count : numpy.ndarray of float, shape (rows,)
        How many families have these sums.
    """

    tops: np.ndarray
    bottoms: np.ndarray
    count: np.ndarray

    def ratios(self) -> np.ndarray:
        """Ratio of the sums of each group; NaN for an empty group; shape (2,)."""
        import numpy as np

        with np.errstate(invalid="ignore"):
            return self.tops @ self.count / (self.bottoms @ self.count)

    def difference(self) -> float:
        """Difference of the two ratios of sums; NaN if a group is empty."""
        first, second = self.ratios()
        return float(first - second)

    def effective_sizes(self) -> list[float]:
        """Effective number of families in each group (Kish 1965)."""
        squares = self.bottoms**2 @ self.count
        sums = self.bottoms @ self.count
        return [float(a) ** 2 / float(b) if b > 0 else 0.0 for a, b in zip(sums, squares, strict=True)]


class Families:
    """The families of all articles, from which the sums of any group and of all others are made quickly.

    Parameters
    ----------
    numerator, denominator : numpy.ndarray of float, shape (articles,)
        Denominators are above 0.
    family, group : numpy.ndarray of int, shape (articles,)
    against : int, optional
        Group that each is compared with; all other articles if not given.

    Notes
    -----
    Families outside of a group are counted by their pair of sums, since a large corpus has few distinct ones. The
    time for a comparison then depends on the articles of the group.
    """

    def __init__(
        self,
        numerator: np.ndarray,
        denominator: np.ndarray,
        family: np.ndarray,
        group: np.ndarray,
        against: int | None = None,
    ) -> None:
        import numpy as np

        self._numerator, self._denominator, self._family = numerator, denominator, family
        self._against = against
        self._order = np.argsort(group, kind="stable")
        self._group = group[self._order]
        n = int(family.max(initial=-1)) + 1
        other = slice(None) if against is None else group == against
        self._sizes = np.bincount(family[other], minlength=n)
        self._tops = np.bincount(family[other], numerator[other], minlength=n)
        self._bottoms = np.bincount(family[other], denominator[other], minlength=n)
        self._kind, first = _distinct_pairs(self._tops, self._bottoms)
        self._kinds = self._tops[first], self._bottoms[first]
        self._count = np.bincount(self._kind[self._sizes > 0], minlength=len(first))

    def pair(self, group: int) -> FamilySums:
        """The sums of the families in a group and in the other."""
        import numpy as np

        first, last = np.searchsorted(self._group, [group, group + 1])
        inside = self._order[first:last]
        family, place = np.unique(self._family[inside], return_inverse=True)
        tops = np.bincount(place, self._numerator[inside], minlength=len(family))
        bottoms = np.bincount(place, self._denominator[inside], minlength=len(family))
        other_tops, other_bottoms = self._tops[family], self._bottoms[family]
        if self._against is None:
            partly = np.bincount(place, minlength=len(family)) < self._sizes[family]
            other_tops = np.where(partly, other_tops - tops, 0.0)
            other_bottoms = np.where(partly, other_bottoms - bottoms, 0.0)
        there = self._kind[family][self._sizes[family] > 0]
        count = self._count - np.bincount(there, minlength=len(self._count))
        rest_tops, rest_bottoms = (values[count > 0] for values in self._kinds)
        nothing = np.zeros(len(rest_tops))
        return FamilySums(
            tops=np.stack([np.r_[tops, nothing], np.r_[other_tops, rest_tops]]),
            bottoms=np.stack([np.r_[bottoms, nothing], np.r_[other_bottoms, rest_bottoms]]),
            count=np.r_[np.ones(len(family)), count[count > 0]].astype(float),
        )


def _distinct_pairs(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number of the pair of values at each place, and a place of each pair."""
    import numpy as np
    import pandas as pd

    first, second = pd.factorize(one)[0].astype(np.int64), pd.factorize(other)[0]
    kind, pairs = pd.factorize(first * (second.max(initial=0) + 1) + second)
    place = np.empty(len(pairs), dtype=np.intp)
    place[kind[::-1]] = np.arange(len(kind))[::-1]
    return kind, place
