"""Adoption: whether an outlet uses themes and loaded terms in its own words or only in quotes.

A term is adopted if the outlet uses it in its own words, without distance. Scare quotes ("a 'special military
operation'") and "so-called" signal distance: the outlet mentions the term without using it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.codebook_hits import codebook_hits
from analysis.compare._core.counts import COUNT, distinct
from analysis.compare._core.derived import derived_rows
from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, own_shares, ratio_table
from analysis.compare._core.theme_hits import chosen_themes, theme_hits
from analysis.compare._core.voices import SPLIT, rows_and_words_by_voice
from analysis.compare._core.weighting import Weight
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.parsing.document import Span
    from analysis.compare._core.ratios import Cell
    from analysis.study.loaded_terms import LoadedTerms
    from analysis.tables import Tables

By = str | Sequence[str]
OWN = "own"  # in the outlet's own words
DISTANCED = "distanced"  # in the outlet's own words, but in scare quotes or after "so-called"
QUOTED = "quoted"  # in words that the outlet attributes to someone
_SO_CALLED = re.compile(
    r"\b(?:so[-\s]called|self-styled|what (?:\w+\s+){1,4}calls?)\W+(?:\w+\W+)?$", re.IGNORECASE
)
_WINDOW = 60  # characters before a term that are searched for "so-called"
_LABELS = ("group", "term", "standpoint")


def term_hits(tables: Tables) -> pd.DataFrame:
    """Every occurrence of a loaded term, with its voice and use: the evidence for the other tables.

    Parameters
    ----------
    tables : Tables
        With a study that has a `loaded_terms.yml`.

    Returns
    -------
    pandas.DataFrame
        One row per occurrence: article_id, sentence, start, end, text, group, term, standpoint (empty for a
        neutral word), pattern, negated, voice, use ('own', 'distanced' or 'quoted').
        `analysis.evidence.with_sentences` adds the sentences.

    Raises
    ------
    FramingError
        If the study has no loaded terms.
    """
    _terms(tables)
    return derived_rows(tables, "term_hits", _term_hits)


def _term_hits(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    columns = [
        "article_id",
        "sentence",
        "start",
        "end",
        "text",
        *_LABELS,
        "pattern",
        "negated",
        "voice",
        "use",
    ]
    of_term = {label["term"]: label for label in _labels(tables)}
    parts = []
    for part in tables.shards():
        hits = codebook_hits(part, _terms(tables).codebook)
        labels = {
            name: hits["theme"].map(lambda term, name=name: of_term[term][name]).astype("str")
            for name in _LABELS
        }
        parts.append(hits.assign(**labels, use=_uses(hits, part))[columns])
    return pd.concat(parts, ignore_index=True).sort_values(
        ["article_id", "start", "term"], kind="stable", ignore_index=True
    )


def term_adoption(
    tables: Tables,
    *,
    by: By = ("outlet",),
    by_term: bool = True,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Shares of own, distanced and quoted uses among all uses of a loaded term.

    Parameters
    ----------
    tables : Tables
        With a study that has a `loaded_terms.yml`.
    by, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.
    by_term : bool, default True
        Whether uses are counted by term. If not, those of all terms count together, and the result has none of the
        columns group, term and standpoint.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles, term and use, with the label columns group, term, standpoint and use ('own',
        'distanced', 'quoted'). `numerator`: uses of this kind; `denominator`: all uses of the term; `n`: articles
        with any use.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    hits = term_hits(tables)
    uses = (OWN, DISTANCED, QUOTED)

    def cells() -> Iterator[Cell]:
        for label in _labels(tables) if by_term else [{}]:
            counts = counts_matrix(
                groups, hits[hits["term"] == label["term"]] if label else hits, "use", uses
            )
            yield label, counts, counts.sum(axis=1)

    return ratio_table(
        groups,
        cells(),
        item="use",
        items=uses,
        method=f"share of the uses of {'the term' if by_term else 'loaded terms'}",
        what="uses",
        labels=_LABELS if by_term else (),
    )


def word_choice(
    tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Share of each term among the outlet's own uses of all terms for the same thing.

    Parameters
    ----------
    tables, by, cluster, weight
        See `term_adoption`.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles and term, with the label columns group, term and standpoint. `numerator`: own
        uses of the term; `denominator`: own uses of all terms of its group; `n`: articles with any of these.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    hits = term_hits(tables)
    labels = _labels(tables)
    counts = counts_matrix(groups, hits[hits["use"] == OWN], "term", [label["term"] for label in labels])

    def cells() -> Iterator[Cell]:
        for place, label in enumerate(labels):
            same = [n for n, other in enumerate(labels) if other["group"] == label["group"]]
            yield label, counts[:, [place]], counts[:, same].sum(axis=1)

    method = "share of the outlet's own uses of any term for the same thing"
    return ratio_table(groups, cells(), method=method, what="own uses", labels=_LABELS)


def term_rates(
    tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id", weight: Weight = "word"
) -> pd.DataFrame:
    """Uses of each loaded term per 1,000 words, in the outlet's own words and in attributed words.

    Parameters
    ----------
    tables, by, cluster, weight
        See `term_adoption`.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles, voice ('outlet' or 'quoted') and term. `numerator`: uses, without distanced
        ones; `denominator`: words of the voice; `estimate`: uses per 1,000 words.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    hits = term_hits(tables)
    used = hits[hits["use"] != DISTANCED]
    cells: Iterator[Cell] = (
        (label | voice, counts_matrix(groups, chosen, "term", [label["term"]]), words)
        for voice, chosen, words in rows_and_words_by_voice(tables, groups, used, SPLIT)
        for label in _labels(tables)
    )
    return ratio_table(
        groups, cells, scale=1000, method="uses per 1,000 words", what="words", labels=(*_LABELS, "voice")
    )


