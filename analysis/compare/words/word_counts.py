"""Word counts per article, in all voices or one: the input of keyness, log-odds and dispersion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.compare._core.voice_segments import voice_segments
from analysis.compare._core.voices import QUOTED, known_voices
from analysis.corpus import WORD
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.parsing.document import VoiceSegment
    from analysis.tables import Tables


def word_counts(
    tables: Tables, *, voice: str | None = None, lower: bool = True, leave_out: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.Series]:
    """Count the words of each article.

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
    import pandas as pd

    tables.expect_text("counting words")
    if voice not in (None, OUTLET, QUOTED, *known_voices(tables)):
        raise FramingError(
            f"no article has words in the voice '{voice}'", remedy="choose None, 'outlet', 'quoted' or a side"
        )
    parts = [_counts_of_shard(part, voice, lower, frozenset(leave_out)) for part in tables.shards()]
    counts = pd.concat([counts for counts, _ in parts], ignore_index=True)
    return counts, pd.concat([words for _, words in parts])


def _counts_of_shard(
    tables: Tables, voice: str | None, lower: bool, leave_out: Collection[str]
) -> tuple[pd.DataFrame, pd.Series]:
    import pandas as pd

    segments = {} if voice is None else voice_segments(tables)
    rows, totals = [], {}
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        found = Counter(_words(text, voice, segments.get(article_id, [])))
        totals[article_id] = sum(found.values())
        folded: Counter[str] = Counter()
        for word, count in found.items():
            folded[word.lower() if lower else word] += count
        rows += [(article_id, word, count) for word, count in sorted(folded.items()) if word not in leave_out]
    counts = pd.DataFrame(rows, columns=["article_id", "item", "count"]).astype(
        {"article_id": "str", "item": "str", "count": "int64"}
    )
    return counts, pd.Series(totals, name="words", dtype="int64").rename_axis("article_id")


def _words(text: str, voice: str | None, segments: list[VoiceSegment]) -> list[str]:
    """Words of the text, or those whose first character is in this voice."""
    if voice is None:
        return WORD.findall(text)
    found, place = [], 0
    for match in WORD.finditer(text):
        while segments[place].end <= match.start():
            place += 1
        own = segments[place].voice
        if own == voice or (voice == QUOTED and own != OUTLET):
            found.append(match.group())
    return found
