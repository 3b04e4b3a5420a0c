"""Themes that come together: pairs that share sentences more often than by chance, and only those."""

import pytest

from analysis.compare.measures import cooccurrence
from analysis.errors import FramingError
from analysis.figures import FIGURES
from analysis.figures.plots.themes_together import MINIMUM
from tests.figures.small import drawn, rows, words


def pair(one, other, together, lift=2.0):
    return {
        "one": one, "other": other, "numerator": together, "denominator": 40, "estimate": together / 40,
        "lift": lift, "n_one": 20, "n_other": 20, "n_units": 900,
    }  # fmt: skip


def test_pairs_below_chance_or_in_few_sentences_are_not_joined(study):
    numbers = rows(
        pair("sanctions", "economy_trade", 9),
        pair("sanctions", "tourism", MINIMUM - 1),
        pair("economy_trade", "tourism", 9, lift=0.9),
    )
    figure = drawn("themes_together", numbers, study)
    assert len(figure.axes[0].patches) == 1
    assert f"{study.theme_labels['sanctions']} (n = 20)" in words(figure)
    assert f"Without a line: {study.theme_labels['tourism']} (20)" in figure.caption


def test_a_network_without_lines_says_so(study):
    figure = drawn("themes_together", rows(pair("sanctions", "economy_trade", 1)), study)
    assert not figure.axes[0].patches
    assert f"No two issues share {MINIMUM} sentences or more." in words(figure)


def test_several_groups_are_refused(study):
    twice = rows(pair("sanctions", "economy_trade", 9), pair("sanctions", "economy_trade", 8))
    with pytest.raises(FramingError, match="one group"):
        drawn("themes_together", twice, study)


def test_the_bundled_study_joins_what_its_numbers_say(bundled, study):
    numbers = cooccurrence.co_occurrence(bundled, within="sentence")
    issues = numbers[["one", "other"]].map(study.theme_groups.get).eq("issue").all(axis=1)
    expected = numbers[issues & (numbers["numerator"] >= MINIMUM) & (numbers["lift"] > 1)]
    assert len(drawn("themes_together", numbers, study).axes[0].patches) == len(expected)


def test_a_line_leads_to_sentences_with_both_themes():
    assert FIGURES["themes_together"].filters(pair("a", "b", 3), None) == {"theme": "a", "with": "b"}
