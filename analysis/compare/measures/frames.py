"""The sentences in which two sides meet, and how their relationship is framed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, share_table
from analysis.compare._core.voices import VoiceChoice, relabel
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Dyad = tuple[str, str]
FRAME_GROUP = "relationship"
PREFIX = "rel_"
REACH = 2  # sentences back to the last one that names both sides, for "the two countries"

_THINGS = (
    "countr|side|nation|state|capital|government|leader|president|neighbou?r|power|partner|"
    "part(?:y|ies)|all(?:y|ies)"
)
_PAIR = re.compile(
    rf"\b(?:the two|both|these two|the pair)\b(?: (?:\w+ )?(?:{_THINGS})\w*)?|"
    r"\btheir (?:\w+ )?(?:ties|relations\w*|partnership|alliance|friendship|treaty|cooperation|rivalry)\b|"
    r"\b(?:they|neither|each other|one another)\b",
    re.IGNORECASE,
)


def dyad_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    """The sentences that are about two sides together.

    Parameters
    ----------
    tables : Tables
        With their study, for the adjectives of its states ("Iranian").
    dyad : (str, str)
        Two sides of the study.

    Returns
    -------
    pandas.DataFrame
        Columns article_id, sentence and how: 'named' where both sides are named, 'resolved' where "the two
        countries", "their ties" or "they" stands, at most two sentences after one that names both.

    Raises
    ------
    FramingError
        A side is unknown, or the two are the same.
    """
    import pandas as pd

    _check(tables, dyad)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    named = _named(tables, dyad)
    patterns = {side: _adjectives(tables, side) for side in dyad}
    rows = []
    last: tuple[str, int] = ("", -1)
    sentences = tables.sentences.sort_values(["article_id", "sentence"], kind="stable")
    for article, number, start, end in sentences[["article_id", "sentence", "start", "end"]].itertuples(
        index=False
    ):
        text = texts[article][start:end]
        sides = named.get((article, number), set()) | {
            side for side, pattern in patterns.items() if pattern is not None and pattern.search(text)
        }
        if len(sides) == len(dyad):
            last = (article, number)
            rows.append((article, number, "named"))
        elif last[0] == article and number - last[1] <= REACH and _PAIR.search(text):
            rows.append((article, number, "resolved"))
    table = pd.DataFrame(rows, columns=["article_id", "sentence", "how"])
    return table.astype({"article_id": "str", "sentence": "int64", "how": "str"})


def frame_hits(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    """Evidence for the frames of the relationship: hits of the codebook in the sentences of two sides.

    Returns
    -------
    pandas.DataFrame
        Rows of `themes` with the further columns frame (no ``rel_``) and how; hits under a negation are left out.
    """
    groups = tables.study_or_error().theme_groups
    chosen = tables.themes[
        tables.themes["theme"].map(groups).eq(FRAME_GROUP) & ~tables.themes["negated"].astype(bool)
    ]
    hits = chosen.merge(dyad_sentences(tables, dyad), on=["article_id", "sentence"], how="inner")
    return hits.assign(frame=hits["theme"].str.removeprefix(PREFIX))


def frame_prevalence(
    tables: Tables,
    dyad: Dyad,
    *,
    by: str | Sequence[str] = ("outlet",),
    voice: VoiceChoice = None,
    cluster: str = "article_id",
) -> pd.DataFrame:
    """Share of the articles about two sides in which each frame of their relationship comes up.

    Parameters
    ----------
    tables : Tables
    dyad : (str, str)
    by : str or sequence of str, default ('outlet',)
    voice : None, 'split', 'sides' or one voice
        As for `analysis.compare.measures.rates.theme_rates`; whose words the evidence is.
    cluster : str, default 'article_id'
        With another value than this the interval is a bootstrap over the clusters instead of Wilson's.

    Returns
    -------
    pandas.DataFrame
        One row per group, voice and `frame`; `numerator` articles with the frame, `denominator` and `n` articles
        with a sentence of both sides; Wilson intervals, or bootstrap ones over clusters.
    """
    import numpy as np

    study = tables.study_or_error()
    frames = [name.removeprefix(PREFIX) for name, group in study.theme_groups.items() if group == FRAME_GROUP]
    sentences = dyad_sentences(tables, dyad)
    about = tables.select(sentences["article_id"].unique())
    hits = frame_hits(about, dyad)
    groups = group_articles(about.articles, by, cluster=cluster)
    labelled, voices = (hits, [None]) if voice is None else relabel(hits, about, voice)
    cells = []
    for name in voices:
        rows = labelled if name is None else labelled[labelled["voice"] == name]
        present = counts_matrix(groups, rows, "frame", frames) > 0
        cells.append(
            ({} if name is None else {"voice": name}, present.astype(float), np.ones(len(groups.article_ids)))
        )
    return share_table(
        groups,
        cells,
        item="frame",
        items=frames,
        method="share of articles about both sides",
        labels=[] if voice is None else ["voice"],
        what="articles about both sides",
    )


def _named(tables: Tables, dyad: Dyad) -> dict[tuple[str, int], set[str]]:
    """The sides of the dyad that are mentioned in each sentence."""
    found: dict[tuple[str, int], set[str]] = {}
    mentions = tables.mentions[tables.mentions["side"].isin(dyad)]
    for article, number, side in mentions[["article_id", "sentence", "side"]].itertuples(index=False):
        found.setdefault((article, number), set()).add(side)
    return found


def _adjectives(tables: Tables, side: str) -> re.Pattern[str] | None:
    actors = tables.study_or_error().actors.actors
    words = [word for actor in actors if actor.side == side for word in actor.demonyms]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") if words else None


def _check(tables: Tables, dyad: Dyad) -> None:
    sides = tables.study_or_error().actors.side_ids
    unknown = [side for side in dyad if side not in sides]
    if unknown or len(set(dyad)) != 2:
        raise FramingError(
            f"a dyad is two different sides of the study, not {', '.join(map(repr, dyad))}",
            remedy=f"there are: {', '.join(sides)}",
        )
