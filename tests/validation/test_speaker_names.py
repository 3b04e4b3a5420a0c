"""Which answers of coders stand for the same speaker."""

import pandas as pd
import pytest

from analysis.validation.speaker_names import same_speaker, with_one_name_each


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Putin", "President Vladimir Putin", True),
        ("Putin", "Lavrov", False),
        ("John Kerry", "Kerry", True),
        ("a senior official", "The official", True),
        ("an Iranian official", "a Russian official", False),
        ("Jalil Çelik", "jalil celik", True),
        ("the", "John Kerry", False),
        ("unknown", "Anna Vik", False),
    ],
)
def test_same_speaker(one, other, same, study):
    assert same_speaker(one, other, study.actors) is same
    assert same_speaker(other, one, study.actors) is same


def test_every_unit_has_one_spelling_per_speaker(study):
    answers = pd.DataFrame(
        {"ann": ["Kerry", None], "ben": ["John Kerry", "Anna Vik"], "toolkit": ["Una Ray", "Vik"]}
    )
    made = with_one_name_each(answers, study.actors)
    assert made.loc[0].tolist() == ["Kerry", "Kerry", "Una Ray"]
    assert made["ann"].isna().tolist() == [False, True]
    assert made.loc[1, ["ben", "toolkit"]].tolist() == ["Anna Vik", "Anna Vik"]
