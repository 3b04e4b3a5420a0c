"""How far each outlet's share of articles with a theme lies from the others', as measured and as put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_column
from analysis.compare._core.theme_hits import theme_hits
from analysis.validation.correction import corrected_differences
from analysis.validation.validate import CLUSTER

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables
    from analysis.validation.results import Summaries

OUTLETS = "outlet"
SHOWN = 6
ISSUE = "issue"


def outlet_differences(
    tables: Tables,
    summaries: Summaries | None = None,
    *,
    at_most: int = SHOWN,
) -> pd.DataFrame:
    """Differences of outlets, or of other groups, from all others in the share of articles with a theme.

    Parameters
    ----------
    tables : Tables
        With their study.
    summaries : mapping, optional
        Validations of these tables, as `analysis.validation.results.load_summaries` gives them. The themes that
        were coded by hand there come with the estimates that the coding puts right, by what the validation went by.
    at_most : int, default 6
        Themes: those coded by hand first, then those in most articles. What an outlet does with them does not choose
        them, since the widest of many differences are wide by chance, too.

    Returns
    -------
    pandas.DataFrame
        `theme`, `group` (an outlet, or what the validation went by: see `by`), `estimator` ('naive', and 'gold_only',
        'dsl' and 'ppi' for themes that were coded), then as `analysis.validation.correction.corrected_differences`:
        numerator, denominator and n of the group and of the others, n_coded, estimate (a difference of shares, -1 to
        1) with interval, method, note.
    """
    import pandas as pd

    by, coded = _coded(summaries or {})
    present = _present(tables)
    frequent = present.groupby("theme")["article_id"].nunique()
    known = [theme for theme in frequent.index if tables.study_or_error().theme_groups[theme] == ISSUE]
    known = sorted(known, key=lambda theme: (theme not in coded, -frequent[theme], theme))[:at_most]
    parts = [coded[theme] if theme in coded else _naive(tables, present, theme, by) for theme in known]
    if not parts:
        return pd.DataFrame(columns=["theme", "group", "numerator"])
    return pd.concat(parts, ignore_index=True).assign(by=by)


def _coded(summaries: Summaries) -> tuple[str, dict[str, pd.DataFrame]]:
    """What was compared in a validation of themes, and by theme what it says."""
    saved = summaries.get("themes", {}).get("differences")
    if saved is None or saved.empty:
        return OUTLETS, {}
    by = str(saved.columns[list(saved.columns).index("value") + 1])
    named = saved.rename(columns={"question": "theme", by: "group"}).drop(columns="value")
    return by, {str(theme): rows.astype({"group": "str"}) for theme, rows in named.groupby("theme")}


def _present(tables: Tables) -> pd.DataFrame:
    return theme_hits(tables)[["article_id", "theme"]].drop_duplicates()


def _naive(tables: Tables, present: pd.DataFrame, theme: str, by: str) -> pd.DataFrame:
    """The differences as measured, with nothing known of the errors of the measurement."""
    import numpy as np

    articles = tables.articles
    having = set(present.loc[present["theme"] == theme, "article_id"])
    units = articles[["article_id", CLUSTER]].assign(
        predicted=articles["article_id"].isin(having).astype(float),
        gold=np.nan,
        probability=np.nan,
        group=group_column(articles, by),
    )
    made = corrected_differences(units, by="group", cluster=CLUSTER)
    naive = made[made["estimator"] == "naive"].reset_index(drop=True)
    naive.insert(0, "theme", theme)
    return naive
