"""Share of each side among the attributed words of each outlet: measured, with bounds, and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compare._core.weighting import Weight
from analysis.compare.measures.rates import quoted_shares
from analysis.compare.measures.unknown_sides import with_bounds
from analysis.validation.validate import SHARE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables
    from analysis.validation.results import Summaries

OUTLETS = "outlet"


def outlet_shares(
    tables: Tables, summaries: Summaries | None = None, *, by: str = OUTLETS, weight: Weight = "word"
) -> pd.DataFrame:
    """Share of each side among the attributed words of each outlet, measured and corrected with coding.

    Parameters
    ----------
    tables : Tables
    summaries : mapping, optional
        Validations of these tables; see `analysis.validation.results.load_summaries`. A validation of the task
        'sides' by outlet adds corrected estimates. They cover false quotes and wrong or unknown sides of the quotes
        that the toolkit found, but not quotes that it missed.
    by : str, default 'outlet'
        Column to group by; see `analysis.compare.measures.rates.theme_rates`. Only outlets are corrected.
    weight : {'word', 'article', 'outlet'}, default 'word'
        See `analysis.compare.measures.rates.theme_rates`. Only shares by word are corrected.

    Returns
    -------
    pandas.DataFrame
        One row per outlet, side and estimator: `outlet`, `side`, `estimator`, the columns of
        `analysis.compare.measures.rates.quoted_shares`, those of
        `analysis.compare.measures.unknown_sides.with_bounds` (for the estimator 'naive'), and `n_coded`. The
        estimator is 'naive', and also 'gold_only', 'ppi' and 'dsl' with coding. With coding, the side
        'unattributed' has the words whose side cannot be known from the article.
    """
    import pandas as pd

    naive = with_bounds(quoted_shares(tables, by=[by], weight=weight))
    naive.insert(2, "estimator", "naive")
    coded = _coded(summaries or {}) if (by, weight) == (OUTLETS, "word") else None
    if coded is None:
        return naive.assign(n_coded=0)
    return pd.concat(
        [naive.assign(n_coded=0), coded.reindex(columns=[*naive.columns, "n_coded"])]
    ).reset_index(drop=True)


def _coded(summaries: Summaries) -> pd.DataFrame | None:
    """Corrected shares of a validation of sides by outlet, None if there is none."""
    means = summaries.get("sides", {}).get("means")
    if means is None or means.empty or OUTLETS not in means:
        return None
    named = means[(means["question"] == "side") & means["value"].str.startswith(SHARE)]
    named = named[(named[OUTLETS] != "all") & (named["estimator"] != "naive")]
    return named.assign(side=named["value"].str.removeprefix(SHARE), note=named["note"].fillna(""))
