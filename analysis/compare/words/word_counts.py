"""Words per article, in all voices or one: what keyness, log-odds and dispersion are computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from analysis.compare._core.voice_segments import voice_segments
from analysis.compare._core.voices import QUOTED
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
    """How often each word stands in each article.

    Parameters
    ----------
    tables : Tables
    voice : str, optional
        Only words in this voice: 'outlet', 'quoted' (all voices but the outlet's), or a side.
    lower : bool, default True
        Count "Sanctions" as "sanctions".
    leave_out : collection of str
        Words not to count as items, such as names of outlets; they stay in the number of words.

    Returns
    -------
    counts : pandas.DataFrame
        Columns article_id, item, count.
    words : pandas.Series
        Words of every article in that voice, by article_id; 0 where it has none.

    Raises
    ------
    FramingError
        Nobody speaks in that voice.

    Examples
    --------
    >>> from analysis.compare.words.word_counts import word_counts
    >>> tables = analysis.load_tables("results")
    >>> counts, words = word_counts(tables, voice="outlet")
    >>> int(words.sum()) == int(tables.tones.query("voice == 'outlet'")["n_words"].sum())
    True
    """
    import pandas as pd

    if voice not in (None, OUTLET, QUOTED, *set(tables.tones["voice"])):
        raise FramingError(
            f"nobody speaks in the voice '{voice}'", remedy="choose None, 'outlet', 'quoted' or a side"
        )
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
    """Words of the text, or those that begin in a stretch of the voice."""
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
