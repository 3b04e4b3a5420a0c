"""Rejects as a CSV file."""

import pandas as pd

from analysis.dataset import rejects
from analysis.rejects import reject
from analysis.schemas import TABLES

ROWS = TABLES["rejects"].frame(
    [reject("=1+1.csv", "empty", "+2", row="2", title="“é”"), reject("b", "x", "")]
)


def test_rejects_come_back_as_they_were_written():
    content = rejects.to_csv(ROWS)
    assert b"'=1+1.csv" in content
    pd.testing.assert_frame_equal(rejects.from_csv(content), ROWS)


def test_several_tables_are_joined_in_order_and_none_is_an_empty_table():
    joined = rejects.join([None, ROWS.iloc[1:], TABLES["rejects"].empty(), ROWS.iloc[:1]])
    assert joined["source_file"].tolist() == ["b", "=1+1.csv"]
    pd.testing.assert_frame_equal(rejects.from_csv(rejects.to_csv(None)), TABLES["rejects"].empty())
