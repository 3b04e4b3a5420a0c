"""The words that set two groups apart: outlets of two countries in their own words, or the words of two sides."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.compare.words.keyness import keyness
from analysis.compare.words.log_odds import log_odds
from analysis.compare.words.word_counts import word_counts
from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MINIMUM = 5
"""Hits in both groups together from which a word is compared: rarer words have no interval worth drawing."""
PRIOR_WORDS = 1000.0
"""Size of the prior. It pulls words that everybody uses towards no difference; the figure states it."""
OTHERS = "all others"


def outlet_wording(
    tables: Tables, *, target: str | None = None, reference: str | None = None, min_count: int = MINIMUM
) -> pd.DataFrame:
    """What outlets of one country say in their own words more often than those of another.

    Parameters
    ----------
    tables : Tables
        With their study.
    target, reference : str, optional
        Countries, as in `articles.outlet_country`. By default the countries that the study's first two sides are
        called after, where there are articles from both; otherwise the country with most articles against all others.
    min_count : int, default 5
        Words with fewer hits in both together are left out.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.keyness.keyness` (log ratio with an interval over articles, tests,
        dispersion), with
        `target` and `reference` in front; articles of a group that reprint one another are one article of it. No rows
        where there is nothing to compare.

    Raises
    ------
    FramingError
        No article comes from such a country.
    """
    articles = tables.articles
    countries = articles["outlet_country"]
    if target is None:
        target, reference = _countries(tables)
    for country in (target, reference):
        if country not in (None, OTHERS) and not (countries == country).any():
            known = ", ".join(sorted(countries.dropna().unique()))
            raise FramingError(
                f"no article comes from an outlet in '{country}'", remedy=f"there are: {known}"
            )
    inside = articles.loc[countries == target, "article_id"]
    outside = articles.loc[
        countries.fillna("") == reference if reference not in (None, OTHERS) else countries != target,
        "article_id",
    ]
    chosen = tables.select({*inside, *outside})
    if target is None or not 0 < len(inside) < len(chosen.articles):
        return _nothing()
    counts, words = word_counts(chosen, voice=OUTLET, leave_out=_names(tables))
    counts, words, group = _reprints_as_one(counts, words, chosen.articles, set(inside))
    if not words[words.index.isin(group)].sum() or not words[~words.index.isin(group)].sum():
        return _nothing()
    made = keyness(counts, words, group, min_count=min_count)
    return _named(made, target, reference or OTHERS)


def side_wording(tables: Tables, sides: tuple[str, str], *, prior_words: float = PRIOR_WORDS) -> pd.DataFrame:
    """What the articles let one side say more often than the other.

    Parameters
    ----------
    tables : Tables
    sides : (str, str)
    prior_words : float, default 1000
        Size of the prior, whose shares are those of all words of the articles.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.log_odds.log_odds`, with `target` and `reference` (sides) in front and `range`, the
        articles that have the word in either side's mouth. No rows where a side says nothing.
    """
    import pandas as pd

    voices = set(tables.tones.loc[tables.tones["n_words"] > 0, "voice"])
    if not voices.issuperset(sides):
        return _nothing()
    first, second = (word_counts(tables, voice=side)[0] for side in sides)
    background = word_counts(tables)[0].groupby("item")["count"].sum()
    sums = [part.groupby("item")["count"].sum() for part in (first, second)]
    made = log_odds(sums[0], sums[1], prior=background, prior_size=prior_words)
    spoken = pd.concat([first, second])
    spread = spoken.groupby("item")["article_id"].nunique()
    made["range"] = made["item"].map(spread).fillna(0).astype("int64")
    return _named(made, *sides)


def _reprints_as_one(
    counts: pd.DataFrame, words: pd.Series, articles: pd.DataFrame, group: set[str]
) -> tuple[pd.DataFrame, pd.Series, set[str]]:
    """Counts and words by family within the group and outside it, and the families of the group."""
    ids = articles["article_id"]
    places = zip(articles["family_id"], ids.isin(group), strict=True)
    units = {one: f"{family} {inside}" for one, (family, inside) in zip(ids, places, strict=True)}
    named = counts.assign(article_id=counts["article_id"].map(units))
    merged = named.groupby(["article_id", "item"])["count"].sum().reset_index()
    return merged, words.groupby(words.index.map(units)).sum(), {units[one] for one in group}


def _countries(tables: Tables) -> tuple[str | None, str | None]:
    present = tables.articles["outlet_country"].value_counts()
    labels = tables.study_or_error().side_labels
    pair = [labels[side] for side in tables.study_or_error().actors.side_ids[:2]]
    if all(label in present for label in pair):
        return pair[0], pair[1]
    if present.empty:
        return None, None
    return min(present.index, key=lambda country: (-present[country], country)), OTHERS


def _names(tables: Tables) -> Collection[str]:
    """Words of the outlets' names, which set outlets apart and say nothing."""
    return {word.lower() for name in tables.articles["outlet"].unique() for word in WORD.findall(name)}


def _named(table: pd.DataFrame, target: str, reference: str) -> pd.DataFrame:
    table.insert(0, "target", target)
    table.insert(1, "reference", reference)
    return table


def _nothing() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns=["target", "reference", "item", "numerator", "denominator", "n", "estimate"])
