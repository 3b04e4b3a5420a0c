"""Word counts per article, in all voices or one: the input of keyness, log-odds and dispersion."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from analysis.compare._core.derived import derived_rows
from analysis.compare._core.voice_segments import voice_segments
from analysis.compare._core.voices import QUOTED, known_voices
from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.annotators.parsing.document import VoiceSegment
    from analysis.tables import Tables

_REST = re.compile(r"(?<=\w)['’]?\w+(?:['’]\w+)*|(?<=\w['’])\w+(?:['’]\w+)*")
"""The rest of a word, seen from within the word; see `analysis.corpus.WORD`."""
_ITEM = re.compile(rf"(?:\b[^\W\d_]\.){{2,}}|{WORD.pattern}")
"""A word, or an abbreviation of single letters such as "U.S.", which `WORD` takes for two words."""


def word_counts(
    tables: Tables, *, voice: str | None = None, lower: bool = True, leave_out: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.Series]:
    """Count the words of each article.

    An abbreviation of single letters, such as "U.S.", is one item. In numbers of words it counts as two.

    Parameters
    ----------
    tables : Tables
    voice : str, optional
        Count only words in this voice: 'outlet', 'quoted' (all voices but the outlet's), or a side.
    lower : bool, default True
        Convert words to lower case.
    leave_out : collection of str
        Words that are not counted as items, such as names of outlets. They still count in the number of words.

    Returns
    -------
    counts : pandas.DataFrame
        Columns article_id, item, count.
    words : pandas.Series
        Number of words of every article in this voice, by article_id; 0 if there are none.

    Raises
    ------
    FramingError
        If no article has words in this voice.

    Examples
    --------
    >>> from analysis.compare.words.word_counts import word_counts
    >>> tables = analysis.load_tables("results")
    >>> counts, words = word_counts(tables, voice="outlet")
    >>> int(words.sum()) == int(tables.tones.query("voice == 'outlet'")["n_words"].sum())
    True
    """
    return word_counts_of_voices(tables, [voice], lower=lower, leave_out=leave_out)[0]


def word_counts_of_voices(
    tables: Tables, voices: Sequence[str | None], *, lower: bool = True, leave_out: Collection[str] = ()
) -> list[tuple[pd.DataFrame, pd.Series]]:
    """Count the words of several voices. The texts are read once.

    Parameters
    ----------
    tables : Tables
    voices : sequence of str or None
    lower, leave_out
        As in `word_counts`.

    Returns
    -------
    list of (pandas.DataFrame, pandas.Series)
        For each voice what `word_counts` returns.

    Raises
    ------
    FramingError
        The tables have no texts, or no article has words in one of the voices.
    """
    tables.expect_text("counting words")
    known = {None, OUTLET, QUOTED, *known_voices(tables)}
    if unknown := [voice for voice in voices if voice not in known]:
        raise FramingError(
            f"no article has words in the voice '{unknown[0]}'",
            remedy="choose None, 'outlet', 'quoted' or a side",
        )
    split = set(voices) != {None}
    make = partial(_words_by_voice, split=split, lower=lower)
    rows = derived_rows(tables, ("words", split, lower), make)
    ids = set(tables.metadata["article_id"])
    return [_in_voice(rows, voice, ids, leave_out) for voice in voices]


def _words_by_voice(tables: Tables, *, split: bool, lower: bool) -> pd.DataFrame:
    """Words of each article and voice as categories, with their number. Without `split`, the voice is empty.

    The categories of article_id are all articles in the order of the tables; those of item are sorted. Page furniture
    has no words here: "All rights reserved" would be typical of an outlet.
    """
    import numpy as np
    import pandas as pd

    from analysis.annotators.parsing.page_furniture import without_furniture  # reads word lists

    items: dict[str, int] = defaultdict(count().__next__)  # a new word gets the next number
    voices: dict[str, int] = defaultdict(count().__next__)
    ids: list[str] = []
    blocks: list[tuple[int, int, int]] = []  # article, voice, different words
    codes, numbers = array("i"), array("i")
    for part in tables.shards():
        segments = voice_segments(part) if split else {}
        for article_id, text in zip(part.articles["article_id"], part.articles["text"], strict=True):
            for voice, found in _words(without_furniture(text), segments.get(article_id)).items():
                counts = Counter(map(str.lower, found) if lower else found)
                codes.extend(map(items.__getitem__, counts))
                numbers.extend(counts.values())
                blocks.append((len(ids), voices[voice], len(counts)))
            ids.append(article_id)
    names = sorted(items)
    place = np.empty(len(names), dtype=np.int32)
    place[[items[name] for name in names]] = np.arange(len(names))
    article, voice_code, size = np.array(blocks, dtype=np.int32).reshape(-1, 3).T

    def texts(code: np.ndarray, known: Collection[str]) -> pd.Categorical:
        return pd.Categorical.from_codes(code, categories=pd.Index(list(known), dtype="str"))

    return pd.DataFrame(
        {
            "article_id": texts(np.repeat(article, size), ids),
            "voice": texts(np.repeat(voice_code, size), voices),
            "item": texts(place[np.frombuffer(codes, dtype=np.int32)], names),
            "count": np.frombuffer(numbers, dtype=np.int32),
        }
    )


def _words(text: str, segments: Sequence[VoiceSegment] | None) -> dict[str, list[str]]:
    """Words by the voice of their first character; all in an empty voice if there are no segments."""
    if segments is None:
        return {"": _ITEM.findall(text)}
    found: dict[str, list[str]] = {}
    start = 0
    for segment in segments:
        rest = _REST.match(text, segment.end)
        end = rest.end() if rest else segment.end
        found.setdefault(segment.voice, []).extend(_ITEM.findall(text, start, end))
        start = end
    return found


def _in_voice(
    rows: pd.DataFrame, voice: str | None, ids: Collection[str], leave_out: Collection[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """What `word_counts` returns for a voice: None for all of them, 'quoted' for all but the outlet's."""
    import numpy as np
    import pandas as pd

    if voice is not None:
        rows = rows[rows["voice"] != OUTLET if voice == QUOTED else rows["voice"] == voice]
    article, item = (rows[name].cat.codes.to_numpy().astype(np.int64) for name in ("article_id", "item"))
    articles, items = (rows[name].cat.categories for name in ("article_id", "item"))
    in_item = np.array([len(WORD.findall(name)) for name in items], dtype=np.int64)
    words = pd.Series(
        np.bincount(article, rows["count"] * in_item[item], minlength=len(articles)).astype("int64"),
        index=articles.rename("article_id"),
        name="words",
    )
    cells, place = np.unique(article * len(items) + item, return_inverse=True)  # by article, then by word
    counts = pd.DataFrame(
        {
            "article_id": articles.take(cells // max(1, len(items))),
            "item": items.take(cells % max(1, len(items))),
            "count": np.bincount(place, rows["count"]).astype("int64"),
        }
    )
    if leave_out:
        counts = counts[~counts["item"].isin(list(leave_out))].reset_index(drop=True)
    return counts, words[words.index.isin(list(ids))]
