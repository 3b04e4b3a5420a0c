"""Words that distinguish two groups: outlets of two countries, or two quoted sides."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.compare._core.counts import distinct, voice_words
from analysis.compare._core.grouping import UNKNOWN, group_column
from analysis.compare._core.weighting import Weight, check_weight, effective_weights, how_weighted
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
    weight: Weight = "word",
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
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally within each group;
        see `analysis.compare.words.keyness.keyness`.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.keyness.keyness`, with `target` and `reference` as first columns. The articles of a
        family within a group count as one article. Empty if there is nothing to compare.

    Raises
    ------
    FramingError
        If one of the groups has no article, or the weight is unknown.
    """
    check_weight(weight)
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
    if not words[words.index.isin(inside)].sum() or not words[~words.index.isin(inside)].sum():
        return _empty_table()
    found = keyness(
        counts,
        words,
        set(inside),
        min_count=min_count,
        weight=weight,
        outlets=_outlets(chosen),
        families=chosen.metadata.set_index("article_id")["family_id"],
    )
    return _with_labels(found, target, reference or OTHERS)


def side_wording(
    tables: Tables, sides: tuple[str, str], *, prior_words: float = PRIOR_WORDS, weight: Weight = "word"
) -> pd.DataFrame:
    """Words that one side is quoted with more often than another.

    Parameters
    ----------
    tables : Tables
    sides : (str, str)
    prior_words : float, default 1000
        Size of the prior in words. Its proportions are those of all words of the articles, without weights.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally among the words of each side. The log-odds are then those
        of weighted counts, scaled to Kish's effective number of words;
        see `analysis.compare._core.weighting.effective_weights`.

    Returns
    -------
    pandas.DataFrame
        As `analysis.compare.words.log_odds.log_odds`, with `target` and `reference` (sides) as first columns and
        `range` (articles that quote the word from either side) as last. Hits and words are counts whatever the
        weight; if it is not 'word', `effective_words` and `effective_words_reference` follow. Empty if a side has no
        words.

    Raises
    ------
    FramingError
        If the weight is unknown.
    """
    import pandas as pd

    check_weight(weight)
    tones = voice_words(tables)
    voices = set(distinct(tones.loc[tones["n_words"] > 0, "voice"]))
    if not voices.issuperset(sides):
        return _empty_table()
    *spoken, (everything, _) = word_counts_of_voices(tables, [*sides, None])
    background = everything.groupby("item")["count"].sum()
    sums = [counts.groupby("item")["count"].sum() for counts, _ in spoken]
    outlets = _outlets(tables)
    effective = [_effective_sums(counts, words, outlets, weight) for counts, words in spoken]
    made = log_odds(effective[0], effective[1], prior=background, prior_size=prior_words)
    for part, name in zip(sums, ("", "_reference"), strict=True):
        made[f"numerator{name}"] = made["item"].map(part).fillna(0).astype(float)
        made[f"denominator{name}"] = float(part.sum())
    spread = pd.concat([counts for counts, _ in spoken]).groupby("item")["article_id"].nunique()
    made["n"] = int(sums[0].sum() + sums[1].sum())
    made["method"] = how_weighted(made["method"].iloc[0], weight)
    made["range"] = made["item"].map(spread).fillna(0).astype("int64")
    if weight != "word":
        made["effective_words"], made["effective_words_reference"] = (part.sum() for part in effective)
    return _with_labels(made, *sides)


def _effective_sums(counts: pd.DataFrame, words: pd.Series, outlets: pd.Series, weight: Weight) -> pd.Series:
    """Weighted count of each word over the articles, in effective words."""
    import pandas as pd

    codes = pd.factorize(outlets.reindex(words.index))[0]
    weights = pd.Series(effective_weights(weight, words.to_numpy(dtype=float), codes), index=words.index)
    return (counts["count"] * counts["article_id"].map(weights)).groupby(counts["item"]).sum()


def _outlets(tables: Tables) -> pd.Series:
    """Outlet of each article, by article_id."""
    return group_column(tables.metadata, "outlet").set_axis(tables.metadata["article_id"])


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
