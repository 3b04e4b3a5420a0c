"""Cells of exports: protected, counted, and of plain types."""

import numpy as np
import pandas as pd

from analysis.exports.safe import MOST_CHARACTERS, Changes, is_long, safe_cells


def test_formulas_and_control_characters_are_counted_apart():
    changes = Changes()
    frame = pd.DataFrame({"t": ["=1", "a\x00b", "plain", None]})
    assert safe_cells(frame, changes)["t"].tolist() == ["'=1", "a\ufffdb", "plain", None]
    assert (changes.marked, changes.replaced) == (1, 1) and len(list(changes.notes())) == 2


def test_times_lose_their_zone_and_infinity_is_a_text():
    frame = pd.DataFrame({"when": pd.to_datetime(["2022-06-29T12:00Z"]), "x": [np.inf]})
    made = safe_cells(frame, Changes())
    assert made["when"][0].tzinfo is None and made["when"][0].hour == 12 and made["x"][0] == "inf"


def test_length_is_counted_as_excel_does():
    assert not is_long("x" * MOST_CHARACTERS) and is_long("x" * (MOST_CHARACTERS + 1))
    assert is_long("\U0001f54a" * (MOST_CHARACTERS // 2 + 1)) and not is_long(None)
