"""Words that a label and a colon attribute: turns of a transcript ("WALTERS: ...") and headlines ("Weber: ...")."""

from __future__ import annotations

import re
from collections import Counter

from analysis.annotators.actors.people import is_human
from analysis.annotators.parsing.document import Attribution, Span
from analysis.annotators.quotes.cues import document_sources

# A name of one to six words in capitals, with titles and the like in brackets: "SEN. WEBER (D-Ohio):"; or "Q:".
_LABEL = re.compile(
    r"^[^\S\n]*[\"“>*_-]{0,3}[^\S\n]*"
    r"([QA]|[A-Z][A-Z.’'-]+(?:[ ,]+[A-Z.’'-]+){0,5}(?:[ ,]*\([^()\n]{1,40}\))?):(?=[^\S\n]+\S)",
    re.MULTILINE,
)
_HEADLINE = re.compile(r"\s*(?!The )([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}):[^\S\n]+(\S[^\n]*)")
_STAGE = re.compile(r"[(\[][^()\[\]]*[)\]]\s*")  # "(APPLAUSE)"
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
            if not _STAGE.fullmatch(line[0])
        )
        colon = Span(label.end(1), label.end(1) + 1)
        turns.append(Attribution(lines, (Span(*label.span(1)),), (colon,), _SCORE))
    return turns


def headline_label(text: str) -> list[Attribution]:
    """The words of a headline that a label attributes: "Weber: No deal before spring".

    The label counts where the text names it again ("Mayor: ..." also as "the mayor"), or where it is a document
    ("Poll: ..."); so "Exclusive: ..." and "The Latest: ..." are none.

    Parameters
    ----------
    text : str
        With the headline as its first line.

    Returns
    -------
    list of Attribution
        One or none.
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
