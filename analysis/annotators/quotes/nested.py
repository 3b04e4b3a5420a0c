"""Attributions within the content of another one ("She said that *he had denied it*"): those that can be trusted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import quotations
from analysis.annotators.quotes.cues import cue_entries, cue_lemma

_LEAST_IN_QUOTATION = 0.7  # score of an attribution that is made within quotation marks


def without_doubtful_nested(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drop the less certain attributions that are made within the content of another one.

    Such an attribution is kept if it has a source, its cue is a verb of speech, and, within quotation marks, its
    score is high. Others are found with little precision: what somebody is said to think, to want or to do.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        The others, in the order given.
    """
    contents = sorted(span for attribution in attributions for span in attribution.content)
    return [
        attribution
        for attribution in attributions
        if not attribution.cue
        or not _is_within(attribution.cue[0], contents)
        or _is_certain(document, attribution)
    ]


def _is_within(cue: Span, contents: Sequence[Span]) -> bool:
    """Whether a cue is part of a content. Contents are in order; only the next ones before the cue are looked at."""
    place = bisect_right(contents, cue.start, key=lambda span: span.start)
    return any(cue.end <= end for _, end in contents[max(0, place - 3) : place])


def _is_certain(document: Document, attribution: Attribution) -> bool:
    lemma = cue_lemma(document, attribution.cue)
    entry = cue_entries("verbs").get(lemma) if lemma else None
    if entry is None or entry.act != "speech" or not attribution.source:
        return False
    quoted = quotations(document).at(attribution.cue[0].start) is not None
    return not quoted or attribution.score >= _LEAST_IN_QUOTATION
