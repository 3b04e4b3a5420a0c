"""Speaker labels: turns of a transcript ("WEBER: ...") and headlines ("Weber: ...")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from analysis.annotators.actors.people import is_human
from analysis.annotators.lexicon import alternation, words
from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.quotes.cues import document_sources

_LINE_START = r"^[^\w\n]{0,6}"  # blanks, a quotation mark, an asterisk or an emoji
_COLON = r":(?=[^\S\n]+\S|[^\S\n]*\n)"  # a turn begins on the same line or on the next
_QUESTION_OR_ANSWER = alternation("transcripts", "question_labels", "answer_labels")
# One to six words in capitals, optionally with a party or office in brackets: "SEN. WEBER (D-Ohio):"; or "Q:".
_LABEL = re.compile(
    rf"{_LINE_START}({_QUESTION_OR_ANSWER}|"
    rf"[A-Z][A-Z.’'-]+(?:[ ,]+[A-Z.’'-]+){{0,5}}(?:[ ,]*\([^()\n]{{1,40}}\))?){_COLON}",
    re.MULTILINE,
)
# Where questions are labelled, the answers can be labelled with a name in small letters: "Anna Weber:".
_NAME_LABEL = re.compile(
    rf"{_LINE_START}({_QUESTION_OR_ANSWER}|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{1,4}}){_COLON}", re.MULTILINE
)
_HEADLINE = re.compile(
    rf"\s*(?!{alternation('transcripts', 'no_headline_label_begins_with')} )"
    r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}):[^\S\n]+(\S[^\n]*)"
)
_STAGE_DIRECTION = re.compile(r"[(\[][^()\[\]]*[)\]]\s*")  # "(APPLAUSE)"
_MIN_TURNS = 3
_MAX_BLANKS = 10  # characters between a colon and the end of its line
_SCORE = 0.9


def transcript_turns(text: str) -> list[Attribution]:
    """Return the turns of a transcript, each with its label as source and the colon as cue.

    A text is a transcript if two or more different labels begin its lines and

    - there are at least three labels, of which one is repeated (datelines and lists of headings do not qualify), or
    - all labels stand alone on their lines and name an office ("MAYOR WEBER:"), or
    - a question is labelled ("Question:"). The answers can then be labelled with a name in small letters.

    A turn ends at the next label. The last turn ends with its line or, if the labels stand alone on their lines or a
    question is labelled, with the text.

    Parameters
    ----------
    text : str
        With plain newlines.

    Returns
    -------
    list of Attribution
        Empty where the text is not a transcript. Stage directions, such as "(APPLAUSE)", are left out.
    """
    labels, whole = _labels(text)
    nobody = words("transcripts", "not_a_speaker")
    if len({label[1] for label in labels} - nobody) < 2:
        return []
    line_end = -1 if whole else text.find("\n", labels[-1].end())
    ends = [*(label.start() for label in labels[1:]), line_end if line_end >= 0 else len(text)]
    turns = []
    for label, end in zip(labels, ends, strict=True):
        lines = tuple(
            Span(label.end() + line.start(), label.end() + line.end())
            for line in re.finditer(r"\S[^\n]*", text[label.end() : end])
            if not _STAGE_DIRECTION.fullmatch(line[0])
        )
        colon = Span(label.end(1), label.end(1) + 1)
        if lines and label[1] not in nobody:
            turns.append(Attribution(lines, (Span(*label.span(1)),), (colon,), _SCORE))
    return turns


def _labels(text: str) -> tuple[list[re.Match[str]], bool]:
    """Return the labels of a transcript, and whether its last turn ends with the text."""
    labels = list(_LABEL.finditer(text))
    names = Counter(label[1] for label in labels)
    alone = all(
        text[label.end() : label.end() + _MAX_BLANKS].lstrip(" \t").startswith("\n") for label in labels
    )
    if len(labels) >= _MIN_TURNS and max(names.values()) >= 2:
        return labels, alone
    if alone and all(not _offices().isdisjoint(name.casefold().split()) for name in names):
        return labels, True
    if not words("transcripts", "question_labels").isdisjoint(names):
        return list(_NAME_LABEL.finditer(text)), True
    return [], False


@cache
def _offices() -> frozenset[str]:
    return words("titles", "offices") | {word.casefold() for word in words("titles", "forms_of_address")}


def without_turns(
    attributions: Iterable[Attribution], turns: Sequence[Attribution], text: str
) -> list[Attribution]:
    """Drop the attributions of a turn, or of a part of it, to its own speaker or to somebody outside it.

    Their source or cue is not part of the turn, or their source is its first or second person: "I think" within a
    turn is the turn.

    Parameters
    ----------
    attributions : iterable of Attribution
    turns : sequence of Attribution
        Turns of a transcript or other texts with a label, without overlap, in order.
    text : str

    Returns
    -------
    list of Attribution
        The others; all of them if there are no turns.
    """
    starts = [min(turn.content[0].start, turn.source[0].start) for turn in turns]
    kept = []
    for attribution in attributions:
        place = bisect_right(starts, attribution.content[0].start) - 1 if attribution.content else -1
        if place >= 0 and attribution.content[0].end <= turns[place].content[-1].end:
            first, last = turns[place].content[0].start, turns[place].content[-1].end
            outside = any(
                span.start < first or span.end > last for span in (*attribution.source, *attribution.cue)
            )
            sources = [text[slice(*span)].casefold() for span in attribution.source]
            if outside or not words("transcripts", "speaker_and_listener").isdisjoint(sources):
                continue
        kept.append(attribution)
    return kept


def headline_label(text: str) -> list[Attribution]:
    """Return the attribution by a label in the headline: "Weber: No deal before spring".

    A label must occur again in the text ("Mayor: ..." also as "the mayor") or name a document ("Poll: ..."), which
    excludes "Exclusive: ...".

    Parameters
    ----------
    text : str
        The first line is the headline.

    Returns
    -------
    list of Attribution
        One attribution or none.
    """
    line = _HEADLINE.match(text)
    if line is None:
        return []
    name = line[1].split()[-1]
    human = is_human(name) or is_human(name.removesuffix("s"))
    again = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE if human else 0)
    if name.casefold() not in document_sources() and not again.search(text, line.end()):
        return []
    colon = Span(line.end(1), line.end(1) + 1)
    return [Attribution((Span(*line.span(2)),), (Span(*line.span(1)),), (colon,), _SCORE)]
