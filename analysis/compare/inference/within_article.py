"""Contrasts within the same articles: attributed against own words, and one side's share against another's.

The two things compared come from the same articles, so that the tests for two groups
(`analysis.compare.inference.differences`)
do not fit: what is resampled is the article with both. Interval and p value rest on the jackknife over families of
near-identical articles, as in `analysis.compare.inference.group_tests`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from analysis.compare._core.grouping import format_count, group_articles
from analysis.compare._core.intervals import (
    MINIMUM_CLUSTERS,
    MINIMUM_EFFECTIVE,
    kish_effective_n,
    t_quantile,
    t_test_p,
)
from analysis.compare._core.ratios import counts_matrix
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import QUOTED, SPLIT, by_voice
from analysis.compare.inference.group_tests import FEW_WITH_HITS, clip_to_shares, jackknife_changes
from analysis.compare.inference.multiple_testing import adjust
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.tables import Tables

FAMILY = "family_id"
COLUMNS = (
    "numerator", "denominator", "numerator_against", "denominator_against", "n", "estimate", "ci95_low", "ci95_high",
    "p", "method", "note",
)  # fmt: skip


def theme_contrasts(tables: Tables, *, themes: Iterable[str] | None = None) -> pd.DataFrame:
    """Rate of each theme in the words that outlets attribute, less its rate in their own words.

    Parameters
    ----------
    tables : Tables
    themes : iterable of str, optional
        By default all that have a hit.

    Returns
    -------
    pandas.DataFrame
        One row per theme: `numerator` hits and `denominator` words of the attributed words, the same with `_against`
        for the outlets' own, `n` articles that have either, `estimate` (difference in hits per 1,000 words),
        `ci95_low`, `ci95_high`, `p`, `method`, `note` (why there is no interval); `p_bh` and `n_tests`:
        Benjamini-Hochberg over the themes.
    """
    hits = theme_hits(tables)
    names = sorted(set(hits["theme"])) if themes is None else list(themes)
    groups = group_articles(tables.articles, cluster=FAMILY)
    counted = {
        label["voice"]: (counts_matrix(groups, chosen, "theme", names), words)
        for label, chosen, words in by_voice(tables, groups, hits, SPLIT)
    }
    (quoted, quoted_words), (own, own_words) = counted[QUOTED], counted[OUTLET]
    rows = []
    for place, name in enumerate(names):
        pair = (quoted[:, place], quoted_words), (own[:, place], own_words)
        rows.append({"theme": name} | _contrast(*pair, groups.clusters, scale=1000))
    return adjust(_table(rows, ["theme"]))


def side_contrast(tables: Tables, side: str, against: str) -> pd.DataFrame:
    """Share of the attributed words that one side has, less the share of another.

    Parameters
    ----------
    tables : Tables
    side, against : str

    Returns
    -------
    pandas.DataFrame
        One row: `side`, `against`, then the columns of `theme_contrasts`; `numerator` words of the side,
        `denominator` all attributed words, `estimate` the difference of the shares, from -1 to 1.
    """
    quoted = tables.tones[tables.tones["voice"] != OUTLET]
    groups = group_articles(tables.articles, cluster=FAMILY)
    words = counts_matrix(groups, quoted.assign(_all=""), "_all", [""], weight="n_words")[:, 0]
    parts = counts_matrix(groups, quoted, "voice", [side, against], weight="n_words")
    made = _contrast((parts[:, 0], words), (parts[:, 1], words), groups.clusters, scale=1)
    return clip_to_shares(_table([{"side": side, "against": against} | made], ["side", "against"]))


def _contrast(
    one: tuple[np.ndarray, np.ndarray],
    other: tuple[np.ndarray, np.ndarray],
    clusters: np.ndarray,
    *,
    scale: float,
) -> dict[str, Any]:
    """Each of the two is a numerator and a denominator by article."""
    import numpy as np

    (x, y), (x_other, y_other) = (
        tuple(np.bincount(clusters, values, minlength=1) for values in part) for part in (one, other)
    )
    there = one[1] + other[1] > 0
    row: dict[str, Any] = {
        "numerator": x.sum(), "denominator": y.sum(), "numerator_against": x_other.sum(),
        "denominator_against": y_other.sum(), "n": int(there.sum()), "method": "difference; no interval",
    }  # fmt: skip
    if not (y.sum() and y_other.sum()):
        return row | {"note": "no interval: no words on one of the two sides"}
    estimate = x.sum() / y.sum() - x_other.sum() / y_other.sum()
    row["estimate"] = scale * estimate
    if reason := _refusal(x, y, x_other, y_other):
        return row | {"note": f"no interval: {reason}"}
    changes = jackknife_changes(x, y) - jackknife_changes(x_other, y_other)
    error = float((changes**2).sum()) ** 0.5
    if not error > 1e-12 * float(max((x / np.maximum(y, 1)).max(), (x_other / np.maximum(y_other, 1)).max())):
        return row | {"note": "no interval: the same in all articles"}
    freedom = min(kish_effective_n(y), kish_effective_n(y_other)) - 1
    half = t_quantile(freedom) * error
    return row | {
        "ci95_low": scale * (estimate - half),
        "ci95_high": scale * (estimate + half),
        "p": t_test_p(estimate / error, freedom),
        "method": f"jackknife over {int(((y > 0) | (y_other > 0)).sum())} families, both in the same articles",
        "note": "",
    }


def _refusal(x: np.ndarray, y: np.ndarray, x_other: np.ndarray, y_other: np.ndarray) -> str:
    clusters = int(min((y > 0).sum(), (y_other > 0).sum()))
    if clusters < MINIMUM_CLUSTERS:
        return (
            f"{format_count(clusters, 'articles')} with reprints as one, at least {MINIMUM_CLUSTERS} needed"
        )
    if min(kish_effective_n(y), kish_effective_n(y_other)) < MINIMUM_EFFECTIVE:
        return "a few articles or stories make most of the words"
    if (hits := int(min((x > 0).sum(), (x_other > 0).sum()))) < FEW_WITH_HITS:
        return f"only {format_count(hits, 'articles')} with a hit in one of the two, at least {FEW_WITH_HITS} needed"
    return ""


def _table(rows: list[dict[str, Any]], first: list[str]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(rows, columns=[*first, *COLUMNS])
    return table.astype(dict.fromkeys(("estimate", "ci95_low", "ci95_high", "p"), "float64"))
