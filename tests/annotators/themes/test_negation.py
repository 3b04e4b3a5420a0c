"""Negation of theme hits, and the literals by which the automaton finds candidates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.themes.extract import find_themes
from analysis.annotators.themes.negation import is_negated
from analysis.study.codebook import Codebook


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("There is no military alliance", True),
        ("They never wanted an alliance", True),
        ("It isn’t an alliance", True),
        ("He ruled out an alliance", True),
        ("No one came, but an alliance", False),
        ("There is no “alliance”", True),
        ("They know of an alliance", False),
        ("no one two three four five alliance", False),
        ("Not today. An alliance", False),
        ("The alliance", False),
    ],
)
def test_negation(text, negated):
    assert is_negated(text, text.index("alliance")) is negated


@given(
    st.lists(
        st.sampled_from(
            ["no", "isn’t", "isn't", "denied", "ruled out", "ruled", "but", "x", ",", ".", "\n", "“"]
        ),
        max_size=9,
    )
)
def test_the_automaton_finds_every_negation(before):
    text = " ".join([*before, "alliance"])
    theme = {"id": "a", "label": "a", "definition": "-", "patterns": ["alliance"]}
    (hit,) = find_themes(text, Codebook.from_data({"title": "t", "themes": [theme]}))
    assert hit.negated == is_negated(text, hit.start)
