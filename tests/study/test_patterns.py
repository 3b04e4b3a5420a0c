"""Patterns that cannot be parsed; matching is tested in tests/annotators/themes."""

import pytest

from analysis.study.patterns import PatternError, parse_pattern


@pytest.mark.parametrize(
    "source",
    [
        *("", "=", "*", "?*", "...", "{0,2} deal", "deal {0,2}", "a {3,1} b", "a {0,99} b", "(a|b", "a|b)"),
        *("NEAR/3 deal", "deal NEAR/3", "a NEAR/99 b", "a NEAR/2 b NEAR/2 c", "a NEAR/2 {0,1} b"),
        *('"a deal', "“a", '""', "~", "~a", "~deal*", "~anti-war", "(=~war|peace)", "a || b", "()"),
        "~a1 {0,20} b {0,20} ~cd {0,20} e",
    ],
)
def test_patterns_that_cannot_be_read(source):
    with pytest.raises(PatternError):
        parse_pattern(source)
