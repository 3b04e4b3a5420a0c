"""Which words, and where the same story appeared again."""

from __future__ import annotations

from analysis.compare.measures.wire_copy import publication_times
from analysis.compare.words import contrasts
from analysis.figures._core.registry import Entry
from analysis.figures._core.study_labels import pair
from analysis.figures.plots import keyness as word_figures
from analysis.figures.plots import reprints_over_time

ENTRIES = (
    Entry(
        "keyness",
        "Words that set outlets apart",
        "Which words do the outlets of one country use more than those of another, in their own words?",
        "One row per word, a point with its interval: how many times as often one group uses it, as a power "
        "of two; beside it how evenly the word is spread over the articles of each group.",
        contrasts.outlet_wording,
        lambda numbers, _study: word_figures.keyness(numbers),
        empty="the articles come from one country of outlets, or share too few words",
    ),
    Entry(
        "log_odds_words",
        "Words of the two sides",
        "Which words do the articles let one side say and not the other?",
        "One dot per word: uses across, z of the log-odds up; words that one side says more stand above the "
        "grey band, those of the other below it.",
        lambda tables: contrasts.side_wording(tables, pair(tables)),
        lambda numbers, study: word_figures.log_odds(numbers, labels=study.side_labels),
        empty="one of the two sides is not quoted, or too few words are",
    ),
    Entry(
        "reprints_over_time",
        "Reprints over time",
        "How far and how fast did the same story travel?",
        "One row per family of near-identical articles, one mark per article: days since the earliest of them.",
        publication_times,
        lambda numbers, _study: reprints_over_time.reprints_over_time(numbers),
        empty="no two articles with a date are nearly identical",
    ),
)
