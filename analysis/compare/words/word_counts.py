"""Word counts per article, in all voices or one: the input of keyness, log-odds and dispersion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
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
    import pandas as pd

    tables.expect_text("counting words")
    known = {None, OUTLET, QUOTED, *known_voices(tables)}
    if unknown := [voice for voice in voices if voice not in known]:
        raise FramingError(
            f"no article has words in the voice '{unknown[0]}'",
            remedy="choose None, 'outlet', 'quoted' or a side",
        )
    shards = [_counts_of_shard(part, voices, lower, frozenset(leave_out)) for part in tables.shards()]
    return [
        (
            pd.concat([counts for counts, _ in parts], ignore_index=True),
            pd.concat([words for _, words in parts]),
        )
        for parts in zip(*shards, strict=True)
    ]


def _counts_of_shard(
    tables: Tables, voices: Sequence[str | None], lower: bool, leave_out: Collection[str]
) -> list[tuple[pd.DataFrame, pd.Series]]:
    segments = {} if set(voices) == {None} else voice_segments(tables)
    rows: list[list[tuple[str, str, int]]] = [[] for _ in voices]
    totals: list[dict[str, int]] = [{} for _ in voices]
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        by_voice = _words(text, segments.get(article_id), lower)
        for voice, found, of_article in zip(voices, rows, totals, strict=True):
            counts = _in_voice(by_voice, voice)
            of_article[article_id] = counts.total()
            found += [(article_id, word, n) for word, n in sorted(counts.items()) if word not in leave_out]
    return [_as_tables(*both) for both in zip(rows, totals, strict=True)]


def _as_tables(rows: list[tuple[str, str, int]], totals: dict[str, int]) -> tuple[pd.DataFrame, pd.Series]:
    import pandas as pd

    counts = pd.DataFrame(rows, columns=["article_id", "item", "count"]).astype(
        {"article_id": "str", "item": "str", "count": "int64"}
    )
    return counts, pd.Series(totals, name="words", dtype="int64").rename_axis("article_id")


def _words(text: str, segments: list[VoiceSegment] | None, lower: bool) -> dict[str | None, Counter[str]]:
    """Words by the voice of their first character; all in the voice None if there are no segments."""
    if segments is None:
        return {None: _folded(Counter(WORD.findall(text)), lower)}
    found: dict[str | None, list[str]] = {segment.voice: [] for segment in segments}
    place = 0
    for match in WORD.finditer(text):
        while segments[place].end <= match.start():
            place += 1
        found[segments[place].voice].append(match.group())
    return {voice: _folded(Counter(own), lower) for voice, own in found.items()}


def _folded(counts: Counter[str], lower: bool) -> Counter[str]:
    if not lower:
        return counts
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[word.lower()] += count
    return folded


def _in_voice(by_voice: dict[str | None, Counter[str]], voice: str | None) -> Counter[str]:
    """The words in a voice; in all voices for None, and in all but the outlet's for 'quoted'."""
    counts: Counter[str] = Counter()
    for own, found in by_voice.items():
        if voice in (None, own) or (voice == QUOTED and own != OUTLET):
            counts.update(found)
    return counts
