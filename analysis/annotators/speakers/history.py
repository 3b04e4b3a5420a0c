"""Who spoke so far in an article, for words that take an earlier speaker up again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.annotators.parsing.document import Span, Speaker
from analysis.annotators.speakers.source_phrases import is_a_text
from analysis.schemas import UNATTRIBUTED
from analysis.study.actors import Actors

NOBODY = Speaker(None, None, UNATTRIBUTED)
_RECENT = 30  # quotes within which "the official" takes up an official


@dataclass(frozen=True)
class Said:
    """A quote whose speaker is resolved; start and end are around all of its spans."""

    start: int
    end: int
    cue_end: int
    content: tuple[Span, ...]
    source: Span | None
    speaker: Speaker


class History:
    """The quotes resolved so far, in the order of the text."""

    def __init__(self) -> None:
        self.said: list[Said] = []

    def add(
        self, quote: tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]], speaker: Speaker
    ) -> None:
        """Note a quote, by its spans of content, source and cue, and its speaker."""
        content, source, cue = quote
        spans = (*content, *source, *cue)
        self.said.append(
            Said(
                start=min(span.start for span in spans),
                end=max(span.end for span in spans),
                cue_end=cue[-1].end if cue else content[-1].end,
                content=content,
                source=source[0] if source else None,
                speaker=speaker,
            )
        )

    def around(self, span: Span) -> Speaker:
        """Who speaks the words in which "I said" stands."""
        around = [said for said in self.said[-_RECENT:] if any(a <= span.start < b for a, b in said.content)]
        return around[-1].speaker if around else NOBODY

    def organisation(self, actors: Actors) -> Speaker:
        """The state or institution that spoke last."""
        for said in reversed(self.said[-2:]):
            actor_id = said.speaker.actor_id
            if actor_id is not None and actors[actor_id].kind != "person":
                return said.speaker
        return NOBODY

    def described(self, phrase: str) -> Speaker | None:
        """ "A senior Turkish official ... the Turkish official": one, until another official comes along."""
        words = phrase.casefold().split()[1:]
        if not words:
            return None
        head = re.compile(rf"\b{re.escape(words[-1])}(?:$| (?:of|in|at|from|for|with|near)\b)")
        for said in reversed(self.said[-_RECENT:]):
            name = (said.speaker.name or "").casefold()
            if said.speaker.actor_id is None and head.search(name):
                return said.speaker if set(words) <= set(name.split()) else None
        return None

    def text(self) -> Speaker | None:
        """The text that spoke last, for "the document": a report, a treaty."""
        names = (said.speaker for said in reversed(self.said) if said.source is not None)
        return next((speaker for speaker in names if speaker.name and is_a_text(speaker.name)), None)
