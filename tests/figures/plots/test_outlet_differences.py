"""Outlets against all others: what the caption warns of, and what is drawn with hand coding."""

import pytest

from analysis.figures import FIGURES
from analysis.figures._core.registry import Cut
from tests.figures.small import drawn, rows, titles


def difference(theme, outlet, estimator="naive", n_coded=0):
    return {
        "theme": theme, "group": outlet, "by": "outlet", "estimator": estimator, "numerator": 3, "n_coded": n_coded,
        "estimate": 0.1, "ci95_low": 0.05, "ci95_high": 0.2,
    }  # fmt: skip


THEMES = ("sanctions", "tourism")


@pytest.mark.parametrize(("outlets", "expected"), [(10, "Of 20 intervals, about 1"), (9, "")])
def test_many_intervals_bring_a_warning_of_chance(outlets, expected, study):
    cells = [difference(theme, f"Outlet {i:02d}") for theme in THEMES for i in range(outlets)]
    figure = drawn("outlet_differences", rows(*cells), study)
    assert (expected in figure.caption) if expected else ("by chance" not in figure.caption)
    assert titles(figure) == [study.theme_labels[theme] for theme in THEMES]


def test_hand_coding_adds_estimates_and_its_extent(study):
    cells = [
        difference("sanctions", outlet, estimator, 12)
        for outlet in "ABC"
        for estimator in ("naive", "gold_only", "dsl")
    ]
    figure = drawn("outlet_differences", rows(*cells), study)
    assert len(figure.legends[0].get_texts()) == 3
    assert "12 to 12 articles" in figure.caption


def test_validations_reach_the_numbers(bundled, monkeypatch):
    got = {}
    monkeypatch.setattr(
        "analysis.validation.outlet_differences",
        lambda tables, summaries, by, weight: got.update(summaries) or rows(difference("sanctions", "A")),
    )
    FIGURES["outlet_differences"].numbers(bundled, Cut(by="outlet", summaries={"themes": {}}))
    assert got == {"themes": {}}


def test_of_two_groups_the_second_is_drawn_and_not_its_mirror(study):
    cells = [difference("sanctions", period) | {"by": "period"} for period in ("before", "since")]
    figure = drawn("outlet_differences", rows(*cells), study)
    (label,) = figure.axes[0].get_yticklabels()
    assert label.get_text().startswith("since (n")
    assert "minus the share in the articles “before”" in figure.caption
