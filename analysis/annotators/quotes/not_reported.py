"""Attributions in which nothing is reported: questions, links to other articles, and the outlet's own impressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Attribution, Document
from analysis.annotators.parsing.quotation_marks import DOUBLE_MARKS
from analysis.annotators.parsing.token_index import token_index
from analysis.annotators.quotes.cues import cue_lemma
from analysis.annotators.quotes.topics_and_acts import is_topic_or_act

_LINK = re.compile(
    rf"\s*(?:{alternation('page_furniture', 'beginnings')}|{alternation('not_reported', 'links_begin_with')})(?!\w)"
)


def reported(document: Document, attributions: Iterable[Attribution]) -> list[Attribution]:
    """Return the attributions that report something.

    These do not:

    - whether somebody said or thinks something is asked, not reported ("Does the mayor want a bridge?");
    - all words are in capitals, as in links to other articles ("MAYOR WARNS OF FLOODS"), or the line or a bracket
      begins as links to articles and videos do ("READ MORE: Mayor warns of floods");
    - a topic, an act or silence is named, and none of the words are quoted ("they discussed trade", "the council
      approved the bridge", "the mayor made no mention of it"); see `analysis.annotators.quotes.topics_and_acts`;
    - a verb of appearance without a source gives the outlet's own impression ("the bridge seems to be safe"), and so
      does "it is unclear whether";
    - words with neither a cue nor a source are attributed to nobody. Those in quotation marks are quotations and are
      added later (`analysis.annotators.quotes.unattributed`).

    Parameters
    ----------
    document : Document
    attributions : iterable of Attribution

    Returns
    -------
    list of Attribution
    """
    return [
        attribution
        for attribution in attributions
        if (attribution.cue or attribution.source)
        and not _is_link(document.text, attribution)
        and not (
            attribution.cue
            and (
                _is_asked(document, attribution)
                or _is_in_capitals(document.text, attribution)
                or is_topic_or_act(document, attribution)
                or _is_impression(document, attribution)
            )
        )
    ]


def _is_asked(document: Document, attribution: Attribution) -> bool:
    """Whether an auxiliary stands before the source in a question that contains no quotation."""
    sentence = document.sentences[document.sentence_at(attribution.cue[0].start)]
    text = document.text[slice(*sentence)]
    if not text.rstrip().endswith("?") or not attribution.source or not DOUBLE_MARKS.isdisjoint(text):
        return False
    before = document.text[sentence.start : attribution.source[0].start].split()
    return bool(before) and before[-1].casefold() in words("not_reported", "auxiliaries")


def _is_link(text: str, attribution: Attribution) -> bool:
    start = min(span.start for span in (*attribution.cue, *attribution.source))
    line = text.rfind("\n", 0, start) + 1
    bracket = max(text.rfind(mark, line, start) for mark in "([") + 1
    return bool(_LINK.match(text, line) or (bracket and _LINK.match(text, bracket)))


def _is_in_capitals(text: str, attribution: Attribution) -> bool:
    cue = " ".join(text[slice(*span)] for span in attribution.cue)
    content = " ".join(text[slice(*span)] for span in attribution.content)
    return cue.isupper() and content.isupper()


def _is_impression(document: Document, attribution: Attribution) -> bool:
    if attribution.source:
        return False
    lemma = cue_lemma(document, attribution.cue)
    return lemma in words("not_reported", "verbs_of_appearance") or _is_impersonal(document, attribution)


def _is_impersonal(document: Document, attribution: Attribution) -> bool:
    """Whether a cue without a source is "it is unclear" or "there is no doubt"; "it is believed" has a participle."""
    index = token_index(document)
    cue = [document.tokens[number] for span in attribution.cue for number in index.inside(*span)]
    first = document.text[cue[0].start : cue[0].end].casefold() if cue else ""
    return first in words("not_reported", "expletives") and all(token.tag != "VBN" for token in cue[1:])
