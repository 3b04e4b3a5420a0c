"""Contrasts within the same articles: attributed against own words, or one side's share against another's.

Both quantities come from the same articles, so the tests for two groups
(`analysis.compare.inference.differences`) do not apply. The sampling unit is the article with both quantities.
Interval and p value come from a delete-one jackknife over families (Cochran 1977), as in
`analysis.compare.inference.group_tests`.

References
----------
Cochran (1977), Sampling Techniques, chapter 6 (ratio estimators, jackknife).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from analysis.compare._core.concentration import (
    CONCENTRATION_COLUMNS,
    NO_CONCENTRATION,
    concentration_of_difference,
)
from analysis.compare._core.counts import COUNT, distinct, voice_words
from analysis.compare._core.grouping import format_count, group_articles
from analysis.compare._core.intervals import (
    MINIMUM_CLUSTERS,
    MINIMUM_EFFECTIVE,
    kish_effective_n,
    t_quantile,
    t_test_p,
)
from analysis.compare._core.ratios import counts_matrix, totals
from analysis.compare._core.results import result_columns
from analysis.compare._core.theme_hits import chosen_themes, theme_hits
from analysis.compare._core.voices import QUOTED, SPLIT, rows_and_words_by_voice
from analysis.compare._core.weighting import Weight, article_weights, how_weighted
from analysis.compare.inference.group_tests import MINIMUM_WITH_HITS, clip_to_shares, jackknife_changes
from analysis.compare.inference.multiple_testing import adjust
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups
    from analysis.tables import Tables

FAMILY = "family_id"
COLUMNS = (
    *result_columns(denominator=("numerator_against", "denominator_against"), ci95_high=("p",)),
    *CONCENTRATION_COLUMNS,
)


def theme_contrasts(
    tables: Tables, *, themes: Iterable[str] | None = None, weight: Weight = "word"
) -> pd.DataFrame:
    """Rate of each theme in attributed words minus its rate in the outlets' own words.

    Parameters
    ----------
    tables : Tables
    themes : iterable of str, optional
        All themes with a hit by default.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per theme: `numerator` (hits) and `denominator` (words) in attributed words, `numerator_against` and
        `denominator_against` in own words, `n` (articles with either), `estimate` (difference in hits per 1,000
        words), `ci95_low`, `ci95_high`, `p`, `method`, `note` (why there is no interval),
        `analysis.compare._core.concentration.CONCENTRATION_COLUMNS`, and `p_bh`, `n_tests` (Benjamini-Hochberg over
        the themes).
    """
    hits = theme_hits(tables)
    names = distinct(hits["theme"]) if themes is None else chosen_themes(tables, themes)
    groups = group_articles(tables.metadata, cluster=FAMILY, weight=weight)
    by_voice = {
        label["voice"]: (counts_matrix(groups, chosen, "theme", names, weight=COUNT), words)
        for label, chosen, words in rows_and_words_by_voice(tables, groups, hits, SPLIT)
    }
    (quoted, quoted_words), (own, own_words) = by_voice[QUOTED], by_voice[OUTLET]
    rows = []
    for place, name in enumerate(names):
        pair = (quoted[:, place], quoted_words), (own[:, place], own_words)
        rows.append({"theme": name} | _contrast(*pair, groups, scale=1000))
    return adjust(_table(rows, ["theme"]))


def side_contrast(tables: Tables, side: str, against: str, *, weight: Weight = "word") -> pd.DataFrame:
    """Share of one side among the attributed words minus the share of another side.

    Parameters
    ----------
    tables : Tables
    side, against : str
    weight : {'word', 'article', 'outlet'}, default 'word'
        See `theme_contrasts`.

    Returns
    -------
    pandas.DataFrame
        One row: `side`, `against`, then the columns of `theme_contrasts` up to `p_bh`. `numerator`: words of the
        side; `denominator`: all attributed words; `estimate`: difference of the shares, -1 to 1.
    """
    tones = voice_words(tables)
    quoted = tones[tones["voice"] != OUTLET]
    groups = group_articles(tables.metadata, cluster=FAMILY, weight=weight)
    words = totals(groups.article_ids, quoted, "n_words")
    parts = counts_matrix(groups, quoted, "voice", [side, against], weight="n_words")
    contrast = _contrast((parts[:, 0], words), (parts[:, 1], words), groups, scale=1)
    return clip_to_shares(_table([{"side": side, "against": against} | contrast], ["side", "against"]))


def _contrast(
    one: tuple[np.ndarray, np.ndarray],
    other: tuple[np.ndarray, np.ndarray],
    groups: Groups,
    *,
    scale: float,
) -> dict[str, Any]:
    """Result row for two ratios of sums over the same articles.

    Parameters
    ----------
    one, other : (numerators, denominators), each of shape (articles,)
    groups : Groups
        Gives clusters and weights of the articles.
    scale : float
    """
    import numpy as np

    weighted = _weighted(one, groups), _weighted(other, groups)
    (x, y), (x_other, y_other) = (
        tuple(np.bincount(groups.clusters, values, minlength=1) for values in part) for part in weighted
    )
    with_words = one[1] + other[1] > 0
    row: dict[str, Any] = {
        "numerator": one[0].sum(), "denominator": one[1].sum(), "numerator_against": other[0].sum(),
        "denominator_against": other[1].sum(), "n": int(with_words.sum()),
        "method": how_weighted("difference; no interval", groups.weight), **NO_CONCENTRATION,
    }  # fmt: skip
    if not (y.sum() and y_other.sum()):
        return row | {"note": "no interval: one of the two parts has no words"}
    estimate = x.sum() / y.sum() - x_other.sum() / y_other.sum()
    row["estimate"] = scale * estimate
    row |= concentration_of_difference(*weighted, groups.outlets, groups.outlet_names, scale=scale)
    if reason := _reason_without_interval(x, y, x_other, y_other):
        return row | {"note": f"no interval: {reason}"}
    changes = jackknife_changes(x, y) - jackknife_changes(x_other, y_other)
    error = float((changes**2).sum()) ** 0.5
    if not error > 1e-12 * float(max((x / np.maximum(y, 1)).max(), (x_other / np.maximum(y_other, 1)).max())):
        return row | {"note": "no interval: the difference is the same in all articles"}
    df = min(kish_effective_n(y), kish_effective_n(y_other)) - 1
    half = t_quantile(df) * error
    return row | {
        "ci95_low": scale * (estimate - half),
        "ci95_high": scale * (estimate + half),
        "p": t_test_p(estimate / error, df),
        "method": how_weighted(
            f"jackknife over {int(((y > 0) | (y_other > 0)).sum())} families, both in the same articles",
            groups.weight,
        ),
        "note": "",
    }


def _weighted(part: tuple[np.ndarray, np.ndarray], groups: Groups) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and denominators times the weights of the articles."""
    numerators, denominators = part
    weights = article_weights(groups.weight, denominators, groups.outlets)
    return numerators * weights, denominators * weights


def _reason_without_interval(x: np.ndarray, y: np.ndarray, x_other: np.ndarray, y_other: np.ndarray) -> str:
    clusters = int(min((y > 0).sum(), (y_other > 0).sum()))
    if clusters < MINIMUM_CLUSTERS:
        few = format_count(clusters, "articles")
        return f"{few} (wire copy counted once), at least {MINIMUM_CLUSTERS} needed"
    if min(kish_effective_n(y), kish_effective_n(y_other)) < MINIMUM_EFFECTIVE:
        return "a few articles or families account for most of the words"
    if (hits := int(min((x > 0).sum(), (x_other > 0).sum()))) < MINIMUM_WITH_HITS:
        few = format_count(hits, "articles")
        return f"only {few} with a hit for one of the two, at least {MINIMUM_WITH_HITS} needed"
    return ""


def _table(rows: list[dict[str, Any]], first: list[str]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(rows, columns=[*first, *COLUMNS])
    numbers = ("estimate", "ci95_low", "ci95_high", "p", *CONCENTRATION_COLUMNS[1:])
    return table.astype(dict.fromkeys(numbers, "float64"))
