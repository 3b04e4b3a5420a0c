"""The quotes of an article resolved so far, for sources that refer back to an earlier speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Span, Speaker, in_spans
from analysis.annotators.speakers.source_phrases import is_a_text
from analysis.schemas import UNATTRIBUTED
from analysis.study.actors import Actors

NOBODY = Speaker(None, None, UNATTRIBUTED)
_RECENT = 30  # quotes within which "the official" can refer back to an official


@dataclass(frozen=True)
class ResolvedQuote:
    """A quote with its speaker; `start` and `end` enclose all of its spans."""

    start: int
    end: int
    cue_end: int
    content: tuple[Span, ...]
    source: Span | None
    speaker: Speaker


class QuoteHistory:
    """The quotes resolved so far, in the order of the text."""

    def __init__(self) -> None:
        self.quotes: list[ResolvedQuote] = []

    @property
    def last(self) -> ResolvedQuote | None:
        """The quote resolved last."""
        return self.quotes[-1] if self.quotes else None

    def last_outside(self, offset: int) -> ResolvedQuote | None:
        """Return the quote resolved last whose source does not stand within other words that are quoted.

        In "Smith said Jones wants war. He added", "he" is Smith, because Jones is named within Smith's words. For an
        offset within these words, the quote of Jones is returned.
        """
        recent = self.quotes[-_RECENT:]
        around = [span for quote in recent for span in quote.content if not span.start <= offset < span.end]
        for quote in reversed(recent):
            source = quote.source
            if source is None or not in_spans(source.start, around):
                return quote
        return None

    def add(
        self, spans: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]], speaker: Speaker
    ) -> None:
        """Add a quote, given its spans of content, source and cue, and its speaker."""
        content, source, cue = spans
        everything = (*content, *source, *cue)
        self.quotes.append(
            ResolvedQuote(
                start=min(span.start for span in everything),
                end=max(span.end for span in everything),
                cue_end=cue[-1].end if cue else content[-1].end,
                content=content,
                source=source[0] if source else None,
                speaker=speaker,
            )
        )

    def speaker_around(self, span: Span) -> Speaker:
        """Return the speaker of the innermost quote whose content holds a span, as for "I said" within a quote."""
        for quote in reversed(self.quotes[-_RECENT:]):
            if in_spans(span.start, quote.content):
                return quote.speaker
        return NOBODY

    def last_organisation(self, actors: Actors) -> Speaker:
        """Return the state or institution that spoke in one of the last two quotes, for "it said"."""
        for quote in reversed(self.quotes[-2:]):
            actor_id = quote.speaker.actor_id
            if actor_id is not None and actors[actor_id].kind != "person":
                return quote.speaker
        return NOBODY

    def described_before(self, phrase: str) -> Speaker | None:
        """Return the unnamed speaker that a definite description refers back to.

        "The Turkish official" is "a senior Turkish official" before it, unless another official spoke since.
        """
        description = [word for word in phrase.casefold().split()[1:] if word != "same"]
        if not description:
            return None
        head = re.compile(rf"\b{re.escape(description[-1])}(?:$| {alternation('sources', 'after_a_noun')}\b)")
        for quote in reversed(self.quotes[-_RECENT:]):
            name = (quote.speaker.name or "").casefold()
            if quote.speaker.actor_id is None and head.search(name):
                return quote.speaker if set(description) <= set(name.split()) else None
        return None

    def last_text(self) -> Speaker | None:
        """Return the report, treaty or other text that was quoted last, for "the document said"."""
        speakers = (quote.speaker for quote in reversed(self.quotes) if quote.source is not None)
        return next((speaker for speaker in speakers if speaker.name and is_a_text(speaker.name)), None)
