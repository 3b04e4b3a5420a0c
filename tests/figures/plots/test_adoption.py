"""Loaded terms: pieces fill the bar, and terms that are rare or absent are left to the CSV."""

import dataclasses

import pytest

from analysis.figures import FIGURES
from analysis.figures._core.registry import Cut
from tests.figures.small import bar_lengths, drawn, row_labels, rows


def uses(term, own, distanced, quoted):
    total = own + distanced + quoted
    return [
        {
            "term": term, "use": use, "numerator": number, "denominator": total, "group": "names", "standpoint": "",
            "estimate": number / total if total else float("nan"),
        }
        for use, number in (("own", own), ("distanced", distanced), ("quoted", quoted))
    ]  # fmt: skip


def test_terms_that_are_rare_or_absent_are_left_to_the_csv(study):
    figure = drawn(
        "adoption", rows(*uses("common", 6, 1, 3), *uses("rare", 1, 0, 0), *uses("absent", 0, 0, 0)), study
    )
    assert row_labels(figure) == ["common (10)"]
    assert bar_lengths(figure) == {-1: pytest.approx(100)}
    assert "The CSV has 1 more" in figure.caption


def test_a_rare_term_is_drawn_where_there_is_no_other(study):
    assert row_labels(drawn("adoption", rows(*uses("rare", 1, 0, 0)), study)) == ["rare (1)"]


def test_a_study_without_loaded_terms_has_no_numbers(bundled):
    study = dataclasses.replace(bundled.study, loaded_terms=None)
    assert FIGURES["adoption"].numbers(dataclasses.replace(bundled, study=study), Cut()).empty
