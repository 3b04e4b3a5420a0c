"""Marked quotes: differences between coders, decisions on them, and the quotes that result."""

import pandas as pd
import pytest

from analysis.coding.marked_quotes import adjudicated_quotes, marked_quotes, quote_disagreements
from analysis.coding.sheets import write_sheets
from analysis.errors import FramingError

TEXT = "“Trade grows,” Ann said. Ben hopes for rain {}."


def quote(start, end, speaker="Ann Envoy", side="iran"):
    return {
        "content": [[start, end]],
        "source": [[15, 18]],
        "cue": [[19, 23]],
        "speaker": speaker,
        "side": side,
    }


@pytest.fixture
def coded(made_file):
    """Two coders who agree on one quote of the first text; the second text is finished by one alone."""
    file = made_file(2, task="quotes", text=TEXT)
    hopes = {"content": [[35, 43]], "source": [[25, 28]], "cue": [[29, 34]], "speaker": "Ben", "side": ""}
    file.save("ann", "u1", {"quotes": [quote(0, 14), hopes], "done": True})
    file.save("ben", "u1", {"quotes": [quote(0, 14, speaker="ann envoy")], "done": True})
    file.save("ann", "u2", {"quotes": [quote(0, 14)], "done": True})
    return file


def test_a_quote_of_one_coder_is_settled_by_a_decision(coded):
    (only,) = quote_disagreements(coded)
    assert (only["code"], only["question"], only["allowed"]) == ("u1", "35-43", ["ann", "none"])
    assert only["answers"]["ben"] == "not marked" and "speaker: Ben" in only["answers"]["ann"]
    assert "[[ for rain ]]" in only["text"]
    assert adjudicated_quotes(coded, "ben")["quote"].nunique() == 1  # ben marked one
    coded.decide("u1", "35-43", "ann", who="carla")
    settled = adjudicated_quotes(coded, "ben")
    assert settled.query("role == 'content'")[["text", "decided_by"]].values.tolist() == [
        ["“Trade grows,”", ""], ["for rain", "carla"],
    ]  # fmt: skip
    coded.decide("u1", "35-43", "none", who="carla")
    assert adjudicated_quotes(coded, "ann")["text"].tolist() == ["“Trade grows,”", "Ann", "said"]
    assert quote_disagreements(coded)[0]["decision"] == "none"


@pytest.mark.parametrize("change", [{"side": "russia"}, {"speaker": "Ben"}, {"end": 13}])
def test_speaker_side_and_span_have_to_be_the_same(coded, change):
    coded.save("ben", "u1", {"quotes": [quote(**{"start": 0, "end": 14, **change})], "done": True})
    assert [one["question"] for one in quote_disagreements(coded)] == ["0-14", "35-43"]


def test_files_of_finished_coders_have_a_row_per_span(coded, tmp_path):
    coded.save("ben", "u2", {"quotes": [], "done": True})
    coded.decide("u2", "0-14", "ann", who="carla")
    paths = write_sheets(coded, None, tmp_path)
    assert [path.name for path in paths] == [
        f"coding_quotes_{name}.csv" for name in ("key", "ann", "ben", "adjudicated")
    ]
    ann = pd.read_csv(paths[1], keep_default_na=False)
    assert ann["text"].tolist() == marked_quotes(coded, "ann")["text"].tolist()
    assert set(pd.read_csv(paths[3])["decided_by"].dropna()) == {"carla"}


def test_a_decision_names_a_coder_or_none(coded):
    for question, answer in (("35-43", "dora"), ("trade", "ann")):
        with pytest.raises(FramingError, match="is no decision on the quote"):
            coded.decide("u1", question, answer, who="carla")
