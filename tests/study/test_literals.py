"""Literals of patterns: every match has one of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.study.literals import Literal, literals
from analysis.study.patterns import parse_pattern


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["oil"], [Literal("oil", True, True)]),
        (["Sanction*"], [Literal("sanction", True, False)]),
        (["*manned"], [Literal("manned", False, False)]),
        (["#metoo"], [Literal("metoo", True, True, lead=1)]),
        (["oil", "price", "cap*"], [Literal("oil price cap", True, False)]),
        (["anti-terror"], [Literal("anti terror", True, True), Literal("antiterror", True, True)]),
    ],
)
def test_literals_of_words(words, expected):
    assert list(literals(words)) == expected


def test_a_pattern_with_gaps_has_later_parts_within_reach():
    (anchors,) = parse_pattern("nuclear {0,2} (deal|accord)").anchors
    (later,) = anchors.later
    assert [literal.text for literal in anchors.beginnings] == ["nuclear"]
    assert [literal.text for literal in later.literals] == ["deal", "accord"]
    assert later.reach >= len(["nuclear", "w", "w", "deal"])


PATTERNS = [
    "oil",
    "oil*",
    "*il",
    "o-il",
    "oil price",
    "(oil|gas) price",
    "oil {0,1} price",
    "oil NEAR/1 gas",
    "~price",
]


@given(
    st.sampled_from(PATTERNS),
    st.lists(st.sampled_from(["oil", "Oils", "gas", "price", "prices", "o-il", "soil", ","]), max_size=6),
)
def test_every_match_contains_a_literal_of_its_pattern(source, words):
    text = " ".join(words)
    pattern = parse_pattern(source)
    found = {literal.text for anchors in pattern.anchors for literal in anchors.beginnings}
    for start in range(len(text)):
        end = pattern.end_of_match(text, start)
        if end is not None:
            match = " ".join(re.findall(r"\w+", text[start:end].lower()))
            assert any(literal in match for literal in found)
