"""Whom a name stands for, in words."""

import dataclasses
from datetime import date

import pytest

from analysis.annotators.speakers.explanation import explain_name
from analysis.study import Study


@pytest.fixture
def small_study(study, two_states, small_world, monkeypatch):
    """The study of two states, with the made-up world."""
    monkeypatch.setattr(Study, "world", small_world)
    return dataclasses.replace(study, actors=two_states)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Jean Martin", None,
         ["actor 'martin' of the study (person), side 'france'", "French president, 2020-01-01 to now"]),
        ("jean martin", date(2015, 1, 1), ["French president, 2020-01-01 to now, not held"]),
        ("Martin", None, ["a surname: it counts after the full name"]),
        ("Paris", None, ["France: actor 'france'", "a place: it counts where it acts"]),
        ("French Street", None, ["'French Street' is listed under not_actors"]),
        ("Ann Miller", date(2022, 1, 1),
         ["is not in actors.yml", "Ann Miller, Canada: Foreign Minister (minister), 2020 to 2023, held on 2022-01-01",
          "source: hand", "side 'other': the side of Canada", "if the article names the country"]),
        ("Ann Miller", date(2027, 6, 1),
         ["former on 2027-06-01", "side 'expert': former officials comment as experts"]),
        ("Northern Institute", None, ["side 'expert': the side of the class think_tank"]),
        ("Eve Roy", date(2022, 1, 1), ["side 'other'", "side 'france'", "on several sides"]),
        ("Stone", None, ["'Stone' is the surname of 1 of the world's actors", "Bob Stone, United States"]),
        ("Norwegian", None,
         ["Norway (NO): a state that is not in actors.yml, side 'other'", "'a Norwegian official'"]),
        ("Nobody At All", None, ["Neither the study nor the world's actors know 'Nobody At All'."]),
        ("", None, ["Neither the study nor the world's actors know"]),
    ],
)  # fmt: skip
def test_a_name_is_explained(name, day, expected, small_study):
    text = "\n".join(explain_name(name, small_study, day))
    for words in expected:
        assert words in text
