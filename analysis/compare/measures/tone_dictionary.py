"""Tone by a word list of your own, beside the trained model and VADER.

References
----------
Young & Soroka (2012), Affective news: the automated coding of sentiment in political texts. Political Communication
    29. Net tone is positive minus negative words per 100 words; negated words count for the other side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table
from analysis.compare._core.voice_segments import voice_segments
from analysis.compare._core.voices import VoiceChoice, by_voice
from analysis.errors import FramingError
from analysis.schemas import OUTLET

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
) -> pd.DataFrame:
    """Positive minus negative words per 100 words, by a dictionary in the form of a codebook.

    Parameters
    ----------
    tables : Tables
    dictionary : Codebook
        With one theme of positive and one of negative patterns; themes below them count for them. It need not be the
        study's codebook: the texts are looked up anew.
    positive, negative : str
        Ids of the two themes.
    by, voice, cluster
        As for `analysis.compare.measures.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        Rows as `analysis.compare.measures.rates` gives them: `numerator` positive minus negative hits,
        `denominator` words,
        `estimate` per 100 words; and `n_positive`, `n_negative`. A hit under a negation counts for the other side.

    Raises
    ------
    FramingError
        The dictionary lacks one of the themes.
    """
    import pandas as pd

    hits = tone_hits(tables, dictionary, positive=positive, negative=negative)
    groups = group_articles(tables.articles, by, cluster=cluster)
    cells: list[Cell] = []
    signed = []
    for cell, rows, words in by_voice(tables, groups, hits, voice):
        counts = counts_matrix(groups, rows, "sign", SIGNS)
        cells.append((cell, counts[:, :1] - counts[:, 1:], words))
        signed.append(counts)
    table = ratio_table(
        groups,
        cells,
        method=f"'{positive}' minus '{negative}' per 100 words",
        what="words",
        scale=100,
        labels=[] if voice is None else ["voice"],
    )
    totals = [
        counts[groups.codes == code].sum(axis=0) for code in range(len(groups.keys)) for counts in signed
    ]
    return table.join(pd.DataFrame(totals, columns=list(COUNTS), index=table.index).astype("int64"))


def tone_hits(
    tables: Tables, dictionary: Codebook, *, positive: str = "positive", negative: str = "negative"
) -> pd.DataFrame:
    """Every hit of the two themes: article_id, start, end, text, pattern, negated, sign, sentence, voice.

    `sign` is what the hit counts for: 'positive' or 'negative', the other one under a negation. The rows fit
    `analysis.evidence.sentences.with_sentences`.
    """
    import pandas as pd

    from analysis.annotators.themes.extract import find_themes

    signs = _signs(dictionary, positive, negative)
    segments = voice_segments(tables)
    starts = {name: rows["start"].tolist() for name, rows in tables.sentences.groupby("article_id")}
    rows = []
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        own = segments[article_id]
        for hit in find_themes(text, dictionary):
            if hit.theme not in signs:
                continue
            place = bisect_right(own, hit.start, key=lambda segment: segment.start) - 1
            rows.append(
                {
                    "article_id": article_id,
                    "start": hit.start,
                    "end": hit.end,
                    "text": text[hit.start : hit.end],
                    "pattern": hit.pattern,
                    "negated": hit.negated,
                    "sign": SIGNS[signs[hit.theme] != hit.negated],
                    "sentence": max(0, bisect_right(starts.get(article_id, []), hit.start) - 1),
                    "voice": own[place].voice if own else OUTLET,
                }
            )
    columns = ["article_id", "start", "end", "text", "pattern", "negated", "sign", "sentence", "voice"]
    return pd.DataFrame(rows, columns=columns).sort_values(["article_id", "start"], ignore_index=True)


def _signs(dictionary: Codebook, positive: str, negative: str) -> dict[str, bool]:
    """Themes that count, True for those below the negative one."""
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
