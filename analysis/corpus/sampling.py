"""Stratified random samples that keep the probability with which each article was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd


def sample(
    articles: pd.DataFrame, n: int, *, by: str | Sequence[str] | None = None, seed: int = 0
) -> pd.DataFrame:
    """Draw articles at random within strata, in proportion to the strata's sizes, at least one from each.

    Parameters
    ----------
    articles : pandas.DataFrame
        The `articles` table, or one with further columns to stratify by.
    n : int
        Articles to draw; all of them if there are no more.
    by : str or sequence of str, optional
        Columns whose values make the strata, such as "outlet"; a missing value is a stratum of its own.
    seed : int
        Same articles, in whatever order, and same seed: same sample.

    Returns
    -------
    pandas.DataFrame
        Rows of `articles` sorted by `article_id`, with the columns `stratum` and `sampling_probability`: articles
        drawn from the stratum by articles in it. The inverse weighs an article up to its stratum (Horvitz and
        Thompson 1952).

    Raises
    ------
    FramingError
        Fewer articles are asked for than there are strata, so that some could not be drawn at all, or a column to
        stratify by does not exist.

    Examples
    --------
    >>> from analysis.corpus import sample
    >>> articles = analysis.read_articles("data/articles")
    >>> drawn = sample(articles, 16, by="outlet", seed=1)
    >>> len(drawn), drawn["outlet"].nunique()
    (16, 8)
    """
    import numpy as np

    ordered = articles.sort_values("article_id", kind="stable", ignore_index=True)
    columns = [by] if isinstance(by, str) else list(by or ())
    strata = _strata(ordered, columns)
    names, members = np.unique(strata, return_inverse=True)
    sizes = np.bincount(members, minlength=len(names))
    if n < len(names):
        named = f" ({' and '.join(columns)})" if columns else ""
        raise FramingError(
            f"a sample of {n} cannot cover {len(names)} strata{named}",
            remedy=f"draw at least {len(names)}, or choose a column with fewer values or none (--by)",
        )
    drawn_per_stratum = _allocate(sizes, min(n, len(ordered)))
    rng = np.random.default_rng(seed)
    drawn = [
        rng.choice(np.flatnonzero(members == number), size=count, replace=False)
        for number, count in enumerate(drawn_per_stratum)
    ]
    places = np.sort(np.concatenate(drawn)) if drawn else np.array([], dtype=np.intp)
    chosen = ordered.iloc[places].reset_index(drop=True)
    share = drawn_per_stratum / sizes
    return chosen.assign(stratum=strata[places], sampling_probability=share[members[places]])


def _strata(articles: pd.DataFrame, columns: list[str]) -> npt.NDArray[np.object_]:
    import numpy as np

    for column in columns:
        if column not in articles:
            raise FramingError(
                f"there is no column '{column}' to stratify by",
                remedy=f"columns: {', '.join(articles.columns)}",
            )
    if not columns:
        return np.full(len(articles), "all", dtype=object)
    parts = [articles[column].astype("object") for column in columns]
    labels = [part.where(part.notna(), "(none)").astype(str).to_list() for part in parts]
    return np.array([" | ".join(values) for values in zip(*labels, strict=True)], dtype=object)


def _allocate(sizes: npt.NDArray[np.intp], n: int) -> npt.NDArray[np.intp]:
    """Articles per stratum: one each, the rest by largest remainder, never more than there are."""
    import numpy as np

    counts = np.ones_like(sizes)
    while (left := n - int(counts.sum())) > 0:
        room = sizes - counts
        wanted = np.clip(sizes / sizes.sum() * n - counts, 0, room)
        if not wanted.any():
            wanted = room.astype(float)
        step = np.minimum(np.floor(wanted * min(1.0, left / wanted.sum())).astype(sizes.dtype), room)
        if not step.any():
            # largest share first; of equal shares the stratum that comes first by name
            first = np.lexsort((np.arange(len(sizes)), -wanted))[: min(left, int((wanted > 0).sum()))]
            step[first] = 1
        counts += step
    return counts
