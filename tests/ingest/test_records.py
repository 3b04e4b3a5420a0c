"""Records with values nested too deeply are refused, others are kept."""

import pytest

from analysis.ingest.records import refuse_nested


def nested(depth, of=list):
    value = "sport"
    for _ in range(depth):
        value = [value] if of is list else {"part": value}
    return value


@pytest.mark.parametrize("of", [list, dict])
def test_fifty_levels_are_kept_and_one_more_is_refused(of):
    assert refuse_nested("3", ["a title", nested(50, of)]) is None
    refusal = refuse_nested("3", ["a title", nested(51, of)])
    assert (refusal.row, refusal.reason) == ("3", "nested")
    assert "more than 50 levels" in refusal.detail


def test_long_and_empty_values_are_not_deep():
    assert refuse_nested("1", [[], {}, [[]] * 2_000, {"tags": ["a", "b"], "place": {"name": "Baku"}}]) is None
    assert refuse_nested("1", []) is None


def test_a_value_of_many_thousand_levels_is_refused_without_recursion():
    assert refuse_nested("1", [nested(100_000)]).reason == "nested"
