"""Tone by a word list of your own, as a complement to the trained model and VADER.

References
----------
Young & Soroka (2012), Affective news: the automated coding of sentiment in political texts. Political Communication
    29. Net tone is positive minus negative words per 100 words; negated words count for the opposite sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.codebook_hits import codebook_hits
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, group_counts, ratio_table, sums_by_group
from analysis.compare._core.voices import VoiceChoice, rows_and_words_by_voice, voice_columns
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.study.codebook import Codebook
    from analysis.tables import Tables

SIGNS = ("positive", "negative")
COUNTS = tuple(f"n_{sign}" for sign in SIGNS)


def dictionary_index(
    tables: Tables,
    dictionary: Codebook,
    *,
    positive: str = "positive",
    negative: str = "negative",
    by: str | Sequence[str] = ("outlet",),
    voice: VoiceChoice = None,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Positive minus negative words per 100 words, by a dictionary (Young & Soroka 2012).

    Parameters
    ----------
    tables : Tables
    dictionary : Codebook
        A codebook with one theme of positive and one of negative patterns; their sub-themes count as well. It is
        looked up in the texts and need not be the study's codebook.
    positive, negative : str
        Ids of the two themes.
    by, voice, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group and voice, with the columns of `analysis.compare.measures.rates` and `n_positive`,
        `n_negative`. `numerator`: positive minus negative hits; `denominator`: words; `estimate`: per 100 words. A
        hit under a negation counts for the opposite sign.

    Raises
    ------
    FramingError
        If the dictionary lacks one of the themes.
    """
    hits = tone_hits(tables, dictionary, positive=positive, negative=negative)
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    cells: list[Cell] = []
    signed = []
    for label, rows, words in rows_and_words_by_voice(tables, groups, hits, voice):
        counts = counts_matrix(groups, rows, "sign", SIGNS)
        cells.append((label, counts[:, :1] - counts[:, 1:], words))
        signed.append(sums_by_group(groups, counts))
    table = ratio_table(
        groups,
        cells,
        method=f"'{positive}' minus '{negative}' per 100 words",
        what="words",
        scale=100,
        labels=voice_columns(voice),
    )
    return table.join(group_counts(signed, COUNTS))


def tone_hits(
    tables: Tables, dictionary: Codebook, *, positive: str = "positive", negative: str = "negative"
) -> pd.DataFrame:
    """Every hit of a dictionary: the evidence for `dictionary_index`.

    Parameters
    ----------
    tables, dictionary, positive, negative
        See `dictionary_index`.

    Returns
    -------
    pandas.DataFrame
        One row per hit: article_id, start, end, text, pattern, negated, `sign` ('positive' or 'negative', after
        negation), sentence, voice. `analysis.evidence.with_sentences` adds the sentences.
    """
    import numpy as np

    signs = _signs(dictionary, positive, negative)
    hits = codebook_hits(tables, dictionary)
    hits = hits[hits["theme"].isin(signs)]
    below_zero = hits["theme"].map(signs).astype(bool) != hits["negated"]
    columns = ["article_id", "start", "end", "text", "pattern", "negated", "sign", "sentence", "voice"]
    hits = hits.assign(sign=np.where(below_zero, "negative", "positive").astype(str))
    return hits[columns].sort_values(["article_id", "start"], ignore_index=True)


def _signs(dictionary: Codebook, positive: str, negative: str) -> dict[str, bool]:
    """Themes of the dictionary that count: True if negative, False if positive."""
    known = [theme.id for theme in dictionary.themes]
    for name in (positive, negative):
        if name not in known:
            raise FramingError(
                f"the dictionary has no theme '{name}'", remedy=f"its themes are: {', '.join(known)}"
            )
    signs = {}
    for theme in known:
        line = (theme, *dictionary.ancestors(theme))
        if (positive in line) != (negative in line):
            signs[theme] = negative in line
    return signs
