"""Hashed shingles, and what is boilerplate of an outlet."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.identity import UNKNOWN_OUTLET
from analysis.corpus.shingles import ShingleHasher, without_boilerplate


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["the", "port", "of", "call", "it's"]), max_size=30))
def test_shingles_are_those_of_a_plain_count(words):
    length = min(5, len(words))
    plain = {tuple(words[i : i + length]) for i in range(len(words) - length + 1)} if words else set()
    assert len(ShingleHasher()(" ".join(words))) == len(plain)
    assert ShingleHasher()(" ".join(words)).tolist() == ShingleHasher()(", ".join(words)).tolist()


def kept(days, outlet="Post"):
    """Shingles of articles that share three of their ten shingles."""
    shingles = [
        np.array([1, 2, 3, *range(10 * n, 10 * n + 7)], dtype=np.uint64) for n in range(1, len(days) + 1)
    ]
    return [len(own) for own in without_boilerplate(shingles, [outlet] * len(days), np.array(days), 7.0)]


def test_a_footer_in_articles_far_apart_is_boilerplate():
    assert kept([0.0, 20.0, 40.0]) == [7, 7, 7]


def test_a_story_corrected_within_days_is_not():
    assert kept([0.0, 1.0, 2.0]) == [10, 10, 10]


def test_six_articles_are_enough_at_any_time():
    assert kept([0.0] * 6) == [7] * 6


def test_unknown_outlets_keep_everything():
    assert kept([0.0, 20.0, 40.0], UNKNOWN_OUTLET) == [10, 10, 10]
