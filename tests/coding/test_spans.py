"""Agreement on marked passages."""

import math

import pytest

from analysis.coding.spans import gamma, span_f1

SAME = [([(0, 10), (50, 80)], [(0, 10), (50, 80)])]


def test_the_same_passages_agree_wholly():
    assert span_f1(SAME) == 1
    assert gamma(SAME, [1000]) == 1


def test_f1_matches_each_passage_once_and_by_half_of_the_characters():
    assert span_f1([([(0, 10)], [(0, 10), (1, 10)])]) == pytest.approx(2 / 3)
    assert span_f1([([(0, 10)], [(4, 10)])]) == 1
    assert span_f1([([(0, 10)], [(6, 10)])]) == 0


def test_text_that_nobody_marked_changes_nothing():
    assert span_f1([*SAME, ([], [])]) == 1
    near = [([(0, 10), (50, 80)], [(0, 12), (55, 80)])]
    assert gamma([*near, ([], [])], [1000, 5000]) == pytest.approx(gamma(near, [1000]))


def test_gamma_falls_with_distance_and_is_about_zero_by_chance():
    values = [gamma([([(100, 140)], [(100 + shift, 140 + shift)])], [2000]) for shift in (0, 5, 20, 60)]
    assert values == sorted(values, reverse=True)
    assert abs(values[-1]) < 0.2


def test_nothing_marked_is_not_defined():
    assert math.isnan(span_f1([([], [])])) and math.isnan(gamma([([], [])], [100]))
