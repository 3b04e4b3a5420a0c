"""Two measures of tone side by side: the model's towards an actor, and a word list's of the same sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare.measures.tone import article_index

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

NEUTRAL = 0.05
"""Between -0.05 and 0.05 a score has no direction: the cut of Hutto & Gilbert (2014), used for both measures."""

AGREEMENTS = ("same", "one is neutral", "opposite")


def model_and_vader(tables: Tables, *, only: Sequence[str]) -> pd.DataFrame:
    """Tone of each article towards each side, with VADER on the same sentences beside it.

    Parameters
    ----------
    tables : Tables
    only : sequence of str
        Sides, in the order of the rows.

    Returns
    -------
    pandas.DataFrame
        Rows of `analysis.compare.measures.tone.article_index` towards sides, without those that have no
        mention with a
        class, and the further columns `outlet`; `vader`: mean compound score of the mentions' sentences;
        `agreement`: 'same' direction, 'one is neutral' or 'opposite', with less than 0.05 as neutral for both.

    Notes
    -----
    The two measure different things. VADER asks how pleasant the words of a sentence are, and those on a war are not;
    the model asks in what light the actor stands. Their disagreement shows what a study of tone *towards* somebody
    would get wrong with a word list.
    """
    import numpy as np
    import pandas as pd

    index = article_index(tables, towards="side", only=only)
    index = index[index["denominator"] > 0]
    outlets = tables.articles.set_index("article_id")["outlet"]
    table = index.merge(_vader(tables, only), on=["article_id", "side"], how="left")
    table.insert(1, "outlet", table["article_id"].map(outlets))
    one, other = (
        np.sign(table[name]).where(table[name].abs() >= NEUTRAL, 0.0) for name in ("estimate", "vader")
    )
    agreement = np.where(one * other < 0, "opposite", np.where(one == other, "same", "one is neutral"))
    place = pd.Index(list(only)).get_indexer(pd.Index(table["side"]))
    table = table.assign(agreement=agreement.astype(str), _place=place)
    return table.sort_values(["_place", "article_id"], ignore_index=True).drop(columns="_place")


def _vader(tables: Tables, sides: Sequence[str]) -> pd.DataFrame:
    """Mean compound score of the sentences of each article's mentions with a class, by side."""
    from analysis.annotators.tone.vader import compound

    mentions = tables.mentions[tables.mentions["side"].isin(sides)]
    mentions = mentions[mentions["polarity"].notna() & mentions["abstained"].isna()]
    placed = mentions[["article_id", "side", "sentence"]].merge(
        tables.sentences, on=["article_id", "sentence"], how="left"
    )
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    spans = placed[["article_id", "start", "end"]].drop_duplicates()
    spans["vader"] = [
        compound(texts[article_id][start:end]) for article_id, start, end in spans.itertuples(index=False)
    ]
    scored = placed.merge(spans, on=["article_id", "start", "end"])
    return scored.groupby(["article_id", "side"])["vader"].mean().reset_index()
