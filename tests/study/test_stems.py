"""Stems of words, and the prefixes by which words with a stem are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.study.stems import stem_of, stem_prefixes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("negotiations", "NEGOTIATING"),
        ("happy", "happiness"),
        ("die", "dying"),
        ("ties", "tying"),
        ("war", "wars"),
    ],
)
def test_words_with_the_same_stem_start_with_one_of_its_prefixes(one, other):
    assert stem_of(one) == stem_of(other)
    for word in (one, other):
        assert other.lower().startswith(stem_prefixes(word))
        assert one.lower().startswith(stem_prefixes(word))


@given(
    st.text("abcdefghilnorstuvy", min_size=1, max_size=8),
    st.sampled_from(["", "s", "ing", "ed", "ies", "ly", "ation"]),
)
def test_a_word_starts_with_a_prefix_of_its_stem(beginning, ending):
    word = beginning + ending
    assert word.startswith(stem_prefixes(word))
