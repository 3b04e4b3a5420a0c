"""Theme hits: where the patterns of a codebook match.

The rules are those of quanteda's `tokens_lookup` (Benoit et al. 2018): the longest match wins, and no word counts
twice, within a theme or, if the codebook has the scope "codebook", across all themes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.annotators.parsing.page_furniture import without_furniture
from analysis.annotators.themes.matcher import search
from analysis.annotators.themes.negation import is_negated, may_be_negated
from analysis.annotators.themes.overlaps import resolve_overlaps
from analysis.errors import expect, expect_text

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.parsing.document import Span
    from analysis.study.codebook import Codebook

EXAMPLES = "examples"
"""Stands in place of the pattern if a sentence is a hit by its similarity to the theme's examples."""


class ThemeHit(NamedTuple):
    """One hit: its span, the theme, the pattern as written, whether it is negated, and its probability.

    The probability of a match of a pattern is 1. A hit by examples spans its sentence and never counts as negated.
    """

    start: int
    end: int
    theme: str
    pattern: str
    negated: bool
    probability: float = 1.0


def find_themes(text: str, codebook: Codebook, *, sentences: Sequence[Span] | None = None) -> list[ThemeHit]:
    """Find the hits of a codebook in a text.

    Parameters
    ----------
    text : str
        Hits in its page furniture do not count.
    codebook : Codebook
    sentences : sequence of Span, optional
        Sentences of the text, used only if a theme has examples. If they are not given, the text is then parsed.

    Returns
    -------
    list of ThemeHit
        Sorted by start, end and theme. Hits of one theme do not overlap. With the scope "codebook", hits of different
        themes overlap only if they have the same span. A hit of a theme also counts for its parent themes, which
        have no hit of their own there. Negated hits are flagged, not dropped.

    Examples
    --------
    >>> from analysis.study.codebook import Codebook
    >>> names = {"id": "name", "label": "name", "definition": "a name", "patterns": ["New York", "New York Times"]}
    >>> codebook = Codebook.from_data({"title": "names", "themes": [names]})
    >>> [hit[:2] for hit in find_themes("The New York Times is a New York paper", codebook)]
    [(4, 18), (24, 32)]
    """
    rules = codebook.compiled
    text = without_furniture(text)
    found, negations = search(text, codebook)
    hits = []
    for start, end, number in resolve_overlaps(found, codebook):
        theme, pattern, _ = rules[number]
        negated = may_be_negated(text, negations, start) and is_negated(text, start)
        hits.append(ThemeHit(start, end, theme, pattern.source, negated))
    if codebook.by_examples:
        hits += _similar_sentences(text, codebook, hits, sentences)
    return sorted(hits)


def _similar_sentences(
    text: str, codebook: Codebook, hits: Sequence[ThemeHit], sentences: Sequence[Span] | None
) -> Iterator[ThemeHit]:
    """Hits by examples, in sentences without a match of the theme's patterns."""
    from analysis.annotators.parsing.spacy_parser import parse
    from analysis.annotators.themes.examples import example_hits

    spans = parse(text, entities=False).sentences if sentences is None else sentences
    matched = {(hit.theme, bisect_right(spans, hit.start, key=lambda span: span.start) - 1) for hit in hits}
    for number, theme, probability in example_hits([text[a:b] for a, b in spans], codebook.by_examples):
        if (theme, number) not in matched:
            yield ThemeHit(*spans[number], theme, EXAMPLES, False, probability)


def themes(text: str, codebook: Codebook) -> pd.DataFrame:
    """Find the themes of a text.

    Parameters
    ----------
    text : str
    codebook : Codebook
        For example `analysis.load_study("data").codebook`.

    Returns
    -------
    pandas.DataFrame
        One row per hit: start, end, theme, text, pattern, negated, probability.

    Raises
    ------
    FramingError
        If an argument has the wrong type.

    Examples
    --------
    >>> codebook = analysis.load_study("data").codebook
    >>> found = analysis.themes("They want more trade, not sanctions.", codebook)
    >>> found[["theme", "text", "negated"]].to_dict("split")["data"]
    [['economy_trade', 'more trade', False], ['sanctions', 'sanctions', True]]
    """
    import pandas as pd

    from analysis.study.codebook import Codebook

    expect_text(text)
    expect(
        codebook,
        Codebook,
        what="codebook",
        expected="a codebook",
        remedy='for example analysis.load_study("data").codebook',
    )
    rows = [{**hit._asdict(), "text": text[hit.start : hit.end]} for hit in find_themes(text, codebook)]
    dtypes = {
        "start": "int64",
        "end": "int64",
        "theme": "str",
        "text": "str",
        "pattern": "str",
        "negated": "bool",
        "probability": "float64",
    }
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
