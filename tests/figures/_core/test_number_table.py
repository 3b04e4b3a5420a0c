"""The numbers behind a figure: columns with a single value are listed once."""

import pandas as pd

from analysis.figures._core.number_table import cell_text, number_table


def link(row):
    return (f"#outlet={row['outlet']}", row["outlet"]) if row["outlet"] != "X" else ("", "")


def test_constant_columns_are_listed_once():
    table = pd.DataFrame(
        {"outlet": ["A", "B", "X"], "method": "ratio", "note": "", "estimate": [0.5, 1 / 3, 2.0]}
    )
    made = number_table(table, link)
    assert made["columns"] == ["outlet", "estimate"] and made["common"] == ["method: ratio"]
    assert [row["link"] for row in made["rows"]] == ["#outlet=A", "#outlet=B", ""]
    assert made["rows"][1]["cells"] == ["B", "0.3333"] and made["n_rows"] == 3


def test_a_table_without_rows_is_empty():
    assert number_table(pd.DataFrame(), link) == {"columns": [], "rows": [], "n_rows": 0, "common": []}


def test_missing_values_are_empty():
    assert [cell_text(value) for value in (None, float("nan"), 12, 0.123456, "a")] == [
        "",
        "",
        "12",
        "0.1235",
        "a",
    ]
