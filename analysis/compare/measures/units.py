"""Numerator and denominator per article: the input of comparisons between groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from analysis.compare._core.counts import COUNT, voice_words
from analysis.compare._core.ratios import totals
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import SIDES, SPLIT, relabel_voices
from analysis.compare.measures.tone import ABSTAINED, mention_values
from analysis.dataset.metadata import article_index
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.tables import Tables


def theme_units(
    tables: Tables, theme: str, *, voice: str | None = None, include_negated: bool = True
) -> pd.DataFrame:
    """Hits of a theme (numerator) and words (denominator) of each article.

    Parameters
    ----------
    tables : Tables
    theme : str
    voice : str, optional
        Count only hits and words in this voice: 'outlet', 'quoted', or a side. All voices by default.
    include_negated : bool, default True
        Include hits under a negation.

    Returns
    -------
    pandas.DataFrame
        One row per article, sorted: article_id, numerator, denominator.
    """
    return units_by_theme(tables, voice=voice, include_negated=include_negated)(theme)


def units_by_theme(
    tables: Tables, *, voice: str | None = None, include_negated: bool = True
) -> Callable[[str], pd.DataFrame]:
    """Return a function that gives the `theme_units` of a theme; what all themes share is counted once.

    Parameters
    ----------
    tables : Tables
    voice : str, optional
        As in `theme_units`.
    include_negated : bool, default True
        As in `theme_units`.

    Returns
    -------
    callable
        Takes the id of a theme and returns its units.
    """
    hits = theme_hits(tables, include_negated=include_negated)
    made = _units(tables, hits.iloc[:0], COUNT, voice, words_of=voice_words(tables))

    def units(theme: str) -> pd.DataFrame:
        counts = _totals(tables, hits[hits["theme"] == theme], COUNT, voice)
        return made.assign(numerator=counts)

    return units


def presence(units: pd.DataFrame) -> pd.DataFrame:
    """1 for each article with a hit (numerator), and 1 for each article (denominator).

    Parameters
    ----------
    units : pandas.DataFrame
        As `theme_units` returns it.

    Returns
    -------
    pandas.DataFrame
    """
    return units.assign(numerator=(units["numerator"] > 0).astype(float), denominator=1.0)


def quoted_units(tables: Tables, side: str) -> pd.DataFrame:
    """Words of each article attributed to a side (numerator) and to anyone (denominator).

    Parameters
    ----------
    tables : Tables
    side : str

    Returns
    -------
    pandas.DataFrame
        One row per article: `article_id`, `numerator` and `denominator`.
    """
    tones = voice_words(tables)
    quoted = tones[tones["voice"] != OUTLET]
    return _units(tables, quoted[quoted["voice"] == side], "n_words", None, words_of=quoted)


def tone_units(tables: Tables, *, voice: str | None = OUTLET) -> pd.DataFrame:
    """VADER compound score times words (numerator) and words (denominator) of each article in a voice.

    Parameters
    ----------
    tables : Tables
    voice : str or None, default 'outlet'

    Returns
    -------
    pandas.DataFrame
        One row per article: `article_id`, `numerator` and `denominator`.
    """
    tones = voice_words(tables)
    scores = tones.assign(weighted=tones["vader_compound"] * tones["n_words"])
    return _units(tables, scores, "weighted", voice, words_of=tones)


def polarity_units(
    tables: Tables,
    side: str,
    *,
    voice: str | None = None,
    use: Literal["probability", "polarity"] = "probability",
) -> pd.DataFrame:
    """Summed tone towards a side (numerator) and classified mentions (denominator) of each article.

    Parameters
    ----------
    tables : Tables
    side : str
    voice : str, optional
        Voice in which the side is mentioned; all voices by default.
    use : {'probability', 'polarity'}, default 'probability'
        See `analysis.compare.measures.tone.polarity_index`.

    Returns
    -------
    pandas.DataFrame
        One row per article, sorted: article_id, numerator, denominator.

    Raises
    ------
    FramingError
        If ``use='probability'`` and a mention has a class but no probabilities.
    """
    mentions = mention_values(tables, "side", use, side)
    judged = mentions[mentions["class"] != ABSTAINED]
    return _units(tables, judged, "value", voice, words_of=judged, denominator=COUNT)


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

    if voice in (SPLIT, SIDES):
        raise FramingError(
            f"voice is '{voice}', which is several voices", remedy="choose one voice, or None for all"
        )
    return pd.DataFrame(
        {
            "article_id": pd.Series(article_index(tables.data("articles")).ids, dtype="str"),
            "numerator": _totals(tables, rows, weight, voice),
            "denominator": _totals(tables, words_of, denominator, voice),
        }
    )


def _totals(tables: Tables, rows: pd.DataFrame, weight: str | None, voice: str | None) -> np.ndarray:
    if voice is not None:
        rows, labels = relabel_voices(rows, tables, voice)
        rows = rows[rows["voice"] == labels[0]]
    return totals(article_index(tables.data("articles")).ids, rows, weight)
