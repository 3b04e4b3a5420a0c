"""Differences between groups of articles: do outlets, countries or periods differ, and how certain is it?

Three methods answer two questions. 'articles' tests whether these particular outlets differ in what they publish.
'welch' and 'wild' treat the outlets as a sample of their kind and test whether the kinds differ. Claims such as
"Russian outlets write more about ..." need 'welch' or 'wild', and many outlets.

The tests themselves are in `analysis.compare.inference.group_tests`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from analysis.compare._core.grouping import group_column
from analysis.compare._core.results import result_columns
from analysis.compare._core.weighting import Weight, check_weight, how_weighted
from analysis.compare.inference.family_sums import Families
from analysis.compare.inference.group_tests import (
    Method,
    Pair,
    jackknife_test,
    welch_test,
    wild_bootstrap_test,
)
from analysis.compare.inference.wild_bootstrap import Weights
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OTHERS = "all others"
METHODS = get_args(Method)
COLUMNS = result_columns(
    denominator=("numerator_against", "denominator_against"),
    n=("n_against", "n_outlets", "n_outlets_against"),
    ci95_high=("p",),
)


def differences(
    units: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    method: Method,
    against: str | None = None,
    sample: str = "outlet",
    family: str = "family_id",
    draws: Weights | None = None,
    scale: float = 1,
    weight: Weight = "word",
) -> pd.DataFrame:
    """Compare each group of articles with the others.

    Parameters
    ----------
    units : pandas.DataFrame
        One row per article: article_id, numerator, denominator, as made by `analysis.compare.measures.units`.
        Articles with a denominator of 0 are left out.
    articles : pandas.DataFrame
        The table `articles`.
    by : str
        Column of `articles`, or period, to group by.
    method : {'articles', 'welch', 'wild'}
        'articles': rates over all words of a group; articles are the sample, and a family counts as one (jackknife
        and t). 'welch': means of the outlets' rates; outlets are the sample, with equal weights. 'wild': rates over
        all words; outlets are the sample, with families as a second dimension of clustering (wild cluster
        bootstrap).
    against : str, optional
        Group that the others are compared with. By default, each group is compared with all other articles.
    sample : str, default 'outlet'
        Column whose values are the sample for 'welch' and 'wild'.
    family : str, default 'family_id'
        Column that identifies families of wire copy; 'article_id' to treat all articles as independent.
    draws : {'rademacher', 'webb'}, optional
        Weights of the wild bootstrap.
    scale : float, default 1
        Factor for estimate and bounds: 1,000 for rates per 1,000 words.
    weight : {'word', 'article', 'outlet'}, default 'word'
        What counts equally within each of the two groups; see `analysis.compare._core.weighting`. 'welch' gives
        outlets equal weights in any case; with 'article', the value of an outlet is the mean of its articles.

    Returns
    -------
    pandas.DataFrame
        One row per group: its name in the column `by`, `against`, `numerator`, `denominator`, `numerator_against`,
        `denominator_against`, `n` and `n_against` (articles), `n_outlets`, `n_outlets_against`, `estimate` (the
        difference), `ci95_low`, `ci95_high`, `p`, `method`, and `note` (why there is no interval, or what limits it).
        Numerators and denominators are counts whatever the weight.

    Raises
    ------
    FramingError
        If there is no such column, method, group or weight.

    Examples
    --------
    >>> from analysis.compare import differences, units
    >>> tables = analysis.load_tables("results")
    >>> per_article = units.theme_units(tables, "sanctions", voice="outlet")
    >>> found = differences.differences(
    ...     per_article, tables.articles, by="outlet_country", method="articles", against="Iran", scale=1000
    ... )
    >>> found["against"].unique().tolist(), found["outlet_country"].head(3).tolist()
    (['Iran'], ['Azerbaijan', 'Lebanon', 'Russia'])
    """
    return compare_groups(
        units,
        label_articles(articles, by=by, sample=sample, family=family),
        method=method,
        against=against,
        draws=draws,
        scale=scale,
        weight=weight,
    )


@dataclass(frozen=True)
class Labels:
    """The group, outlet and family of each article, for several comparisons of the same articles.

    Attributes
    ----------
    article_ids : pandas.Index of str
        Sorted.
    by : str
        What the articles are grouped by.
    names : list of str
        Names of the groups, sorted.
    group, outlet, family : numpy.ndarray of int, shape (articles,)
        Codes. Those of groups and outlets are sorted by name.
    """

    article_ids: pd.Index
    by: str
    names: list[str]
    group: np.ndarray
    outlet: np.ndarray
    family: np.ndarray


def label_articles(
    articles: pd.DataFrame, *, by: str, sample: str = "outlet", family: str = "family_id"
) -> Labels:
    """Number the groups, outlets and families of articles; see `differences`.

    Parameters
    ----------
    articles : pandas.DataFrame
        The table `articles`.
    by, sample, family : str
        Columns of `articles`, or periods.

    Returns
    -------
    Labels
    """
    import pandas as pd

    if not articles["article_id"].is_monotonic_increasing:
        articles = articles.sort_values("article_id", kind="stable", ignore_index=True)
    group, names = pd.factorize(group_column(articles, by), sort=True)
    return Labels(
        article_ids=pd.Index(articles["article_id"]),
        by=by,
        names=list(names),
        group=group,
        # the random draws of the wild bootstrap go by the order of the outlets, so it must not depend on the data
        outlet=pd.factorize(group_column(articles, sample), sort=True)[0],
        family=pd.factorize(group_column(articles, family))[0],
    )


def compare_groups(
    units: pd.DataFrame,
    labels: Labels,
    *,
    method: Method,
    against: str | None = None,
    draws: Weights | None = None,
    scale: float = 1,
    weight: Weight = "word",
) -> pd.DataFrame:
    """Compare each group of labelled articles with the others.

    Parameters
    ----------
    units : pandas.DataFrame
        See `differences`.
    labels : Labels
    method, against, draws, scale, weight
        See `differences`.

    Returns
    -------
    pandas.DataFrame
        As `differences`.

    Raises
    ------
    FramingError
        If there is no such method, group or weight.
    """
    import pandas as pd

    if method not in METHODS:
        raise FramingError(f"unknown method '{method}'", remedy=f"choose from: {', '.join(METHODS)}")
    check_weight(weight)
    names = labels.names
    if against is not None and against not in names:
        raise FramingError(
            f"no article has {labels.by} '{against}'", remedy=f"choose from: {', '.join(names)}"
        )
    everything, group = _read(units, labels)
    other = None if against is None else names.index(against)
    test = _tests(everything, group, other, method, weight, draws)
    counts = _counts(everything, group, len(names), other)
    rows = []
    for code, name in enumerate(names):
        if name == against:
            continue
        found = test(code)
        found["method"] = how_weighted(found["method"], weight)
        scaled = {column: scale * found[column] for column in ("estimate", "ci95_low", "ci95_high")}
        rows.append({labels.by: name, "against": against or OTHERS} | counts[code] | found | scaled)
    return pd.DataFrame(rows, columns=[labels.by, "against", *COLUMNS])


def _read(units: pd.DataFrame, labels: Labels) -> tuple[Pair, np.ndarray]:
    """All articles with a denominator above 0, and the group of each."""
    import numpy as np
    import pandas as pd

    ids = pd.Index(units["article_id"])
    place = np.arange(len(ids)) if ids.equals(labels.article_ids) else labels.article_ids.get_indexer(ids)
    kept = np.flatnonzero((place >= 0) & (units["denominator"].to_numpy() > 0))
    kept = kept[np.argsort(place[kept], kind="stable")]
    place = place[kept]
    everything = Pair(
        numerator=units["numerator"].to_numpy(dtype=float)[kept],
        denominator=units["denominator"].to_numpy(dtype=float)[kept],
        outlet=pd.factorize(labels.outlet[place], sort=True)[0],
        family=pd.factorize(labels.family[place])[0],
        inside=np.zeros(len(place), dtype=bool),
    )
    return everything, labels.group[place]


def _tests(
    everything: Pair,
    group: np.ndarray,
    other: int | None,
    method: Method,
    weight: Weight,
    draws: Weights | None,
) -> Callable[[int], dict[str, Any]]:
    """The test of a group, given by its number, against the other."""
    chosen = None if other is None else group == other

    def pair(code: int) -> Pair:
        return everything.select(group == code, chosen).weighted(weight)

    if method == "welch":
        return lambda code: welch_test(pair(code))
    if method == "wild":
        return lambda code: wild_bootstrap_test(pair(code), draws)
    if weight == "outlet":  # the weights of the others are different for each group
        return lambda code: jackknife_test(_families(two := pair(code), two.inside.astype(int)).pair(1))
    families = _families(everything.weighted(weight), group, other)
    return lambda code: jackknife_test(families.pair(code))


def _families(articles: Pair, group: np.ndarray, against: int | None = None) -> Families:
    return Families(articles.numerator, articles.denominator, articles.family, group, against)


def _counts(
    everything: Pair, group: np.ndarray, n_groups: int, other: int | None
) -> list[dict[str, float | int]]:
    """Sums, articles and outlets of each group and of what it is compared with."""
    import numpy as np

    n_outlets = int(everything.outlet.max(initial=-1)) + 1
    of_pair = np.bincount(group * n_outlets + everything.outlet, minlength=n_groups * n_outlets)
    articles = of_pair.reshape(n_groups, n_outlets)  # of each group and outlet
    sums = {
        "numerator": np.bincount(group, everything.numerator, minlength=n_groups),
        "denominator": np.bincount(group, everything.denominator, minlength=n_groups),
        "n": articles.sum(axis=1),
    }
    without = articles.sum(axis=0) - articles if other is None else articles[[other] * n_groups]
    made = []
    for code in range(n_groups):
        row: dict[str, float | int] = {}
        for name, values in sums.items():
            value = values.sum() - values[code] if other is None else values[other]
            row[name], row[f"{name}_against"] = values[code].item(), value.item()
        row["n_outlets"] = int((articles[code] > 0).sum())
        row["n_outlets_against"] = int((without[code] > 0).sum())
        made.append(row)
    return made
