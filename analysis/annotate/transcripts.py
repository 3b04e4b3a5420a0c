"""Transcripts of interviews and debates: whose turn it is stands before it in capitals, "WALTERS: ..."."""

from __future__ import annotations

import re
from collections import Counter

from analysis.annotate.document import Attribution, Span

# A name of one to six words in capitals, with titles and the like in brackets: "SEN. WEBER (D-Ohio):".
_LABEL = re.compile(
    r"^[^\S\n]*[\"“>*_-]{0,3}[^\S\n]*"
    r"([A-Z][A-Z.’'-]+(?:[ ,]+[A-Z.’'-]+){0,5}(?:[ ,]*\([^()\n]{1,40}\))?):(?=[^\S\n]+\S)",
    re.MULTILINE,
)
_MIN_TURNS = 3
_SCORE = 0.9


def transcript_turns(text: str) -> list[Attribution]:
    """The turns of a transcript, each with its label as source and the colon as cue.

    A text is a transcript where three lines or more begin with a label and one label comes back; so neither a
    dateline nor a list of headings makes one. A turn runs to the next label or, at the end of the text, to the end
    of its line.

    Parameters
    ----------
    text : str
        With plain line ends.

    Returns
    -------
    list of Attribution
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
        )
        colon = Span(label.end(1), label.end(1) + 1)
        turns.append(Attribution(lines, (Span(*label.span(1)),), (colon,), _SCORE))
    return turns
