"""About what: themes by outlet, time, voice and side, and with one another."""

from __future__ import annotations

from analysis.compare.measures import cooccurrence, rates
from analysis.figures._core.registry import Entry
from analysis.figures._core.study_labels import theme_rates_over_time
from analysis.figures.plots import (
    outlet_differences,
    theme_rates,
    themes_by_outlet,
    themes_over_time,
    themes_together,
)
from analysis.validation import outlet_differences as compared

ENTRIES = (
    Entry(
        "theme_rates",
        "Themes by outlet",
        "What does each outlet write about?",
        "A table of shaded cells, themes down and outlets across: hits per 1,000 words.",
        lambda tables: rates.theme_rates(tables, by=["outlet"]),
        lambda numbers, study: theme_rates.theme_heatmap(
            numbers, labels=study.theme_labels, groups=study.theme_groups
        ),
        empty="no pattern of the codebook was found",
    ),
    Entry(
        "themes_by_outlet",
        "Issues by outlet, with intervals",
        "How sure are the outlets' rates of the most frequent issues?",
        "One small panel per issue, one point per outlet: hits per 1,000 words with intervals, and the rate "
        "of all outlets together as an upright line.",
        lambda tables: rates.theme_rates(tables, by=["outlet"]),
        lambda numbers, study: themes_by_outlet.themes_by_outlet(
            numbers, labels=study.theme_labels, groups=study.theme_groups
        ),
        empty="no pattern of the codebook was found",
    ),
    Entry(
        "outlet_differences",
        "Outlets against all others",
        "Which outlet has a theme in more of its articles than the others, and does that outlive the "
        "programs' errors?",
        "One small panel per theme, one row per outlet: percentage points more or fewer of its articles than "
        "of all others', with intervals; with hand coding, the estimates that the coding alone gives and that"
        " it puts right.",
        compared.outlet_differences,
        lambda numbers, study: outlet_differences.outlet_differences(numbers, labels=study.theme_labels),
        validated=True,
        empty="no pattern of the codebook was found, or all articles come from one outlet",
    ),
    Entry(
        "themes_over_time",
        "Themes over time",
        "When did a theme come up?",
        "One small panel per issue: hits per 1,000 words by month or year, with intervals; the study's events"
        " are marked by number.",
        theme_rates_over_time,
        lambda numbers, study: themes_over_time.themes_over_time(
            numbers, labels=study.theme_labels, groups=study.theme_groups, events=study.events
        ),
        empty="no pattern of the codebook was found in an article with a date",
    ),
    Entry(
        "themes_by_voice",
        "Themes by voice",
        "Who brings a theme up: the outlets themselves, or the people they quote?",
        "Two points per theme, the outlets' own words and attributed words: hits per 1,000 words of that voice.",
        lambda tables: rates.theme_rates(tables, by=[], voice="split"),
        lambda numbers, study: theme_rates.themes_by_voice(
            numbers, labels=study.theme_labels, groups=study.theme_groups
        ),
        empty="no pattern of the codebook was found",
    ),
    Entry(
        "themes_by_side",
        "Themes by side",
        "Which side brings a theme up: the outlets themselves, Russian, Iranian or other voices?",
        "A table of shaded cells, themes down and voices across: hits per 1,000 words of that voice.",
        lambda tables: rates.theme_rates(tables, by=[], voice="sides"),
        lambda numbers, study: theme_rates.themes_by_side(
            numbers, labels=study.theme_labels, groups=study.theme_groups, sides=study.side_labels
        ),
        empty="no pattern of the codebook was found",
    ),
    Entry(
        "themes_together",
        "Themes that come together",
        "Which issues are raised in one breath?",
        "A network: issues around a circle, lines between those that share sentences more often than by "
        "chance; the wider and darker a line, the larger the share of sentences with either that have both.",
        lambda tables: cooccurrence.co_occurrence(tables, within="sentence"),
        lambda numbers, study: themes_together.themes_together(
            numbers, labels=study.theme_labels, groups=study.theme_groups
        ),
        empty="no sentence holds patterns of two themes",
    ),
)
