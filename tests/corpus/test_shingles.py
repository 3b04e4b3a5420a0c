"""Hashed shingles, and what is boilerplate of an outlet."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.identity import WORD
from analysis.corpus.shingles import ShingleHasher, is_boilerplate


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["the", "port", "of", "call", "it's"]), max_size=30))
def test_shingles_are_those_of_a_plain_count(words):
    length = min(5, len(words))
    plain = {tuple(words[i : i + length]) for i in range(len(words) - length + 1)} if words else set()
    assert len(ShingleHasher()(" ".join(words))) == len(plain)
    assert ShingleHasher()(" ".join(words)).tolist() == ShingleHasher()(", ".join(words)).tolist()


def kept(days, outlet=0):
    """How many shingles are kept of articles that share three of their ten shingles."""
    own = [np.array([1, 2, 3, *range(10 * n, 10 * n + 7)], dtype=np.uint64) for n in range(1, len(days) + 1)]
    repeated = is_boilerplate(
        np.concatenate(own), np.full(10 * len(days), outlet), np.repeat(np.array(days), 10), 7.0
    )
    return [int(n) for n in 10 - repeated.reshape(-1, 10).sum(axis=1)]


def test_a_footer_in_articles_far_apart_is_boilerplate():
    assert kept([0.0, 20.0, 40.0]) == [7, 7, 7]


def test_a_story_corrected_within_days_is_not():
    assert kept([0.0, 1.0, 2.0]) == [10, 10, 10]


def test_six_articles_are_enough_at_any_time():
    assert kept([0.0] * 6) == [7] * 6


def test_unknown_outlets_keep_everything():
    assert kept([0.0, 20.0, 40.0], outlet=-1) == [10, 10, 10]


def test_outlets_are_told_apart():
    hashes = np.full(6, 1, dtype=np.uint64)
    assert not is_boilerplate(hashes, np.arange(6), np.zeros(6), 7.0).any()


def test_hashes_do_not_depend_on_what_was_hashed_before():
    hasher, text = ShingleHasher(), "the envoys met again on Tuesday"
    first = hasher(text)
    hasher("Послы встретились снова: five or more quite different words " * 9)
    assert (hasher(text) == first).all()


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("aбß'’İ_1. \n٣\U0001d54f\ud800"), max_size=40))
def test_words_are_those_that_are_counted(text):
    words = WORD.findall(text.casefold().replace("’", "'"))
    codes = ShingleHasher()._words(text.casefold().replace("’", "'")).tolist()
    assert len(codes) == len(words)
    assert dict(zip(words, codes, strict=True)).items() == set(zip(words, codes, strict=True))
    assert len(set(codes)) == len(set(words))
