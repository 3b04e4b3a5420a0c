"""Words that distinguish two groups: outlets of two countries, or two quoted sides."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.compare._core.counts import distinct, voice_words
from analysis.compare._core.grouping import UNKNOWN, group_column
from analysis.compare.words.keyness import keyness
from analysis.compare.words.log_odds import log_odds
from analysis.compare.words.word_counts import word_counts, word_counts_of_voices
from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MINIMUM = 5  # hits in both groups together; intervals of rarer words are too wide to be useful
PRIOR_WORDS = 1000.0  # size of the prior; it shrinks words that everyone uses towards no difference
OTHERS = "all others"


def outlet_wording(
    tables: Tables,
    *,
    by: str = "outlet_country",
    target: str | None = None,
    reference: str | None = None,
    min_count: int = MINIMUM,
) -> pd.DataFrame:
    """Words that outlets of one country use more often than those of another, in their own words.

    Parameters
    ----------
    tables : Tables
        With their study.
    by : str, default 'outlet_country'
        Column of `articles`, or period, whose groups are compared.
    target, reference : str, optional
        Countries or other groups of `by`. By default, the countries of the study's first two sides if both have
        articles, otherwise the group with the most articles against all others.
    min_count : int, default 5
        Leave out words with fewer hits in both groups together.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.keyness.keyness`, with `target` and `reference` as first columns. The articles of a
        family within a group count as one article. Empty if there is nothing to compare.

    Raises
    ------
    FramingError
        If one of the groups has no article.
    """
    articles = tables.metadata
    groups = group_column(articles, by)
    if target is None:
        target, reference = _default_groups(tables, groups, by)
    for name in (target, reference):
        if name not in (None, OTHERS) and not (groups == name).any():
            raise FramingError(
                f"no article has the {by} '{name}'", remedy=f"choose from: {', '.join(sorted(set(groups)))}"
            )
    inside = articles.loc[groups == target, "article_id"]
    other = groups == reference if reference not in (None, OTHERS) else groups != target
    outside = articles.loc[other, "article_id"]
    chosen = tables.select({*inside, *outside})
    if target is None or not 0 < len(inside) < len(chosen.metadata):
        return _empty_table()
    counts, words = word_counts(chosen, voice=OUTLET, leave_out=_outlet_words(tables))
    counts, words, group = _merge_families(counts, words, chosen.metadata, set(inside))
    if not words[words.index.isin(group)].sum() or not words[~words.index.isin(group)].sum():
        return _empty_table()
    return _with_labels(keyness(counts, words, group, min_count=min_count), target, reference or OTHERS)


def side_wording(tables: Tables, sides: tuple[str, str], *, prior_words: float = PRIOR_WORDS) -> pd.DataFrame:
    """Words that one side is quoted with more often than another.

    Parameters
    ----------
    tables : Tables
    sides : (str, str)
    prior_words : float, default 1000
        Size of the prior in words. Its proportions are those of all words of the articles.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.log_odds.log_odds`, with `target` and `reference` (sides) as first columns and
        `range` (articles that quote the word from either side) as last. Empty if a side has no words.
    """
    import pandas as pd

    tones = voice_words(tables)
    voices = set(distinct(tones.loc[tones["n_words"] > 0, "voice"]))
    if not voices.issuperset(sides):
        return _empty_table()
    first, second, everything = (counts for counts, _ in word_counts_of_voices(tables, [*sides, None]))
    background = everything.groupby("item")["count"].sum()
    sums = [part.groupby("item")["count"].sum() for part in (first, second)]
    made = log_odds(sums[0], sums[1], prior=background, prior_size=prior_words)
    spoken = pd.concat([first, second])
    spread = spoken.groupby("item")["article_id"].nunique()
    made["range"] = made["item"].map(spread).fillna(0).astype("int64")
    return _with_labels(made, *sides)


def _merge_families(
    counts: pd.DataFrame, words: pd.Series, articles: pd.DataFrame, group: set[str]
) -> tuple[pd.DataFrame, pd.Series, set[str]]:
    """Merge the articles of a family, separately within the group and outside it.

    Returns counts and words by merged article, and the merged articles of the group.
    """
    ids = articles["article_id"]
    places = zip(articles["family_id"], ids.isin(group), strict=True)
    units = {one: f"{family} {inside}" for one, (family, inside) in zip(ids, places, strict=True)}
    named = counts.assign(article_id=counts["article_id"].map(units))
    merged = named.groupby(["article_id", "item"])["count"].sum().reset_index()
    return merged, words.groupby(words.index.map(units)).sum(), {units[one] for one in group}


def _default_groups(tables: Tables, groups: pd.Series, by: str) -> tuple[str | None, str | None]:
    present = groups[groups != UNKNOWN].value_counts()
    labels = tables.study_or_error().side_labels
    pair = [labels[side] for side in tables.study_or_error().actors.side_ids[:2]]
    if by == "outlet_country" and all(label in present for label in pair):
        return pair[0], pair[1]
    if present.empty:
        return None, None
    return min(present.index, key=lambda group: (-present[group], group)), OTHERS


def _outlet_words(tables: Tables) -> Collection[str]:
    """Words of the outlets' names, which distinguish outlets trivially."""
    return {word.lower() for name in tables.metadata["outlet"].unique() for word in WORD.findall(name)}


def _with_labels(table: pd.DataFrame, target: str, reference: str) -> pd.DataFrame:
    table.insert(0, "target", target)
    table.insert(1, "reference", reference)
    return table


def _empty_table() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns=["target", "reference", "item", "numerator", "denominator", "n", "estimate"])
