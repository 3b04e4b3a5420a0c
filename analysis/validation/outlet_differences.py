"""Difference of each outlet from all others in the share of articles with a theme, measured and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.counts import distinct
from analysis.compare._core.grouping import group_column
from analysis.compare._core.ratios import places
from analysis.compare._core.theme_hits import shown_themes, theme_hits
from analysis.compare._core.weighting import Weight, check_weight
from analysis.compare.inference.differences import OTHERS
from analysis.validation.correction import corrected_differences
from analysis.validation.validate import CLUSTER

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables
    from analysis.validation.results import Summaries

OUTLETS = "outlet"
SHOWN = 6


def outlet_differences(
    tables: Tables,
    summaries: Summaries | None = None,
    *,
    by: str = OUTLETS,
    weight: Weight = "word",
    at_most: int = SHOWN,
) -> pd.DataFrame:
    """Difference of each outlet from all others in the share of articles with a theme.

    Coded themes come first, then those in most articles. Differences are not used to select themes, since the
    largest of many differences are large partly by chance.

    Parameters
    ----------
    tables : Tables
        With their study.
    summaries : mapping, optional
        Validations of these tables; see `analysis.validation.results.load_summaries`. Coded themes get corrected
        estimates, grouped as in the validation.
    by : str, default 'outlet'
        Column to group by; see `analysis.compare.measures.rates.theme_rates`. Estimates are corrected for outlets and
        for the groups of the validation, which replace outlets.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each article counts equally ('word' and 'article') or each outlet. Equal outlets are not corrected.
    at_most : int, default 6
        Number of themes.

    Returns
    -------
    pandas.DataFrame
        One row per theme, group and estimator: `theme`, `group` (an outlet, or a group of the validation), the
        columns of `analysis.validation.correction.corrected_differences`, and `by` (what the groups are). The
        estimator is 'naive', and also 'gold_only', 'dsl' and 'ppi' for coded themes. The estimate is a
        difference of shares, -1 to 1.
    """
    import pandas as pd

    of_coding, coded = _coded(summaries or {})
    check_weight(weight)
    by, coded = (of_coding, coded) if by in (OUTLETS, of_coding) else (by, {})
    coded = {} if weight == "outlet" else coded
    present = _present(tables)
    frequent = present["theme"].value_counts()
    known = sorted(shown_themes(tables), key=lambda theme: (theme not in coded, -frequent[theme], theme))[
        :at_most
    ]
    parts = [
        coded[theme] if theme in coded else _naive(tables, present, theme, by, weight) for theme in known
    ]
    if not parts:
        return pd.DataFrame(columns=["theme", "group", "numerator"])
    return pd.concat(parts, ignore_index=True).assign(by=by)


def _coded(summaries: Summaries) -> tuple[str, dict[str, pd.DataFrame]]:
    """Grouping column of a validation of themes, and its differences by theme."""
    saved = summaries.get("themes", {}).get("differences")
    if saved is None or saved.empty:
        return OUTLETS, {}
    by = str(saved.columns[list(saved.columns).index("value") + 1])
    named = saved.rename(columns={"question": "theme", by: "group"}).drop(columns="value")
    return by, {str(theme): rows.astype({"group": "str"}) for theme, rows in named.groupby("theme")}


def _present(tables: Tables) -> pd.DataFrame:
    return theme_hits(tables)[["article_id", "theme"]].drop_duplicates()


def _naive(tables: Tables, present: pd.DataFrame, theme: str, by: str, weight: Weight) -> pd.DataFrame:
    """Differences without correction for measurement error."""
    import numpy as np
    import pandas as pd

    articles = tables.metadata
    having = present.loc[present["theme"] == theme, "article_id"]
    predicted = np.zeros(len(articles))
    place = places(pd.Index(articles["article_id"]), having)
    predicted[place[place >= 0]] = 1
    units = articles[["article_id", CLUSTER, "outlet"]].assign(
        predicted=predicted,
        gold=np.nan,
        probability=np.nan,
        group=group_column(articles, by),
    )
    if weight == "outlet":
        made = pd.concat([_of_equal_outlets(units, name) for name in distinct(units["group"])])
    else:
        made = corrected_differences(units, by="group", cluster=CLUSTER, estimators=["naive"])
    naive = made.reset_index(drop=True)
    naive.insert(0, "theme", theme)
    return naive


def _of_equal_outlets(units: pd.DataFrame, name: str) -> pd.DataFrame:
    """Difference of one group from all others, in both of which each outlet counts equally."""
    two = units.assign(group=units["group"].where(units["group"] == name, OTHERS))
    sizes = 1 / two.groupby(["group", "outlet"], observed=True)["group"].transform("size")
    return corrected_differences(
        two.assign(size=sizes, gold_size=sizes),
        by="group",
        against=OTHERS if (two["group"] == OTHERS).any() else None,
        cluster=CLUSTER,
        size="size",
        estimators=["naive"],
    )
