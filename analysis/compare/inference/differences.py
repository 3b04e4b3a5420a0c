"""Differences between groups of articles: do outlets, countries or periods differ, and how certain is it?

Three methods answer two questions. 'articles' tests whether these particular outlets differ in what they publish.
'welch' and 'wild' treat the outlets as a sample of their kind and test whether the kinds differ. Claims such as
"Russian outlets write more about ..." need 'welch' or 'wild', and many outlets.

The tests themselves are in `analysis.compare.inference.group_tests`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import group_column
from analysis.compare._core.results import result_columns
from analysis.compare._core.weighting import Weight, check_weight, how_weighted
from analysis.compare.inference.group_tests import METHODS, Method, Pair, n_distinct, without_interval
from analysis.compare.inference.wild_bootstrap import Weights
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OTHERS = "all others"
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
    import pandas as pd

    if method not in METHODS:
        raise FramingError(f"unknown method '{method}'", remedy=f"choose from: {', '.join(METHODS)}")
    check_weight(weight)
    names = sorted(set(group_column(articles, by)))
    if against is not None and against not in names:
        raise FramingError(f"no article has {by} '{against}'", remedy=f"choose from: {', '.join(names)}")
    everything, groups = _read(units, articles, by, sample, family)
    codes = pd.Index(names, dtype="str").get_indexer(groups)
    other = None if against is None else codes == names.index(against)
    rows = []
    for code, name in enumerate(names):
        if name == against:
            continue
        pair = everything.select(codes == code, other)
        weighted = pair.weighted(weight)
        test = without_interval(weighted, method) or METHODS[method](weighted, draws)
        test["method"] = how_weighted(test["method"], weight)
        scaled = {column: scale * test[column] for column in ("estimate", "ci95_low", "ci95_high")}
        rows.append({by: name, "against": against or OTHERS} | _counts(pair) | test | scaled)
    return pd.DataFrame(rows, columns=[by, "against", *COLUMNS])


def _read(
    units: pd.DataFrame, articles: pd.DataFrame, by: str, sample: str, family: str
) -> tuple[Pair, pd.Index]:
    """All articles with a denominator above 0, and the group of each."""
    import numpy as np
    import pandas as pd

    labels = articles[["article_id"]].assign(
        group=group_column(articles, by),
        outlet=group_column(articles, sample),
        family=group_column(articles, family),
    )
    data = units[units["denominator"] > 0].merge(labels, on="article_id", validate="one_to_one")
    if not data["article_id"].is_monotonic_increasing:
        data = data.sort_values("article_id", kind="stable", ignore_index=True)

    def codes(name: str) -> np.ndarray:
        # the random draws of the wild bootstrap go by the order of the outlets, so it must not depend on the data
        return pd.factorize(data[name], sort=name == "outlet")[0]

    everything = Pair(
        numerator=data["numerator"].to_numpy(dtype=float),
        denominator=data["denominator"].to_numpy(dtype=float),
        outlet=codes("outlet"),
        family=codes("family"),
        inside=np.zeros(len(data), dtype=bool),
    )
    return everything, pd.Index(data["group"])


def _counts(pair: Pair) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for suffix, part in zip(("", "_against"), pair.parts(), strict=True):
        counts[f"numerator{suffix}"] = float(pair.numerator[part].sum())
        counts[f"denominator{suffix}"] = float(pair.denominator[part].sum())
        counts[f"n{suffix}"] = int(part.sum())
        counts[f"n_outlets{suffix}"] = n_distinct(pair.outlet[part])
    return counts
