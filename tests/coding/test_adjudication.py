"""Agreement while coding, and decisions on disagreements."""

import krippendorff
import numpy as np
import pytest

from analysis.coding.adjudication import adjudicated, disagreements, live_agreement

ANSWERS = {"ann": "yynnyynnyy", "ben": "ynnnyynyyy"}


@pytest.fixture
def coded(made_file):
    file = made_file()
    words = {"y": "yes", "n": "no"}
    for coder, letters in ANSWERS.items():
        for number, letter in enumerate(letters, start=1):
            answers = {"trade": words[letter], "war": "no" if number < 10 else "unclear"}
            file.save(coder, f"u{number}", {"answers": answers, "comment": f"{coder} {number}"})
    return file


def test_alpha_is_that_of_krippendorff(coded):
    trade, war = live_agreement(coded)
    data = np.array([[letter == "y" for letter in letters] for letters in ANSWERS.values()], dtype=float)
    oracle = krippendorff.alpha(data, level_of_measurement="nominal")
    assert trade == {
        "question": "trade", "measure": "Krippendorff's alpha", "value": round(oracle, 4), "units": 10
    }  # fmt: skip
    assert (war["value"], war["units"]) == (None, 9)  # all the same, and one unclear


def test_disagreements_are_listed_with_answers_and_decisions(coded):
    found = disagreements(coded)
    assert [one["code"] for one in found] == ["u2", "u8"]
    assert found[0]["answers"] == {"ann": "yes", "ben": "no"}
    assert found[0]["comments"] == {"ann": "ann 2", "ben": "ben 2"}
    coded.decide("u2", "trade", "no", who="carla")
    found = disagreements(coded)
    assert [(one["code"], one["decision"], one["who"]) for one in found] == [
        ("u8", "", ""),
        ("u2", "no", "carla"),
    ]
    assert adjudicated(coded, "ann").loc["secret-2", "trade"] == "no"
    assert coded.answers("ann").loc["secret-2", "trade"] == "yes"
    assert live_agreement(coded)[0]["value"] < 1  # of the coders' own answers


def test_marked_quotes_have_f1_and_gamma(made_file):
    file = made_file(2, task="quotes")
    for coder, end in (("ann", 11), ("ben", 12)):
        file.save(coder, "u1", {"quotes": [{"content": [[6, end]]}], "done": True})
    f1, gamma = live_agreement(file)
    assert (f1["question"], f1["value"], f1["units"]) == ("ann, ben", 1.0, 1)
    assert 0.5 < gamma["value"] < 1
    (difference,) = disagreements(file)  # the page of adjudication shows quotes as it shows answers
    assert (difference["question"], difference["allowed"]) == ("6-12", ["ann", "ben", "none"])
