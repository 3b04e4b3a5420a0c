"""Rates of themes, shares of voices, and VADER scores, by outlet, country, period or any other group.

Every function takes the tables of a run and returns a tidy table. Its first columns identify the row: the columns
grouped by, then theme, side or voice. The others are

- `numerator`, `denominator`: the estimate is their ratio (times 1,000 for rates per 1,000 words); with
  `weight='article'` or `'outlet'`, it is the mean of the ratios of the articles or outlets;
- `n`: number of articles with a denominator above 0;
- `estimate`, `ci95_low`, `ci95_high`: the bounds are empty if there are too few articles for an interval;
- `method`: how estimate and interval were computed;
- `note`: why there is no interval, or what limits it;
- `top_outlet`, `top_outlet_share`: the outlet with the most of what is counted, and its share; empty if there is one
  outlet. Counted is the numerator, or the denominator where numerators can be negative (acts, tone);
- `without_outlet_low`, `without_outlet_high`: lowest and highest estimate if one outlet is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.counts import COUNT, voice_words
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table, share_table, totals
from analysis.compare._core.theme_hits import chosen_themes, theme_hits
from analysis.compare._core.voices import (
    VoiceChoice,
    known_voices,
    rows_and_words_by_voice,
    voice_columns,
)
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

By = str | Sequence[str]


def theme_rates(
    tables: Tables,
    *,
    by: By = ("outlet",),
    voice: VoiceChoice = None,
    themes: Sequence[str] | None = None,
    include_negated: bool = True,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Hits of each theme, including its sub-themes, per 1,000 words of the same voice.

    Parameters
    ----------
    tables : Tables
    by : str or sequence of str, default ('outlet',)
        Columns to group by; see `analysis.compare._core.grouping.group_articles`. Empty for one group.
    voice : None, 'split', 'sides' or one voice
        None: all words. 'split': the outlet's own words and attributed words, separately. 'sides': every voice
        separately. 'outlet', 'quoted' or a side: only this voice. Unless it is None, the result has the column
        `voice`.
    themes : sequence of str, optional
        Themes to report, even without a hit. By default, all themes with a hit.
    include_negated : bool, default True
        Include hits under a negation ("no sanctions").
    cluster : str, default 'article_id'
        Column whose values are resampled together; use 'family_id' if the corpus contains wire copy.
    weight : {'word', 'article', 'outlet'}, default 'word'
        'word': hits per 1,000 words of all articles together. 'article' or 'outlet': the mean of the articles' or
        outlets' rates, so that each counts equally whatever its length or number of articles.

    Returns
    -------
    pandas.DataFrame
        One row per group, voice and theme. `numerator`: hits; `denominator`: words; `estimate`: hits per 1,000 words.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> tables = analysis.load_tables("results")
    >>> found = rates.theme_rates(tables, by=["outlet"], voice="split", themes=["sanctions", "tourism"])
    >>> found["theme"].unique().tolist(), found["voice"].unique().tolist(), found["outlet"].nunique()
    (['sanctions', 'tourism'], ['outlet', 'quoted'], 8)
    >>> bool((found["estimate"] == 1000 * found["numerator"] / found["denominator"]).all())
    True
    """
    hits = theme_hits(tables, include_negated=include_negated)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    names = chosen_themes(tables, themes)
    cells: Iterator[Cell] = (
        (label, counts_matrix(groups, chosen, "theme", names, weight=COUNT), words)
        for label, chosen, words in rows_and_words_by_voice(tables, groups, hits, voice)
    )
    return ratio_table(
        groups,
        cells,
        item="theme",
        items=names,
        scale=1000,
        method="hits per 1,000 words",
        what="words",
        labels=voice_columns(voice),
    )


