"""How the relationship of two sides (a dyad) is framed in the sentences that mention both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from analysis.compare._core.counts import COUNT, distinct, is_one_of, per_article, recoded
from analysis.compare._core.derived import derived_rows
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, own_shares, places, share_table
from analysis.compare._core.voices import VoiceChoice, rows_by_voice, voice_columns
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError

if TYPE_CHECKING:
    import numpy as np
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
    return _sentences_of(tables, dyad).astype(_SENTENCE)


def _sentences_of(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    """The same with categories for texts, so that the rows of a large corpus can be kept."""
    check_dyad(tables, dyad)
    if DYAD_SENTENCES in tables.further:
        return _saved_sentences(tables, dyad)
    tables.expect_text("the search for sentences about two sides")
    return derived_rows(tables, ("dyad", *sorted(dyad)), partial(_dyad_sentences, dyad=dyad))


def _dyad_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    # ids are numbered by hand: pandas compares the categories of all parts, which takes as long as their square
    import numpy as np
    import pandas as pd

    ids, codes, parts, n_articles = [], [], [], 0
    for shard in tables.shards():
        part = _sentences_of_shard(shard, [dyad])
        codes.append(part["article_id"].cat.codes.to_numpy().astype(np.int64) + n_articles)
        ids.append(part["article_id"].cat.categories.to_series())
        n_articles += len(ids[-1])
        parts.append(part[["sentence", "how"]])
    every = pd.concat(ids)
    order = np.argsort(every.to_numpy(), kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order))
    article = pd.Categorical.from_codes(place[np.concatenate(codes)], categories=pd.Index(every.iloc[order]))
    found = pd.concat(parts, ignore_index=True).assign(article_id=article)[list(_SENTENCE)]
    return found.iloc[np.lexsort((found["sentence"].to_numpy(), article.codes))].reset_index(drop=True)


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
    kinds = {"one": "str", "other": "str", **_SENTENCE}
    parts = [_sentences_of_shard(part, dyads).astype(kinds) for part in tables.shards()]
    found = pd.concat(parts, ignore_index=True)
    keys = ["one", "other", "article_id", "sentence"]
    return found.sort_values(keys, kind="stable", ignore_index=True)


def _saved_sentences(tables: Tables, dyad: Dyad) -> pd.DataFrame:
    saved = tables.further[DYAD_SENTENCES]
    chosen = saved["one"].isin(dyad) & saved["other"].isin(dyad)
    return saved.loc[chosen, list(_SENTENCE)].astype(_SENTENCE).reset_index(drop=True)


def _sentences_of_shard(tables: Tables, dyads: Sequence[Dyad]) -> pd.DataFrame:
    """The sentences of several dyads, with the columns one and other. Texts are categories."""
    import numpy as np
    import pandas as pd

    sentences = _Sentences.of(tables)
    sides = {side: _names_side(tables, sentences, side) for side in {s for dyad in dyads for s in dyad}}
    both = [sides[one] & sides[other] for one, other in dyads]
    near = [~rows & sentences.soon_after(rows) for rows in both]
    resolved = np.zeros(len(sentences.number), dtype=bool)
    for row in np.flatnonzero(np.any([resolved, *near], axis=0)).tolist():
        resolved[row] = _PAIR.search(sentences.text(row)) is not None
    parts = []
    for (one, other), rows, after in zip(dyads, both, near, strict=True):
        found = np.flatnonzero(rows | after & resolved)
        about = {"one": one, "other": other, "article_id": sentences.article_ids(found)}
        how = pd.Categorical.from_codes(rows[found].astype(np.int8), pd.Index(["resolved", "named"]))
        parts.append(pd.DataFrame({**about, "sentence": sentences.number[found], "how": how}))
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _Sentences:
    """The sentences of a shard by article and number.

    Attributes
    ----------
    ids : pandas.Index of str
        The articles, sorted.
    texts : list of str
        Of the articles.
    article, number, start, end : numpy.ndarray of int, shape (sentences,)
        Sorted by article and number.
    """

    ids: pd.Index
    texts: list[str]
    article: np.ndarray
    number: np.ndarray
    start: np.ndarray
    end: np.ndarray

    @classmethod
    def of(cls, tables: Tables) -> _Sentences:
        import numpy as np
        import pandas as pd

        articles = tables.articles.sort_values("article_id", kind="stable")
        ids = pd.Index(articles["article_id"])
        rows = tables.sentences
        article, number = ids.get_indexer(pd.Index(rows["article_id"])), rows["sentence"].to_numpy()
        order = np.lexsort((number, article))
        start, end = (rows[name].to_numpy()[order] for name in ("start", "end"))
        return cls(ids, articles["text"].tolist(), article[order], number[order], start, end)

    def text(self, row: int) -> str:
        """The text of a sentence."""
        return self.texts[self.article[row]][self.start[row] : self.end[row]]

    def article_ids(self, rows: np.ndarray) -> pd.Categorical:
        """The articles of some sentences."""
        import pandas as pd

        return pd.Categorical.from_codes(self.article[rows], categories=self.ids)

    def rows_of(self, article_ids: pd.Series, numbers: pd.Series) -> np.ndarray:
        """The rows of sentences that are given by article and number."""
        import numpy as np
        import pandas as pd

        keys = self.article.astype(np.int64) << 32 | self.number
        wanted = self.ids.get_indexer(pd.Index(article_ids)).astype(np.int64) << 32 | numbers.to_numpy()
        place = np.searchsorted(keys, wanted)
        there = place < len(keys)
        there[there] = keys[place[there]] == wanted[there]
        return place[there]

    def soon_after(self, rows: np.ndarray) -> np.ndarray:
        """Which sentences are at most `MAX_DISTANCE` after some sentences of the same article."""
        import numpy as np

        last = np.maximum.accumulate(np.where(rows, np.arange(len(rows)), -1))
        last = np.append(-1, last)[:-1]
        same = (last >= 0) & (self.article[last] == self.article)
        return same & (self.number - self.number[last] <= MAX_DISTANCE)


def _names_side(tables: Tables, sentences: _Sentences, side: str) -> np.ndarray:
    """Which sentences mention a side, by a name or a demonym."""
    import numpy as np

    named = np.zeros(len(sentences.number), dtype=bool)
    mentions = tables.mentions[tables.mentions["side"] == side]
    named[sentences.rows_of(mentions["article_id"], mentions["sentence"])] = True
    words = [
        word
        for actor in tables.study_or_error().actors.actors
        if actor.side == side
        for word in actor.demonyms
    ]
    if not words:
        return named
    # whole texts are searched for the letters, and only sentences that have them for the word
    letters = re.compile("|".join(map(re.escape, words)))
    word = re.compile(rf"\b(?:{letters.pattern})\b")
    edges = np.searchsorted(sentences.article, np.arange(len(sentences.ids) + 1))
    for text, first, last in zip(sentences.texts, edges[:-1], edges[1:], strict=True):
        places = [found.start() for found in letters.finditer(text)]
        rows = first + np.searchsorted(sentences.start[first:last], places, side="right") - 1
        for row in np.unique(rows[rows >= first]).tolist():
            named[row] = named[row] or word.search(sentences.text(row)) is not None
    return named


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
    import pandas as pd

    groups = tables.study_or_error().theme_groups
    sentences = dyad_sentences(tables, dyad)
    parts = []
    for themes in tables.iter("themes"):
        chosen = themes[themes["theme"].map(groups).eq(FRAME_GROUP) & ~themes["negated"].astype(bool)]
        parts.append(chosen.merge(sentences, on=["article_id", "sentence"], how="inner"))
    hits = pd.concat(parts, ignore_index=True).sort_values(
        ["article_id", "start", "theme"], kind="stable", ignore_index=True
    )
    return hits.assign(frame=hits["theme"].str.removeprefix(PREFIX))


def _count_hits(tables: Tables, dyad: Dyad) -> tuple[pd.DataFrame, np.ndarray]:
    """Hits of frames in the sentences of a dyad, counted by article, frame and voice; the articles with sentences.

    The articles are a mask of those of `tables.metadata`.
    """
    import numpy as np
    import pandas as pd

    frames = _frames(tables)
    sql = (
        f"SELECT article_id, sentence, theme AS frame, voice, count(*) AS {COUNT} FROM rows WHERE NOT negated AND "
        f"{is_one_of('theme', frames)} GROUP BY article_id, sentence, theme, voice"
    )
    hits, ids = per_article(tables, "themes", sql), pd.Index(tables.metadata["article_id"])
    sentences = _sentences_of(tables, dyad)
    article = places(ids, sentences["article_id"]).astype(np.int64)
    known = np.sort(article << 32 | sentences["sentence"].to_numpy())
    wanted = places(ids, hits["article_id"]).astype(np.int64) << 32 | hits["sentence"].to_numpy()
    place = np.searchsorted(known, wanted)
    inside = place < len(known)
    inside[inside] = known[place[inside]] == wanted[inside]
    about = np.zeros(len(ids), dtype=bool)
    about[article] = True
    return hits[inside].assign(frame=recoded(hits["frame"][inside], frames)), about


def _frames(tables: Tables) -> dict[str, str]:
    """The themes that are frames of a relationship, and the name of each frame."""
    groups = tables.study_or_error().theme_groups
    return {name: name.removeprefix(PREFIX) for name, group in groups.items() if group == FRAME_GROUP}


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

    frames = list(_frames(tables).values())
    hits, inside = _count_hits(tables, dyad)
    articles = tables.metadata[inside]
    about = (
        tables if voice is None else tables.select(articles["article_id"])
    )  # have the voices to choose from
    groups = group_articles(articles, by, cluster=cluster, weight=weight)
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
    hits, _ = _count_hits(tables, dyad)
    groups = group_articles(tables.metadata, (), cluster=cluster)
    method = "share of hits in the outlets' own words"
    return own_shares(groups, hits, "frame", distinct(hits["frame"]), method=method, weight=COUNT)


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
