"""One row per article: what a comparison of groups, or a correction by hand coding, is computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import relabel
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.tables import Tables

SEVERAL = ("split", "sides")


def theme_units(
    tables: Tables, theme: str, *, voice: str | None = None, include_negated: bool = True
) -> pd.DataFrame:
    """Hits of a theme and words of each article, in all voices or one ('outlet', 'quoted', or a side).

    Returns
    -------
    pandas.DataFrame
        Columns article_id, numerator (hits), denominator (words); sorted by article.
    """
    hits = theme_hits(tables, include_negated=include_negated)
    hits = hits[hits["theme"] == theme]
    return _units(tables, hits, None, voice, words_of=tables.tones)


def quoted_units(tables: Tables, side: str) -> pd.DataFrame:
    """Words that each article attributes to a side (numerator) and to anybody (denominator)."""
    quoted = tables.tones[tables.tones["voice"] != OUTLET]
    return _units(tables, quoted[quoted["voice"] == side], "n_words", None, words_of=quoted)


def tone_units(tables: Tables, *, voice: str | None = OUTLET) -> pd.DataFrame:
    """VADER compound times words (numerator) and words (denominator) of each article in a voice."""
    scores = tables.tones.assign(weighted=tables.tones["vader_compound"] * tables.tones["n_words"])
    return _units(tables, scores, "weighted", voice, words_of=tables.tones)


def polarity_units(
    tables: Tables,
    side: str,
    *,
    voice: str | None = None,
    use: Literal["probability", "polarity"] = "probability",
) -> pd.DataFrame:
    """Summed tone towards a side (numerator) and mentions with a class (denominator) of each article."""
    judged = tables.mentions["polarity"].notna() & tables.mentions["abstained"].isna()
    mentions = tables.mentions[(tables.mentions["side"] == side) & judged]
    values = mentions["polarity"] if use == "polarity" else mentions["p_positive"] - mentions["p_negative"]
    if values.isna().any():
        raise FramingError(
            "these mentions have a polarity but no probabilities", remedy="ask with use='polarity'"
        )
    valued = mentions.assign(value=values.astype("float64"), one=1)
    return _units(tables, valued, "value", voice, words_of=valued, denominator="one")


def _units(
    tables: Tables,
    rows: pd.DataFrame,
    weight: str | None,
    voice: str | None,
    *,
    words_of: pd.DataFrame,
    denominator: str = "n_words",
) -> pd.DataFrame:
    import pandas as pd

    if voice in SEVERAL:
        raise FramingError(f"one comparison is about one voice, and '{voice}' are several")
    groups = group_articles(tables.articles)

    def total(table: pd.DataFrame, column: str | None) -> np.ndarray:
        if voice is not None:
            table, labels = relabel(table, tables, voice)
            table = table[table["voice"] == labels[0]]
        return counts_matrix(groups, table.assign(_all=""), "_all", [""], weight=column)[:, 0]

    return pd.DataFrame(
        {
            "article_id": pd.Series(groups.article_ids, dtype="str"),
            "numerator": total(rows, weight),
            "denominator": total(words_of, denominator),
        }
    )
