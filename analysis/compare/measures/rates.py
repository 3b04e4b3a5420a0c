"""How much of what, in whose words: rates, shares and tone by outlet, country, period or any other group.

Every function takes the tables and returns a tidy table: the columns grouped by, theme, side or voice, then

- `numerator`, `denominator`: the estimate is the one over the other (times 1,000 for rates per 1,000 words);
- `n`: articles that the denominator comes from;
- `estimate`, `ci95_low`, `ci95_high`: bounds are empty where there are too few articles for an interval;
- `method`: what the estimate and its interval are; `note`: why there is none, or what to mind.

`by` and `cluster` are explained in `analysis.compare._core.grouping.group_articles`, `voice` in `Voices`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table, share_table
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import VoiceChoice, by_voice
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
) -> pd.DataFrame:
    """Hits of each theme, those of the themes below it included, per 1,000 words of the same voice.

    Parameters
    ----------
    tables : Tables
    by : str or sequence of str, default ('outlet',)
        Groups; empty for all articles together.
    voice : None, 'split', 'sides' or one voice
        None counts all words; 'split' the outlet's own words and the words it attributes; 'sides' every voice;
        'outlet', 'quoted' or a side only that one. With a voice the table has the column `voice`.
    themes : sequence of str, optional
        Themes to report, those without a hit included; by default those that have one.
    include_negated : bool, default True
        Count hits under a negation ("no sanctions") as well.
    cluster : str, default 'article_id'
        What is resampled as one; 'family_id' where reprints are in the table.

    Returns
    -------
    pandas.DataFrame
        One row per group, voice and theme; `numerator` hits, `denominator` words, `estimate` hits per 1,000 words.

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
    groups = group_articles(tables.articles, by, cluster=cluster)
    names = _themes(tables, themes)
    cells: list[Cell] = [
        (label, counts_matrix(groups, chosen, "theme", names), words)
        for label, chosen, words in by_voice(tables, groups, hits, voice)
    ]
    return ratio_table(
        groups,
        cells,
        item="theme",
        items=names,
        scale=1000,
        method="hits per 1,000 words",
        what="words",
        labels=_columns(voice),
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
) -> pd.DataFrame:
    """Share of articles in which a theme comes up.

    Parameters
    ----------
    tables, by, voice, themes, include_negated
        As for `theme_rates`; with a voice, articles without words in that voice are left out of the denominator.
    minimum_hits : int, default 1
        Hits from which a theme counts as present.
    cluster : str, default 'article_id'
        With another value than this the interval is a bootstrap over the clusters instead of Wilson's.

    Returns
    -------
    pandas.DataFrame
        `numerator` articles with the theme, `denominator` and `n` articles, `estimate` their share.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> tables = analysis.load_tables("results")
    >>> found = rates.theme_prevalence(tables, by=["outlet_country"], themes=["sanctions"])
    >>> int(found["denominator"].sum()) == len(tables.articles)
    True
    """
    if minimum_hits < 1:
        raise FramingError(f"minimum_hits is {minimum_hits}, but a theme that has no hit is not present")
    hits = theme_hits(tables, include_negated=include_negated)
    groups = group_articles(tables.articles, by, cluster=cluster)
    names = _themes(tables, themes)
    cells: list[Cell] = []
    for label, chosen, words in by_voice(tables, groups, hits, voice):
        present = counts_matrix(groups, chosen, "theme", names) >= minimum_hits
        cells.append((label, present.astype(float), (words > 0).astype(float)))
    return share_table(
        groups, cells, item="theme", items=names, method="share of articles", labels=_columns(voice)
    )


def voice_shares(tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id") -> pd.DataFrame:
    """Share of all words that each voice has: the outlet's own, and every side it quotes.

    Returns
    -------
    pandas.DataFrame
        One row per group and `voice`; `numerator` words of the voice, `denominator` all words.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> tables = analysis.load_tables("results")
    >>> shares = rates.voice_shares(tables, by=[])
    >>> shares["voice"].iloc[0], round(float(shares["estimate"].sum()), 6)  # every word has one voice
    ('outlet', 1.0)
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    names = sorted(set(tables.tones["voice"]), key=lambda name: (name != OUTLET, name))
    words = counts_matrix(groups, tables.tones, "voice", names, weight="n_words")
    cells: list[Cell] = [({}, words, words.sum(axis=1))]
    return ratio_table(groups, cells, item="voice", items=names, method="share of all words", what="words")


def quoted_shares(tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id") -> pd.DataFrame:
    """Share of the attributed words that each side has; words in nested quotes count for the innermost speaker.

    Returns
    -------
    pandas.DataFrame
        One row per group and `side`, 'unattributed' among them; `numerator` words of the side, `denominator` all
        attributed words, `n` articles that have any.

    Examples
    --------
    >>> from analysis.compare import rates
    >>> shares = rates.quoted_shares(analysis.load_tables("results"), by=["outlet"])
    >>> shares.groupby("outlet")["estimate"].sum().round(6).unique().tolist()
    [1.0]
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    quoted = tables.tones[tables.tones["voice"] != OUTLET]
    names = sorted(set(quoted["voice"]))
    words = counts_matrix(groups, quoted, "voice", names, weight="n_words")
    cells: list[Cell] = [({}, words, words.sum(axis=1))]
    return ratio_table(
        groups, cells, item="side", items=names, method="share of attributed words", what="attributed words"
    )


def tone_means(
    tables: Tables, *, by: By = ("outlet",), voice: VoiceChoice = "split", cluster: str = "article_id"
) -> pd.DataFrame:
    """Mean VADER compound score, weighted by words.

    Returns
    -------
    pandas.DataFrame
        One row per group and voice; `numerator` sum of the scores times their words, `denominator` words,
        `estimate` from -1 to 1.
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    scores = tables.tones.assign(
        weighted=tables.tones["vader_compound"] * tables.tones["n_words"], measure="vader"
    )
    cells: list[Cell] = [
        (label, counts_matrix(groups, chosen, "measure", ["vader"], weight="weighted"), words)
        for label, chosen, words in by_voice(tables, groups, scores, voice)
    ]
    return ratio_table(
        groups, cells, method="mean VADER compound by words", what="words", labels=_columns(voice)
    )


def _themes(tables: Tables, themes: Sequence[str] | None) -> list[str]:
    return list(dict.fromkeys(themes)) if themes is not None else sorted(set(theme_hits(tables)["theme"]))


def _columns(voice: VoiceChoice) -> list[str]:
    return [] if voice is None else ["voice"]
