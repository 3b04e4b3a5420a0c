"""Adoption: themes and loaded terms that an outlet uses itself against those it only quotes.

A term counts as the outlet's own where it stands in its own words and without distance. Quotation marks that nobody
speaks in ("a 'special military operation'") and "so-called" are distance: the outlet shows the term without using it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.compare._core.grouping import group_articles
from analysis.compare._core.ratios import counts_matrix, ratio_table
from analysis.compare._core.theme_hits import theme_hits
from analysis.compare._core.voices import by_voice
from analysis.errors import FramingError
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    import pandas as pd

    from analysis.annotators.parsing.document import Span
    from analysis.compare._core.ratios import Cell
    from analysis.study.loaded_terms import LoadedTerms
    from analysis.tables import Tables

By = str | Sequence[str]
OWN = "own"  # the outlet's own words
DISTANCED = "distanced"  # the outlet's words, but between quotation marks or after "so-called"
QUOTED = "quoted"  # words the outlet attributes to somebody
_SO_CALLED = re.compile(
    r"\b(?:so[-\s]called|self-styled|what (?:\w+\s+){1,4}calls?)\W+(?:\w+\W+)?$", re.IGNORECASE
)
_REACH = 60  # characters before a term in which distance is looked for
_LABELS = ("group", "term", "standpoint")


def term_hits(tables: Tables) -> pd.DataFrame:
    """Every place of a loaded term, with the voice it is in and how it is used: the evidence behind the other tables.

    Parameters
    ----------
    tables : Tables
        With a study that has a loaded_terms.yml.

    Returns
    -------
    pandas.DataFrame
        article_id, sentence, start, end, text, group, term, standpoint (empty for a plain word), pattern, negated,
        voice, use ('own', 'distanced' or 'quoted'); `compare.evidence.with_sentences` adds the sentences.

    Raises
    ------
    FramingError
        The study has no loaded terms.
    """
    import pandas as pd

    from analysis.annotators.themes.extract import find_themes
    from analysis.annotators.voice import voice_at
    from analysis.compare._core.voice_segments import voice_segments

    terms = _terms(tables)
    places = {term.id: (group.id, term.standpoint or "") for group in terms.groups for term in group.terms}
    segments = voice_segments(tables)
    rows = []
    for article_id, text in zip(tables.articles["article_id"], tables.articles["text"], strict=True):
        found = find_themes(text, terms.codebook)
        shown = _quoted_spans(text) if found else []
        for start, end, term, pattern, negated in found:
            voice = voice_at(segments[article_id], start).voice
            use = QUOTED if voice != OUTLET else DISTANCED if _at_distance(text, start, end, shown) else OWN
            group, standpoint = places[term]
            rows.append(
                (
                    article_id,
                    start,
                    end,
                    text[start:end],
                    group,
                    term,
                    standpoint,
                    pattern,
                    negated,
                    voice,
                    use,
                )
            )
    names = ("article_id", "start", "end", "text", *_LABELS, "pattern", "negated", "voice", "use")
    kinds = {"start": "int64", "end": "int64", "negated": "bool"}
    hits = pd.DataFrame(rows, columns=list(names)).astype({name: kinds.get(name, "str") for name in names})
    hits.insert(1, "sentence", _sentences(hits, tables))
    return hits


def term_adoption(tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id") -> pd.DataFrame:
    """Of all uses of a loaded term, the share in the outlet's own words and without distance.

    Parameters
    ----------
    tables : Tables
        With a study that has a loaded_terms.yml.
    by, cluster
        As for `compare.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles and term, with the columns group, term, standpoint and use ('own', 'distanced',
        'quoted'); `numerator` uses of that kind, `denominator` all uses of the term, `n` articles that have any.
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    hits = term_hits(tables)
    uses = (OWN, DISTANCED, QUOTED)
    cells: list[Cell] = []
    for label in _labels(tables):
        counts = counts_matrix(groups, hits[hits["term"] == label["term"]], "use", uses)
        cells.append((label, counts, counts.sum(axis=1)))
    return ratio_table(
        groups,
        cells,
        item="use",
        items=uses,
        method="share of the uses of the term",
        what="uses",
        labels=_LABELS,
    )


def word_choice(tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id") -> pd.DataFrame:
    """Which term the outlet itself uses for a thing: each term's share of its own uses of all terms of the group.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles and term (columns group, term, standpoint); `numerator` own uses of the term,
        `denominator` own uses of all terms for the same thing, `n` articles that have any.
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    hits = term_hits(tables)
    labels = _labels(tables)
    counts = counts_matrix(groups, hits[hits["use"] == OWN], "term", [label["term"] for label in labels])
    cells: list[Cell] = []
    for place, label in enumerate(labels):
        same = [n for n, other in enumerate(labels) if other["group"] == label["group"]]
        cells.append((label, counts[:, [place]], counts[:, same].sum(axis=1)))
    method = "share of the outlet's own uses of any term for the same thing"
    return ratio_table(groups, cells, method=method, what="own uses", labels=_LABELS)


def term_rates(tables: Tables, *, by: By = ("outlet",), cluster: str = "article_id") -> pd.DataFrame:
    """Uses of each loaded term per 1,000 words of the same voice, the outlet's own against attributed words.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles, voice ('outlet', without distanced uses, and 'quoted') and term; `numerator`
        uses, `denominator` words of the voice.
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    hits = term_hits(tables)
    used = hits[hits["use"] != DISTANCED]
    cells: list[Cell] = [
        (label | voice, counts_matrix(groups, chosen, "term", [label["term"]]), words)
        for voice, chosen, words in by_voice(tables, groups, used, "split")
        for label in _labels(tables)
    ]
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
) -> pd.DataFrame:
    """Of all hits of a theme, the share in the outlet's own words.

    Parameters
    ----------
    tables, by, themes, include_negated, cluster
        As for `compare.rates.theme_rates`.

    Returns
    -------
    pandas.DataFrame
        One row per group of articles and theme; `numerator` hits in the outlet's own words, `denominator` all hits of
        the theme, `n` articles that have any. Beside it belongs the outlet's share of all words
        (`compare.rates.voice_shares`): that is what the share would be if voices did not matter.
    """
    groups = group_articles(tables.articles, by, cluster=cluster)
    hits = theme_hits(tables, include_negated=include_negated)
    names = list(dict.fromkeys(themes)) if themes is not None else sorted(set(hits["theme"]))
    every = counts_matrix(groups, hits, "theme", names)
    own = counts_matrix(groups, hits[hits["voice"] == OUTLET], "theme", names)
    cells: list[Cell] = [
        ({"theme": name}, own[:, [place]], every[:, place]) for place, name in enumerate(names)
    ]
    method = "share of the theme's hits in the outlet's own words"
    return ratio_table(groups, cells, method=method, what="hits", labels=("theme",))


def _terms(tables: Tables) -> LoadedTerms:
    terms = tables.study_or_error().loaded_terms
    if terms is None:
        raise FramingError(
            "the study has no loaded terms", remedy="put a loaded_terms.yml into its folder; data/ has one"
        )
    return terms


def _labels(tables: Tables) -> list[dict[str, str]]:
    return [
        {"group": group.id, "term": term.id, "standpoint": term.standpoint or ""}
        for group in _terms(tables).groups
        for term in group.terms
    ]


def _quoted_spans(text: str) -> list[Span]:
    from analysis.annotators.parsing.quotation_marks import quoted_regions

    return [region.outer for region in quoted_regions(text)]


def _at_distance(text: str, start: int, end: int, shown: Sequence[Span]) -> bool:
    inside = any(span.start <= start and end <= span.end for span in shown)
    return inside or _SO_CALLED.search(text[max(0, start - _REACH) : start]) is not None


def _sentences(hits: pd.DataFrame, tables: Tables) -> list[int]:
    """The number of the sentence that each hit begins in."""
    from bisect import bisect_right

    starts: dict[str, list[int]] = {}
    for article_id, start in zip(tables.sentences["article_id"], tables.sentences["start"], strict=True):
        starts.setdefault(article_id, []).append(start)
    return [
        max(0, bisect_right(starts[article_id], start) - 1)
        for article_id, start in zip(hits["article_id"], hits["start"], strict=True)
    ]
