"""The options of the article reader's filters, counted without loading the articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.compare._core.counts import COUNT, count_rows, distinct
from analysis.compare._core.grouping import UNDATED, group_column
from analysis.compare.measures.relations import FACTUAL, VALUES
from analysis.schemas import OUTLET

if TYPE_CHECKING:
    from analysis.tables import Tables

Options = list[tuple[str, str]]
MOST_SPEAKERS = 500
"""Speakers that can be chosen; of more, those with the most quotes."""


def reader_options(tables: Tables) -> dict[str, Options]:
    """The values of each filter that is chosen from a list, with their labels.

    Parameters
    ----------
    tables : Tables
        With their study.

    Returns
    -------
    dict of str to list of (str, str)
        By filter; see `analysis.evidence.reader_filters`.
    """
    study = tables.study_or_error()
    articles = tables.metadata
    quotes = count_rows(
        tables, "quotes", ["side", "speaker_name", "kind", "coalesce(cue_class, 'none') AS cue_class"]
    )
    themes = {str(theme) for theme in distinct(count_rows(tables, "themes", ["theme"])["theme"])}
    themes |= {above for theme in themes for above in study.codebook.ancestors(theme)}
    mentioned = count_rows(tables, "mentions", ["actor_id", "side"])
    months = [str(month) for month in group_column(articles, "month")]
    dated = {month for month in months if month != UNDATED}
    speakers = quotes.groupby("speaker_name", observed=True)[COUNT].sum().sort_index()
    speakers = speakers.sort_values(ascending=False, kind="stable").head(MOST_SPEAKERS)
    voices = sorted(str(side) for side in distinct(quotes["side"]))
    return {
        "outlet": _plain(articles["outlet"].dropna()),
        "country": _plain(articles["outlet_country"].dropna()),
        "when": _plain([*(month[:4] for month in dated), *dated])
        + [(UNDATED, UNDATED)] * (UNDATED in months),
        "theme": _labelled(themes, study.theme_labels),
        "voice": [
            (OUTLET, "the outlet's own words"),
            ("quoted", "all attributed words"),
            *_labelled(voices, study.side_labels),
        ],
        "speaker": _plain(speakers.index),
        "about": _actors(tables, {str(side) for side in distinct(mentioned["side"])}),
        "kind": _plain(distinct(quotes["kind"])),
        "cue": _plain(distinct(quotes["cue_class"])),
        "acts": _acts(tables),
        "term": _terms(tables),
    }


def _plain(values: Iterable[object]) -> Options:
    return [(text, text) for text in sorted({str(value) for value in values} - {""})]


def _labelled(values: Iterable[str], labels: dict[str, str]) -> Options:
    return sorted(((value, labels.get(value, value)) for value in values), key=lambda option: option[1])


def _actors(tables: Tables, sides: set[str]) -> Options:
    """Each side that is mentioned, and its actors below it."""
    study = tables.study_or_error()
    seen = {
        str(actor) for actor in distinct(count_rows(tables, "mentions", ["actor_id", "side"])["actor_id"])
    }
    options: Options = []
    for side, label in _labelled(sides, study.side_labels):
        options.append((f"side:{side}", f"{label}: all"))
        actors = [actor for actor in study.actors.actors if actor.side == side and actor.id in seen]
        options += sorted(
            ((actor.id, f"{label}: {actor.name}") for actor in actors), key=lambda option: option[1]
        )
    return options


def _acts(tables: Tables) -> Options:
    """The pairs of sides between which there are acts that the figures count, in either and in both directions."""
    labels = tables.study_or_error().side_labels
    listed = ", ".join(f"'{name}'" for name in VALUES)
    factual = ", ".join(f"'{name}'" for name in FACTUAL)
    where = f"direction IN ({listed}) AND status IN ({factual})"
    acts = count_rows(tables, "relations", ["source_side", "target_side"], where=where)
    pairs = {
        (str(one), str(other)) for one, other in zip(acts["source_side"], acts["target_side"], strict=True)
    }
    both = {tuple(sorted(pair)) for pair in pairs}
    options = [
        (f"{one}>{other}", f"{labels.get(one, one)} → {labels.get(other, other)}") for one, other in pairs
    ]
    options += [
        (f"{one}<>{other}", f"{labels.get(one, one)} and {labels.get(other, other)}") for one, other in both
    ]
    return sorted(options, key=lambda option: (option[1], option[0]))


def _terms(tables: Tables) -> Options:
    listed = tables.study_or_error().loaded_terms
    if listed is None or not tables.has_text:
        return []
    return sorted(
        ((term.id, term.label) for group in listed.groups for term in group.terms),
        key=lambda option: option[1],
    )
