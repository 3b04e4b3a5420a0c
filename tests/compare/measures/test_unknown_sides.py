"""Speakers without a known side: bounds, and rows that are marked as not compared."""

import pandas as pd
import pytest

from analysis.compare.measures.unknown_sides import MANY_UNKNOWN, known_sides, mark_unknown, with_bounds


def shares(unknown):
    sides = ["iran", "russia", "unattributed"]
    parts = [
        pd.DataFrame({"outlet": outlet, "side": sides, "estimate": [0.9 - part, 0.1, part], "note": ""})
        for outlet, part in (("Courier", unknown), ("Gazette", 0.0))
    ]
    return pd.concat(parts, ignore_index=True)


def test_bounds_reach_from_none_to_all_of_the_unknown_words():
    made = with_bounds(shares(0.3)).set_index(["outlet", "side"])
    assert made.loc[("Courier", "iran"), ["bound_low", "bound_high"]].tolist() == pytest.approx([0.6, 0.9])
    assert made.loc[("Courier", "russia"), ["bound_low", "bound_high"]].tolist() == pytest.approx([0.1, 0.4])
    assert pd.isna(made.loc[("Courier", "unattributed"), "bound_high"])
    assert made.loc["Gazette", "bound_high"].isna().all(), "each outlet has its own unknown share"
    assert made.loc["Courier", "unknown"].eq(0.3).all()


def test_few_unknown_words_need_no_bounds():
    assert with_bounds(shares(MANY_UNKNOWN))["bound_high"].isna().all()
    whole = with_bounds(shares(0.3).query("outlet == 'Courier'").drop(columns="outlet"))
    assert whole["bound_high"].notna().sum() == 2


def test_the_unknown_side_is_marked_and_left_out():
    made = mark_unknown(shares(0.3))
    assert made.loc[made["side"] == "unattributed", "note"].eq("side not known; not compared").all()
    assert made.loc[made["side"] != "unattributed", "note"].eq("").all()
    assert set(known_sides(made)["side"]) == {"iran", "russia"}
    voices = known_sides(pd.DataFrame({"voice": ["outlet", "unattributed"]}))
    assert voices["voice"].tolist() == ["outlet"]
