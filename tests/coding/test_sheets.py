"""Answers leave the coding file as sheets that `framing validate` reads, as a validation, and as a matrix."""

import pytest

from analysis.coding.draw import draw_coding
from analysis.coding.sheets import code_matrix, validate_coding, write_sheets
from analysis.errors import FramingError
from analysis.validation import validate_files


@pytest.fixture
def coded(bundled, tmp_path):
    file = draw_coding(bundled, tmp_path / "sides.sqlite", task="sides", n=24)
    for coder in ("ann", "ben"):
        for number, code in enumerate(file.key()["code"]):
            no = number % 6 == 0 or (coder == "ben" and number == 1)
            answers = {"quote": "no"} if no else {"quote": "yes", "speaker": "the envoy", "side": "iran"}
            file.save(coder, code, {"answers": answers})
    return file


def test_sheets_and_file_give_the_same_validation(coded, bundled, tmp_path):
    paths = write_sheets(coded, bundled, tmp_path / "sheets")
    assert [path.name for path in paths] == [
        "coding_sides_key.csv", "coding_sides_ann.csv", "coding_sides_ben.csv"
    ]  # fmt: skip
    of_sheets = validate_files(bundled, paths[1:])
    of_file = validate_coding(coded, bundled)
    assert of_file.scores.equals(of_sheets.scores)
    assert of_file.agreement["estimate"].tolist() == of_sheets.agreement["estimate"].tolist()


def test_a_decision_counts_instead_of_the_first_coder(coded, bundled, tmp_path):
    code, unit = coded.key().loc[1, ["code", "unit"]]
    before = validate_coding(coded, bundled)
    coded.decide(code, "quote", "no", who="carla")
    after = validate_coding(coded, bundled)
    rows = [
        v.gold[(v.gold["unit"] == unit) & (v.gold["question"] == "quote")].iloc[0] for v in (before, after)
    ]
    assert [row["gold"] for row in rows] == ["yes", "no"]
    assert rows[1]["settled_by"] == "decision"
    assert after.agreement["estimate"].tolist() == before.agreement["estimate"].tolist()
    assert "coding_sides_adjudicated.csv" in [
        p.name for p in write_sheets(coded, bundled, tmp_path / "sheets")
    ]


def test_yes_and_no_become_a_matrix(made_file):
    file = made_file(3)
    file.save("ann", "u1", {"answers": {"trade": "yes", "war": "no"}})
    file.save("ann", "u2", {"answers": {"trade": "unclear", "war": "yes"}})
    matrix = code_matrix(file, "ann")
    assert matrix.loc["secret-1"].tolist() == [1, 0]
    assert matrix["trade"].isna().tolist() == [False, True, True]


def test_unfinished_coding_is_not_evaluated(bundled, tmp_path):
    file = draw_coding(bundled, tmp_path / "tone.sqlite", task="tone", n=10)
    for made in (
        lambda: write_sheets(file, bundled, tmp_path / "sheets"),
        lambda: validate_coding(file, bundled),
    ):
        with pytest.raises(FramingError, match="no coder has answered all units"):
            made()
