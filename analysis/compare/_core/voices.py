"""Choice of voice: all words, the outlet's own words, attributed words, or the words of one side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.counts import distinct, recoded, voice_words
from analysis.compare._core.ratios import counts_matrix, totals
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups
    from analysis.tables import Tables

QUOTED = "quoted"  # all voices except the outlet's
SPLIT = "split"
SIDES = "sides"
VoiceChoice = str | None


def relabel_voices(rows: pd.DataFrame, tables: Tables, voice: str) -> tuple[pd.DataFrame, list[str]]:
    """Rename the voices of rows according to a choice of voice.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column voice.
    tables : Tables
        Their table `tones` determines which voices exist.
    voice : str
        'split': 'outlet' and 'quoted'; 'sides': every voice; 'outlet', 'quoted' or a side: only this voice.

    Returns
    -------
    rows : pandas.DataFrame
        All rows, with their voice renamed.
    voices : list of str
        Voices to report, in order.

    Raises
    ------
    FramingError
        If no article has words in this voice.
    """
    known = known_voices(tables)
    if voice == SIDES:
        return rows, known
    if voice in (SPLIT, QUOTED):
        quoted = {name: QUOTED for name in distinct(rows["voice"]) if name != OUTLET}
        merged = rows.assign(voice=recoded(rows["voice"], quoted))
        return merged, [OUTLET, QUOTED] if voice == SPLIT else [QUOTED]
    if voice != OUTLET and voice not in known:
        raise FramingError(
            f"no article has words in the voice '{voice}'",
            remedy=f"choose None, '{SPLIT}', '{SIDES}', '{QUOTED}' or one of: {', '.join(known) or 'no voices'}",
        )
    return rows, [voice]


def known_voices(tables: Tables) -> list[str]:
    """Return the voices that have words in any article, the outlets' own first.

    Parameters
    ----------
    tables : Tables

    Returns
    -------
    list of str
    """
    return sorted(distinct(voice_words(tables)["voice"]), key=lambda name: (name != OUTLET, name))


def voice_columns(voice: VoiceChoice) -> list[str]:
    """Label columns of a result for this choice of voice.

    Parameters
    ----------
    voice : str or None
        The `voice` argument of a statistic.

    Returns
    -------
    list of str
    """
    return [] if voice is None else ["voice"]


def rows_by_voice(
    rows: pd.DataFrame, tables: Tables, voice: VoiceChoice
) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """Split rows by voice.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column voice.
    tables : Tables
    voice : None, 'split', 'sides' or one voice

    Yields
    ------
    (labels, rows)
        Label columns with their values, and the rows in this voice; a single pair without labels if `voice` is None.
    """
    if voice is None:
        yield {}, rows
        return
    renamed, voices = relabel_voices(rows, tables, voice)
    for name in voices:
        yield {"voice": name}, renamed[renamed["voice"] == name]


def rows_and_words_by_voice(
    tables: Tables, groups: Groups, rows: pd.DataFrame, voice: VoiceChoice
) -> Iterator[tuple[dict[str, str], pd.DataFrame, np.ndarray]]:
    """Split rows by voice, with the words of each article in this voice.

    Parameters
    ----------
    tables, rows, voice
        See `rows_by_voice`.
    groups : Groups
        Gives the order of the articles.

    Yields
    ------
    (labels, rows, words)
        As `rows_by_voice`; `words` has shape (articles,).
    """
    if voice is None:
        yield {}, rows, totals(groups.article_ids, voice_words(tables), "n_words")
        return
    tones, voices = relabel_voices(voice_words(tables), tables, voice)
    words = counts_matrix(groups, tones, "voice", voices, weight="n_words")
    for place, (labels, chosen) in enumerate(rows_by_voice(rows, tables, voice)):
        yield labels, chosen, words[:, place]


def in_voice(hits: pd.DataFrame, tables: Tables, voice: str | None) -> pd.DataFrame:
    """Select the hits in one voice: 'outlet', 'quoted' or a side; all hits if `voice` is None.

    Parameters
    ----------
    hits : pandas.DataFrame
        With a column `voice`.
    tables : Tables
        The results that the hits are from.
    voice : str or None

    Returns
    -------
    pandas.DataFrame
        Some of the rows of `hits`.

    Raises
    ------
    FramingError
        If there is no such voice.
    """
    if voice is None:
        return hits
    if voice == QUOTED:
        return hits[hits["voice"] != OUTLET]
    expect_known("voice", [voice], [OUTLET, QUOTED, *sorted(set(known_voices(tables)) - {OUTLET})])
    return hits[hits["voice"] == voice]


def expect_known(what: str, wanted: Iterable[str], known: Sequence[str]) -> None:
    """Raise an error that lists the known names if a name is not among them.

    Parameters
    ----------
    what : str
        What the names stand for, in the singular.
    wanted, known : sequence of str

    Raises
    ------
    FramingError
    """
    for name in wanted:
        if name not in known:
            raise FramingError(
                f"unknown {what} '{name}'", remedy=f"choose from: {', '.join(known) or 'none'}"
            )
