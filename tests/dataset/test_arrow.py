"""Rows in Arrow have the dtypes of the contracts."""

import pandas as pd

from analysis.dataset import arrow
from analysis.schemas import TABLES

MENTION = {
    "article_id": "a",
    "text": "Iran",
    "sentence": 0,
    "actor_id": "iran",
    "side": "iran",
    "voice": "outlet",
}
ROWS = [
    {**MENTION, "start": 9, "end": 13, "polarity": None, "abstained": "low confidence"},
    {
        **MENTION,
        "start": 0,
        "end": 4,
        "polarity": -1,
        "p_negative": 0.75,
        "p_neutral": 0.25,
        "p_positive": 0.0,
    },
]


def test_rows_are_the_same_in_arrow_and_pandas():
    table = arrow.sort_by_key(arrow.from_rows(TABLES["mentions"], ROWS), TABLES["mentions"].key)
    frame = TABLES["mentions"].frame(ROWS)
    pd.testing.assert_frame_equal(table.to_pandas(), frame)
    assert table.equals(arrow.from_frame(frame, TABLES["mentions"]), check_metadata=True)


def test_further_columns_of_some_parts_are_missing_in_the_others():
    first = TABLES["articles"].frame([]).assign(extra_none=pd.Series([], dtype="str"))
    row = dict.fromkeys(TABLES["articles"].columns, "x") | {"published": None, "n_words": 1}
    second = TABLES["articles"].frame([{**row, "article_id": "b", "extra_page": "4"}])
    third = TABLES["articles"].frame([{**row, "article_id": "a", "extra_desk": "sport"}])
    parts = [arrow.from_frame(frame, arrow.STORED["articles"]) for frame in (first, second, third)]
    joined = arrow.join_parts(parts, arrow.STORED["articles"]).to_pandas()
    assert joined["article_id"].tolist() == ["a", "b"]
    assert joined.columns[-2:].tolist() == ["extra_desk", "extra_page"]
    assert joined["extra_page"].fillna("none").tolist() == ["none", "4"]
    assert joined.dtypes.iloc[-2:].tolist() == ["str", "str"]


def test_equal_keys_keep_their_order():
    rows = [{"quote_id": "q", "role": "content", "start": 1, "end": end} for end in (9, 3, 5)]
    table = arrow.from_rows(TABLES["quote_spans"], rows)
    assert arrow.sort_by_key(table, TABLES["quote_spans"].key)["end"].to_pylist() == [9, 3, 5]


def test_no_parts_are_an_empty_table():
    pd.testing.assert_frame_equal(
        arrow.join_parts([], TABLES["quotes"]).to_pandas(), TABLES["quotes"].empty()
    )
