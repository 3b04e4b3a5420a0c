"""Outlets are found by any of their names, and a name belongs to one outlet."""

import pytest

from analysis.errors import StudyError
from analysis.study.outlets import Outlets, named_by_kind


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


def test_only_a_collection_may_have_no_country():
    found = Outlets.from_data({"outlets": [{"name": "Port Papers", "kind": "collection"}]})
    assert found.find("Port Papers").country is None and found.not_news == {"Port Papers": "collection"}
    with pytest.raises(StudyError, match="'country' is required unless kind is 'collection'") as error:
        Outlets.from_data({"outlets": [{"name": "Gazette", "kind": "newspaper"}]}, path="outlets.yml")
    assert "outlets > Gazette" in str(error.value)


def test_outlets_are_named_by_kind():
    kinds = {"Sea Institute": "think_tank", "Parliament": "government", "Ministry of Fish": "government"}
    assert named_by_kind(kinds) == "Ministry of Fish, Parliament (government); Sea Institute (think tank)"
