"""Tables without the words of the articles, and putting the words back.

Newspaper texts may rarely be passed on; measurements may. `remove_text` replaces every text by its *outline*: a text
of the same length in which every character of a word is an "x". All offsets stay valid, every voice keeps its number
of words, and statistics that count spans give the same results. `join_text` puts the words back for whoever has the
articles, also where another copy of an article differs in places.

The functions take and return data frames by table name, as `analysis.Tables` holds them. Users call
`Tables.without_text` and `analysis.join_texts`.
"""

from __future__ import annotations

from analysis.standoff.alignment import align
from analysis.standoff.anchors import anchors, content_hash
from analysis.standoff.joining import Joined, join_text
from analysis.standoff.outline import is_outline, outline
from analysis.standoff.removal import ANCHORS, ORIGINALS, TitleWords, remove_text

__all__ = [
    "ANCHORS",
    "ORIGINALS",
    "Joined",
    "TitleWords",
    "align",
    "anchors",
    "content_hash",
    "is_outline",
    "join_text",
    "outline",
    "remove_text",
]
