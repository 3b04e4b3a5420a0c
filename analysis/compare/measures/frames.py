"""How the relationship of two sides (a dyad) is framed in the sentences that mention both."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from analysis.compare._core.derived import derived_rows
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, own_shares, share_table
from analysis.compare._core.voices import VoiceChoice, rows_by_voice, voice_columns
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.compare._core.ratios import Cell
    from analysis.tables import Tables

Dyad = tuple[str, str]
FRAME_GROUP = "relationship"
PREFIX = "rel_"
MAX_DISTANCE = 2  # sentences between "the two countries" and the last sentence that names both sides

DYAD_SENTENCES = "dyad_sentences"
"""Name of the further table that keeps the sentences of all dyads where the texts were removed."""

_SENTENCE = {"article_id": "str", "sentence": "int64", "how": "str"}
_NOUNS = (
    "countr|side|nation|state|capital|government|leader|president|neighbou?r|power|partner|"
    "part(?:y|ies)|all(?:y|ies)"
)
_PAIR = re.compile(
    rf"\b(?:the two|both|these two|the pair)\b(?: (?:\w+ )?(?:{_NOUNS})\w*)?|"
    r"\btheir (?:\w+ )?(?:ties|relations\w*|partnership|alliance|friendship|treaty|cooperation|rivalry)\b|"
    r"\b(?:they|neither|each other|one another)\b",
    re.IGNORECASE,
)


def dyad_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    """Sentences that mention both sides of a dyad.

    Parameters
    ----------
    tables : Tables
        With their study, whose demonyms ("Iranian") also count as mentions.
    dyad : (str, str)
        Two sides of the study.

    Returns
    -------
    pandas.DataFrame
        One row per sentence: article_id, sentence, and how: 'named' if both sides are named, 'resolved' if "the two
        countries", "their ties" or "they" occurs at most two sentences after a sentence that names both.

    Raises
    ------
    FramingError
        If a side is unknown, or both are the same.
    """
    check_dyad(tables, dyad)
    if DYAD_SENTENCES in tables.further:
        return _saved_sentences(tables, dyad)
    tables.expect_text("the search for sentences about two sides")
    return derived_rows(tables, ("dyad", *sorted(dyad)), partial(_dyad_sentences, dyad=dyad))


def _dyad_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    import pandas as pd

    found = pd.concat([_sentences_of_shard(part, [dyad]) for part in tables.shards()], ignore_index=True)
    return found[list(_SENTENCE)].sort_values(["article_id", "sentence"], kind="stable", ignore_index=True)


def knows_dyads(tables: Tables) -> bool:
    """Whether `dyad_sentences` can find sentences: from the texts, or kept with tables without text.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    bool
    """
    return tables.has_text or DYAD_SENTENCES in tables.further


def all_dyad_sentences(tables: Tables) -> pd.DataFrame:
    """Return the sentences of every dyad of the study's sides, to be kept with tables without text.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    pandas.DataFrame
        The columns of `dyad_sentences` after `one` and `other`, the sides.
    """
    import pandas as pd

    tables.expect_text("the search for sentences about two sides")
    dyads = list(combinations(tables.study_or_error().actors.side_ids, 2))
    found = pd.concat([_sentences_of_shard(part, dyads) for part in tables.shards()], ignore_index=True)
    keys = ["one", "other", "article_id", "sentence"]
    return found.sort_values(keys, kind="stable", ignore_index=True)


def _saved_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    saved = tables.further[DYAD_SENTENCES]
    chosen = saved["one"].isin(dyad) & saved["other"].isin(dyad)
    return saved.loc[chosen, list(_SENTENCE)].astype(_SENTENCE).reset_index(drop=True)


def _sentences_of_shard(tables: Tables, dyads: Collection[Dyad]) -> pd.DataFrame:
    """The sentences of several dyads, with the columns one and other."""
    import pandas as pd

    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    known = {frozenset(dyad): dyad for dyad in dyads}
    wanted = {side for dyad in dyads for side in dyad}
    named = _named(tables, wanted)
    patterns = {side: pattern for side in wanted if (pattern := _adjectives(tables, side)) is not None}
    rows = []
    last: dict[Dyad, int] = {}  # sentence of the article that last named both sides
    of_article = ""
    sentences = tables.sentences.sort_values(["article_id", "sentence"], kind="stable")
    for article, number, start, end in sentences[["article_id", "sentence", "start", "end"]].itertuples(
        index=False
    ):
        if article != of_article:
            of_article, last = article, {}
        text = texts[article][start:end]
        sides = named.get((article, number), set()) | {
            side for side, pattern in patterns.items() if pattern.search(text)
        }
        there = [known[pair] for pair in map(frozenset, combinations(sides, 2)) if pair in known]
        rows += [(*dyad, article, number, "named") for dyad in there]
        last |= dict.fromkeys(there, number)
        near = [dyad for dyad, before in last.items() if 0 < number - before <= MAX_DISTANCE]
        if near and _PAIR.search(text):
            rows += [(*dyad, article, number, "resolved") for dyad in near]
    kinds = {"one": "str", "other": "str", **_SENTENCE}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def frame_hits(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    """Hits of relationship frames in the sentences of a dyad: the evidence for `frame_prevalence`.

    Parameters
    ----------
    tables : Tables
        With their study. Its themes of the group 'relationship' are the frames.
    dyad : (str, str)

    Returns
    -------
    pandas.DataFrame
        Rows of `themes` with the further columns `frame` (the theme without ``rel_``) and `how` (see
        `dyad_sentences`). Hits under a negation are left out.
    """
    return _hits_in(tables, dyad_sentences(tables, dyad))


def _hits_in(tables: Tables, sentences: pd.DataFrame) -> pd.DataFrame:
    """Hits of relationship frames in some sentences."""
    import pandas as pd

    groups = tables.study_or_error().theme_groups
    parts = []
    for themes in tables.iter("themes"):
        chosen = themes[themes["theme"].map(groups).eq(FRAME_GROUP) & ~themes["negated"].astype(bool)]
        parts.append(chosen.merge(sentences, on=["article_id", "sentence"], how="inner"))
    hits = pd.concat(parts, ignore_index=True).sort_values(
        ["article_id", "start", "theme"], kind="stable", ignore_index=True
    )
    return hits.assign(frame=hits["theme"].str.removeprefix(PREFIX))


def frame_prevalence(
    tables: Tables,
    dyad: Dyad,
    *,
    by: str | Sequence[str] = ("outlet",),
    voice: VoiceChoice = None,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Share of articles with each frame of a relationship, among articles that mention both sides in one sentence.

    Parameters
    ----------
    tables : Tables
    dyad : (str, str)
    by : str or sequence of str, default ('outlet',)
        Columns to group by; see `analysis.compare._core.grouping.group_articles`.
    voice : None, 'split', 'sides' or one voice
        Voice of the hits; see `analysis.compare.measures.rates.theme_rates`.
    cluster : str, default 'article_id'
        Column whose values are resampled together. With any value but the default, intervals are bootstrap
        intervals instead of Wilson's.
    weight : {'word', 'article', 'outlet'}, default 'word'
        Whether each word, article or outlet counts equally; see `analysis.compare._core.weighting`.

    Returns
    -------
    pandas.DataFrame
        One row per group, voice and `frame`. `numerator`: articles with the frame; `denominator` and `n`: articles
        with a sentence that mentions both sides.
    """
    import numpy as np

    study = tables.study_or_error()
    frames = [name.removeprefix(PREFIX) for name, group in study.theme_groups.items() if group == FRAME_GROUP]
    sentences = dyad_sentences(tables, dyad)
    about = tables.select(sentences["article_id"].unique())
    hits = _hits_in(about, sentences)
    groups = group_articles(about.metadata, by, cluster=cluster, weight=weight)
    every = np.ones(len(groups.article_ids))
    cells: list[Cell] = []
    for label, rows in rows_by_voice(hits, about, voice):
        present = counts_matrix(groups, rows, "frame", frames) > 0
        cells.append((label, present.astype(float), every))
    return share_table(
        groups,
        cells,
        item="frame",
        items=frames,
        method="share of articles about both sides",
        labels=voice_columns(voice),
        what="articles about both sides",
    )


