"""Outlets are found by any of their names, and a name belongs to one outlet."""

import pytest

from analysis.errors import StudyError
from analysis.study.outlets import Outlets


def test_outlets_are_found_whatever_the_case_and_a_name_belongs_to_one():
    data = {
        "outlets": [
            {"name": "New York Times", "aliases": ["nyt"], "country": "United States", "kind": "newspaper"}
        ]
    }
    assert Outlets.from_data(data).find(" new  york TIMES ").name == "New York Times"
    assert Outlets.from_data(data).find("NYT").country == "United States"
    assert Outlets.from_data(data).find("Gazette") is None
    data["outlets"].append({"name": "NYT", "country": "France", "kind": "newspaper"})
    with pytest.raises(StudyError, match="'NYT' is already a name of 'New York Times'"):
        Outlets.from_data(data, path="outlets.yml")
