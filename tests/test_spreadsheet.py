"""Cells that a spreadsheet cannot run."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.spreadsheet import harmless, original


def cell(text):
    return harmless(pd.DataFrame({"text": [text]}))["text"].iloc[0]


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "\ufeff=1",
        "−1",
        "|calc",
    ],
)
def test_formulas_become_text(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Talks = progress", "", "A-1", "'quoted'", "“Yes”", "3 + 4"])
def test_plain_text_stays(text):
    assert cell(text) == text


def test_numbers_dates_and_gaps_stay():
    table = pd.DataFrame(
        {"n": [-1, 2], "x": [-0.5, None], "day": pd.to_datetime(["2022-01-01"] * 2), "t": ["a", None]}
    )
    pd.testing.assert_frame_equal(harmless(table), table)


def test_column_names_and_duplicates():
    table = pd.DataFrame([["=a", "-b"]], columns=["=x", "=x"])
    made = harmless(table)
    assert list(made.columns) == ["'=x", "'=x"]
    assert made.iloc[0].tolist() == ["'=a", "'-b"]


def test_mixed_and_categorical_columns():
    table = pd.DataFrame(
        {"mixed": pd.Series(["=1", 5, None], dtype="object"), "c": pd.Categorical(["=a", "b", "b"])}
    )
    made = harmless(table)
    assert made["mixed"].tolist()[:2] == ["'=1", 5]
    assert made["c"].astype("str").tolist() == ["'=a", "b", "b"]


def test_control_characters_do_not_break_excel(tmp_path):
    harmless(pd.DataFrame({"t": ["a\x0bb", "=1"]})).to_excel(tmp_path / "t.xlsx", index=False)
    assert pd.read_excel(tmp_path / "t.xlsx")["t"].tolist() == ["a\ufffdb", "'=1"]


@settings(max_examples=50)
@given(st.text())
def test_never_runs_comes_back_and_twice_is_once(text):
    safe = cell(text)
    assert safe[:1] not in set("=+-@\t\r\n")
    assert cell(safe) == safe
    if all(c.isprintable() for c in text) and not text.startswith("'"):
        assert original(safe) == text