def frame_voices(tables: Tables, dyad: Dyad, *, cluster: str = "article_id") -> pd.DataFrame:
    """Share of the hits of each frame of a relationship that are in the outlets' own words.

    Parameters
    ----------
    tables : Tables
    dyad : (str, str)
    cluster : str, default 'article_id'
        Column whose values are resampled together.

    Returns
    -------
    pandas.DataFrame
        One row per `frame` with a hit. `numerator`: hits in the outlets' own words; `denominator`: all hits, see
        `frame_hits`; `n`: articles with a hit.
    """
    hits = frame_hits(tables, dyad)
    groups = group_articles(tables.metadata, (), cluster=cluster)
    method = "share of hits in the outlets' own words"
    return own_shares(groups, hits, "frame", sorted(set(hits["frame"])), method=method)


def _named(tables: Tables, sides: Collection[str]) -> dict[tuple[str, int], set[str]]:
    """Which of some sides are mentioned in each sentence, by article and sentence."""
    found: dict[tuple[str, int], set[str]] = {}
    mentions = tables.mentions.loc[tables.mentions["side"].isin(sides), ["article_id", "sentence", "side"]]
    for article, number, side in mentions.drop_duplicates().itertuples(index=False):
        found.setdefault((article, number), set()).add(side)
    return found


def _adjectives(tables: Tables, side: str) -> re.Pattern[str] | None:
    actors = tables.study_or_error().actors.actors
    words = [word for actor in actors if actor.side == side for word in actor.demonyms]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") if words else None


def check_dyad(tables: Tables, dyad: Dyad) -> None:
    """Raise an error unless the dyad is two different sides of the study.

    Parameters
    ----------
    tables : Tables
    dyad : pair of str
        Ids of sides.

    Raises
    ------
    FramingError
        If a side is unknown, or both are the same.
    """
    sides = tables.study_or_error().actors.side_ids
    unknown = [side for side in dyad if side not in sides]
    if unknown or len(set(dyad)) != 2:
        raise FramingError(
            f"a dyad must be two different sides of the study, got {', '.join(map(repr, dyad))}",
            remedy=f"choose from: {', '.join(sides)}",
        )
