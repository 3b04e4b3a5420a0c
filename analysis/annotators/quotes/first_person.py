"""The author's own words: "I think" and "we believe" in an opinion piece or a statement are nobody's quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.annotators.lexicon import words
from analysis.annotators.parsing.document import Attribution, Document, Span
from analysis.annotators.parsing.quotation_marks import quotations

_WORD = re.compile(r"[^\W\d_]+")


def without_the_authors_words(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Drop attributions to the author of the article, who writes "I" or "we" in no quotation.

    Within quotation marks, and within words attributed to somebody, "I" is whoever speaks there.

    Parameters
    ----------
    document : Document
    attributions : sequence of Attribution

    Returns
    -------
    list of Attribution
        The others, in the order given.
    """
    spoken = [span for attribution in attributions for span in attribution.content]
    return [
        attribution for attribution in attributions if not _is_by_the_author(document, attribution, spoken)
    ]


def _is_by_the_author(document: Document, attribution: Attribution, spoken: Sequence[Span]) -> bool:
    if len(attribution.source) != 1:
        return False
    source = attribution.source[0]
    first = _WORD.match(document.text, *source)
    if first is None or first[0].casefold() not in words("pronouns", "authors"):
        return False
    # A verb contracted with the pronoun ("I’ve") does not count as a further word.
    alone = not _WORD.search(document.text, first.end() + len("’ve"), source.end)
    inside = any(start <= source.start < end for start, end in spoken)
    return alone and not inside and quotations(document).at(source.start) is None