def theme_prevalence(
    tables: Tables,
    *,
    by: By = ("outlet",),
    voice: VoiceChoice = None,
    themes: Sequence[str] | None = None,
    include_negated: bool = True,
    minimum_hits: int = 1,
    cluster: str = "article_id",
    weight: Weight = "article",
) -> pd.DataFrame:
    """Share of articles that contain a theme.

    Parameters
    ----------
    tables, by, voice, themes, include_negated
        See `theme_rates`. With a voice, articles without words in this voice are left out.
    minimum_hits : int, default 1
        Number of hits from which an article counts as containing the theme.
    cluster : str, default 'article_id'
        Column whose values are resampled together. With any value but the default, intervals are bootstrap
        intervals instead of Wilson's.
    weight : {'word', 'article', 'outlet'}, default 'article'
        'outlet': the mean of the outlets' shares. 'word' and 'article' are the same here.

    Returns
    -------
    pandas.DataFrame
        One row per group, voice and theme. `numerator`: articles with the theme; `denominator` and `n`: articles.

    Raises
    ------
    FramingError
        If `minimum_hits` is below 1.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> tables = analysis.load_tables("results")
    >>> found = rates.theme_prevalence(tables, by=["outlet_country"], themes=["sanctions"])
    >>> int(found["denominator"].sum()) == len(tables.articles)
    True
    """
    if minimum_hits < 1:
        raise FramingError(f"minimum_hits must be at least 1, got {minimum_hits}")
    hits = theme_hits(tables, include_negated=include_negated)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    names = chosen_themes(tables, themes)
    cells: Iterator[Cell] = (
        (
            label,
            (counts_matrix(groups, chosen, "theme", names, weight=COUNT) >= minimum_hits).astype(float),
            (words > 0).astype(float),
        )
        for label, chosen, words in rows_and_words_by_voice(tables, groups, hits, voice)
    )
    return share_table(
        groups, cells, item="theme", items=names, method="share of articles", labels=voice_columns(voice)
    )


def voice_shares(
    tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Share of each voice among all words: the outlet's own and every side that it quotes.

    Parameters
    ----------
    tables, by, cluster, weight
        See `theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group and `voice`. `numerator`: words of the voice; `denominator`: all words.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> tables = analysis.load_tables("results")
    >>> shares = rates.voice_shares(tables, by=[])
    >>> shares["voice"].iloc[0], round(float(shares["estimate"].sum()), 6)  # every word has one voice
    ('outlet', 1.0)
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    names = known_voices(tables)
    words = counts_matrix(groups, voice_words(tables), "voice", names, weight="n_words")
    cells: list[Cell] = [({}, words, words.sum(axis=1))]
    return ratio_table(groups, cells, item="voice", items=names, method="share of all words", what="words")


def quoted_shares(
    tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Share of each side among the attributed words. Words in nested quotes count for the innermost speaker.

    Parameters
    ----------
    tables, by, cluster, weight
        See `theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group and `side`, including 'unattributed'. `numerator`: words of the side; `denominator`: all
        attributed words; `n`: articles with any.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> shares = rates.quoted_shares(analysis.load_tables("results"), by=["outlet"])
    >>> shares.groupby("outlet")["estimate"].sum().round(6).unique().tolist()
    [1.0]
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    names = sorted(voice for voice in known_voices(tables) if voice != OUTLET)
    words = counts_matrix(groups, voice_words(tables), "voice", names, weight="n_words")
    cells: list[Cell] = [({}, words, words.sum(axis=1))]
    return ratio_table(
        groups, cells, item="side", items=names, method="share of attributed words", what="attributed words"
    )


def tone_means(
    tables: Tables,
    *,
    by: By = ("outlet",),
    voice: VoiceChoice = "split",
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Mean VADER compound score, weighted by words.

    Parameters
    ----------
    tables, by, voice, cluster, weight
        See `theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group and voice. `numerator`: sum of scores times words; `denominator`: words; `estimate`: -1 to
        1.

    References
    ----------
    Hutto & Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text. ICWSM.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    tones = voice_words(tables)
    scores = tones.assign(weighted=tones["vader_compound"] * tones["n_words"])
    cells: Iterator[Cell] = (
        (label, totals(groups.article_ids, chosen, "weighted")[:, None], words)
        for label, chosen, words in rows_and_words_by_voice(tables, groups, scores, voice)
    )
    return ratio_table(
        groups, cells, method="mean VADER compound by words", what="words", labels=voice_columns(voice)
    )
