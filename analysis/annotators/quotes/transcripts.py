"""Speaker labels: turns of a transcript ("WEBER: ...") and headlines ("Weber: ...")."""

from __future__ import annotations

import re
from collections import Counter

from analysis.annotators.actors.people import is_human
from analysis.annotators.lexicon import alternation
from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.quotes.cues import document_sources

# One to six words in capitals, optionally with a party or office in brackets: "SEN. WEBER (D-Ohio):"; or "Q:".
_LABEL = re.compile(
    r"^[^\S\n]*[\"“>*_-]{0,3}[^\S\n]*"
    rf"({alternation('transcripts', 'turn_labels')}|"
    r"[A-Z][A-Z.’'-]+(?:[ ,]+[A-Z.’'-]+){0,5}(?:[ ,]*\([^()\n]{1,40}\))?):(?=[^\S\n]+\S)",
    re.MULTILINE,
)
_HEADLINE = re.compile(
    rf"\s*(?!{alternation('transcripts', 'no_headline_label_begins_with')} )"
    r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}):[^\S\n]+(\S[^\n]*)"
)
_STAGE_DIRECTION = re.compile(r"[(\[][^()\[\]]*[)\]]\s*")  # "(APPLAUSE)"
_MIN_TURNS = 3
_SCORE = 0.9


def transcript_turns(text: str) -> list[Attribution]:
    """Return the turns of a transcript, each with its label as source and the colon as cue.

    A text is a transcript if at least three lines begin with a label and at least one label is repeated; datelines
    and lists of headings do not qualify. A turn ends at the next label. The last turn ends with its line.

    Parameters
    ----------
    text : str
        With plain newlines.

    Returns
    -------
    list of Attribution
        Empty where the text is not a transcript. Stage directions, such as "(APPLAUSE)", are left out.
    """
    labels = list(_LABEL.finditer(text))
    names = Counter(label[1] for label in labels)
    if len(labels) < _MIN_TURNS or max(names.values()) < 2:
        return []
    line_end = text.find("\n", labels[-1].end())
    ends = [*(label.start() for label in labels[1:]), line_end if line_end >= 0 else len(text)]
    turns = []
    for label, end in zip(labels, ends, strict=True):
        lines = tuple(
            Span(label.end() + line.start(), label.end() + line.end())
            for line in re.finditer(r"\S[^\n]*", text[label.end() : end])
            if not _STAGE_DIRECTION.fullmatch(line[0])
        )
        colon = Span(label.end(1), label.end(1) + 1)
        turns.append(Attribution(lines, (Span(*label.span(1)),), (colon,), _SCORE))
    return turns


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
