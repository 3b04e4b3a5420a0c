"""The texts of a results folder divided among their voices, rebuilt from the tables."""

from __future__ import annotations

from collections.abc import Collection
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from analysis.annotators.parsing.document import Document, Span, VoiceSegment

if TYPE_CHECKING:
    from analysis.tables import Tables

Spoken = tuple[str, dict[str, tuple[Span, ...]]]  # side of the speaker, spans by role


def voice_segments(
    tables: Tables, article_ids: Collection[str] | None = None
) -> dict[str, list[VoiceSegment]]:
    """Stretches of one voice, by the rule that the annotation itself follows.

    Parameters
    ----------
    tables : Tables
    article_ids : collection of str, optional
        All articles by default.

    Returns
    -------
    dict of str to list of VoiceSegment
        By article, in order; the segments of an article cover its text.
    """
    from analysis.annotators.voice import partition

    spoken = _spoken(tables)
    segments = {}
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        if article_ids is not None and article_id not in article_ids:
            continue
        quotes = spoken.get(article_id, [])
        # the partition reads no more of a record and of a speaker than this
        records: Any = [
            SimpleNamespace(spans=tuple(spans.get(role, ()) for role in ("content", "source", "cue")))
            for _, spans in quotes
        ]
        speakers: Any = [SimpleNamespace(side=side) for side, _ in quotes]
        segments[article_id] = partition(Document(text, ()), records, speakers)
    return segments


def _spoken(tables: Tables) -> dict[str, list[Spoken]]:
    """The quotes of each article, in the order of the table."""
    spans: dict[str, dict[str, list[Span]]] = {}
    rows = tables.quote_spans
    for quote_id, role, start, end in zip(
        rows["quote_id"], rows["role"], rows["start"], rows["end"], strict=True
    ):
        spans.setdefault(quote_id, {}).setdefault(role, []).append(Span(start, end))
    made: dict[str, list[Spoken]] = {}
    quotes = tables.quotes
    for quote_id, article_id, side in zip(
        quotes["quote_id"], quotes["article_id"], quotes["side"], strict=True
    ):
        own = {role: tuple(places) for role, places in spans.get(quote_id, {}).items()}
        made.setdefault(article_id, []).append((side, own))
    return made
