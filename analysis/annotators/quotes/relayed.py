"""Relayed words: "Weber said, according to the Herald" and "the Herald quoted Weber as saying" are Weber's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.dependency_tree import DependencyTree, dependency_tree
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.quotes.cues import cue_entries, listed_verb

_ACCORDING_TO = re.compile(rf"{alternation('reporting_clauses', 'relayed_by')}\b", re.IGNORECASE)
_RELAYS = re.compile(alternation("reporting_clauses", "relays"))
_QUOTED = re.compile(
    rf"\b(?<!was )(?<!were )(?<!is )(?<!been ){alternation('reporting_clauses', 'relays')}\s+,?\s*"
    rf"(?!(?:as|by|in|on)\b)(?P<speaker>[^.\n]{{2,80}}?),?\s+as\s+(?P<saying>saying|telling)\b"
)
_REACH = 100  # characters from a content to the medium that relays it, and from "quoted" to "saying"


def original_sources(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Give words that a medium relays the source who said them.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        In the same order. Source and cue of a relayed attribution are those of the speaker; the others are unchanged.
    """
    return [_of_the_speaker(document, attribution) for attribution in attributions]


def _of_the_speaker(document: Document, attribution: Attribution) -> Attribution:
    if len(attribution.cue) != 1:
        return attribution
    (cue,) = attribution.cue
    if _ACCORDING_TO.match(document.text, *cue):
        found = _clause_before(dependency_tree(document), attribution.content, cue)
    else:
        found = _quoted(document.text, attribution.content, cue)
    return attribution if found is None else replace(attribution, source=found[:1], cue=found[1:])


def _clause_before(tree: DependencyTree, content: Sequence[Span], cue: Span) -> tuple[Span, Span] | None:
    """Return source and cue of a reporting clause between a content and "according to": "..., Weber said, ..."."""
    start = max((span.end for span in content if span.end <= cue.start), default=cue.start)
    if cue.start - start > _REACH or "\n" in tree.document.text[start : cue.start]:
        return None
    for number in range(tree.first_from(start), tree.first_from(cue.start)):
        lemma = listed_verb(tree.document, tree.tokens[number])
        if lemma is not None and cue_entries("verbs")[lemma].act == "speech":
            source = tree.source(number)
            if source is not None and start <= source.start and source.end <= cue.start:
                return source, tree.verb_group(number)
    return None


def _quoted(text: str, content: Sequence[Span], cue: Span) -> tuple[Span, Span] | None:
    """Return "Weber" and "saying" of "quoted Weber as saying"."""
    if not _RELAYS.search(text, *cue):
        return None
    quoted = _QUOTED.search(text, cue.start, cue.end + _REACH)
    if quoted is None or quoted.start() >= cue.end:
        return None
    speaker, saying = Span(*quoted.span("speaker")), Span(*quoted.span("saying"))
    overlaps = any(span.start < saying.end and speaker.start < span.end for span in content)
    return None if overlaps else (speaker, saying)
