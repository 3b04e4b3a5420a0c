"""Rows of refused articles fit the contract of their table."""

import pytest

from analysis.rejects import reject
from analysis.schemas import TABLES


def test_a_reject_fits_its_table():
    table = TABLES["rejects"].frame([reject("a.csv", "empty", "no words", row="3")])
    assert TABLES["rejects"].check(table) is table
    assert table.loc[0, ["source_file", "row", "reason", "detail"]].tolist() == [
        "a.csv",
        "3",
        "empty",
        "no words",
    ]


@pytest.mark.parametrize("field", ["article_id", "title"])
def test_unknown_ids_and_titles_are_missing(field):
    assert reject("a.csv", "empty", "no words", **{field: ""})[field] is None
