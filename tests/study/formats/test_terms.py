"""Patterns as plain terms, with the reasons for what is lost."""

import re

import pytest

from analysis.study.formats.terms import Limits, problem, terms_of

LIMITS = Limits(terms=re.compile(r"_"))


@pytest.mark.parametrize(
    ("pattern", "terms", "reasons"),
    [
        ("oil", ("oil",), ()),
        ("(oil|natural gas) field*", ("oil field*", "natural gas field*"), ()),
        ("=SCO", ("SCO",), ("the format is not case-sensitive",)),
        ("a {0,2} b", (), ("gaps and NEAR cannot be written as words",)),
        ("a NEAR/2 b", (), ("gaps and NEAR cannot be written as words",)),
        ("(oil|~sell)", ("oil",), ("stems cannot be written as words",)),
        ("(oil|a_b)", ("oil",), ("the format cannot represent all alternatives",)),
        ("a_b", (), ("the format cannot represent it",)),
    ],
)
def test_terms_and_reasons(pattern, terms, reasons):
    assert terms_of(pattern, LIMITS) == (terms, reasons)


@pytest.mark.parametrize(
    ("term", "message"),
    [("(oil|gas)", "pattern syntax"), ("wh?t", "a question mark"), ("*", "match every word"), ("fish", None)],
)
def test_terms_that_cannot_be_patterns(term, message):
    found = problem(term, "*")
    assert found is None if message is None else message in found