def theme_adoption(
    tables: Tables,
    *,
    by: By = ("outlet",),
    themes: Sequence[str] | None = None,
    include_negated: bool = True,
    cluster: str = "article_id",
    weight: Weight = "word",
) -> pd.DataFrame:
    """Share of the hits of a theme that are in the outlet's own words.

    Compare it with the outlet's share of all words (`analysis.compare.measures.rates.voice_shares`), which is what
    to expect if a theme is equally frequent in all voices.

    Parameters
    ----------
    tables, by, themes, include_negated, cluster, weight
        See `analysis.compare.measures.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles and theme. `numerator`: hits in the outlet's own words; `denominator`: all hits
        of the theme; `n`: articles with any hit.
    """
    groups = group_articles(tables.metadata, by, cluster=cluster, weight=weight)
    hits = theme_hits(tables, include_negated=include_negated)
    names = distinct(hits["theme"]) if themes is None else chosen_themes(tables, themes)
    method = "share of the theme's hits in the outlet's own words"
    return own_shares(groups, hits, "theme", names, method=method, weight=COUNT)


def _terms(tables: Tables) -> LoadedTerms:
    terms = tables.study_or_error().loaded_terms
    if terms is None:
        raise FramingError(
            "the study has no loaded terms",
            remedy="add a loaded_terms.yml to its folder; data/ has an example",
        )
    return terms


def _labels(tables: Tables) -> list[dict[str, str]]:
    return [
        {"group": group.id, "term": term.id, "standpoint": term.standpoint or ""}
        for group in _terms(tables).groups
        for term in group.terms
    ]


def _uses(hits: pd.DataFrame, tables: Tables) -> pd.Series:
    """How each hit is used: 'own', 'distanced' or 'quoted'."""
    import pandas as pd

    from analysis.annotators.parsing.quotation_marks import quoted_regions

    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    own = hits.loc[hits["voice"] == OUTLET, "article_id"]
    regions = {key: [region.outer for region in quoted_regions(texts[key])] for key in own.unique()}
    uses = []
    for key, start, end, voice in zip(
        hits["article_id"], hits["start"], hits["end"], hits["voice"], strict=True
    ):
        if voice != OUTLET:
            uses.append(QUOTED)
        else:
            uses.append(DISTANCED if _is_distanced(texts[key], start, end, regions[key]) else OWN)
    return pd.Series(uses, index=hits.index, dtype="str")


def _is_distanced(text: str, start: int, end: int, quoted: Sequence[Span]) -> bool:
    inside = any(span.start <= start and end <= span.end for span in quoted)
    return inside or _SO_CALLED.search(text[max(0, start - _WINDOW) : start]) is not None
