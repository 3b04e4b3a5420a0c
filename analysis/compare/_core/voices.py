"""Which words a comparison is about: all, the outlet's own against attributed ones, or those of one side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.ratios import counts_matrix
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from analysis.compare._core.grouping import Groups
    from analysis.tables import Tables

QUOTED = "quoted"  # the words of all voices but the outlet's
SPLIT = "split"
SIDES = "sides"
VoiceChoice = str | None


def relabel(rows: pd.DataFrame, tables: Tables, voice: str) -> tuple[pd.DataFrame, list[str]]:
    """Rows with their `voice` as the choice names it, and the voices to report in order.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the column voice.
    tables : Tables
        Their `tones` say which voices there are.
    voice : str
        'split': 'outlet' and 'quoted'; 'sides': every voice; 'outlet', 'quoted' or a side: only that one.

    Raises
    ------
    FramingError
        No article has words in that voice.
    """
    there = sorted(set(tables.tones["voice"]), key=lambda name: (name != OUTLET, name))
    if voice == SIDES:
        return rows, there
    if voice in (SPLIT, QUOTED):
        merged = rows.assign(voice=rows["voice"].where(rows["voice"] == OUTLET, QUOTED))
        return merged, [OUTLET, QUOTED] if voice == SPLIT else [QUOTED]
    if voice != OUTLET and voice not in there:
        raise FramingError(
            f"nobody speaks in the voice '{voice}'",
            remedy=f"choose None, '{SPLIT}', '{SIDES}', '{QUOTED}' or one of: {', '.join(there) or 'no voices'}",
        )
    return rows, [voice]


def words_by_voice(tables: Tables, groups: Groups, voice: str) -> dict[str, np.ndarray]:
    """Words of each article in each voice that the choice names, in the order of `groups.article_ids`."""
    tones, labels = relabel(tables.tones, tables, voice)
    words = counts_matrix(groups, tones, "voice", labels, weight="n_words")
    return {label: words[:, place] for place, label in enumerate(labels)}


def by_voice(
    tables: Tables, groups: Groups, rows: pd.DataFrame, voice: VoiceChoice
) -> list[tuple[dict[str, str], pd.DataFrame, np.ndarray]]:
    """For each voice of a choice: its label as a column, the rows in it, and the words of each article in it."""
    if voice is None:
        words = counts_matrix(groups, tables.tones.assign(every=""), "every", [""], weight="n_words")
        return [({}, rows, words[:, 0])]
    labelled, labels = relabel(rows, tables, voice)
    spoken = words_by_voice(tables, groups, voice)
    return [({"voice": label}, labelled[labelled["voice"] == label], spoken[label]) for label in labels]


def in_voice(hits: pd.DataFrame, tables: Tables, voice: str | None) -> pd.DataFrame:
    """Hits in one voice: 'outlet', 'quoted' or a side; all of them with None."""
    if voice is None:
        return hits
    if voice == QUOTED:
        return hits[hits["voice"] != OUTLET]
    expect_known("voice", [voice], [OUTLET, QUOTED, *sorted(set(tables.tones["voice"]) - {OUTLET})])
    return hits[hits["voice"] == voice]


def expect_known(what: str, wanted: Iterable[str], known: Sequence[str]) -> None:
    """Refuse a name that is not among the known ones; the error lists those."""
    for name in wanted:
        if name not in known:
            raise FramingError(
                f"there is no {what} '{name}'", remedy=f"there are: {', '.join(known) or 'none'}"
            )
