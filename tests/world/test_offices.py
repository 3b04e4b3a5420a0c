"""Offices by the title that a text gives them."""

from __future__ import annotations

import pytest

from analysis.world.offices import office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister of Foreign Affairs", "the foreign minister"),
        ("Minister for Defence", "Defense Minister"),
        ("Secretary of State for Defence", "defence secretary"),
        ("Secretary of Defense", "Defense Secretary"),
        ("Director General of MI5", "MI5 chief"),
        ("Director of the CIA", "CIA director"),
        ("chairman of the Joint Chiefs of Staff", "chair of the Joint Chiefs of Staff"),
        ("State Department spokesperson", "State Department spokesman"),
        ("Prime Minister of Iraq", "premier"),
        ("President of the People's Republic of China", "president"),
        ("Foreign Minister of Armenia", "Minister of Foreign Affairs"),
        ("Minister of Petroleum", "oil minister"),
        ("ambassador to the United States of America", "ambassador to the United States"),
        ("Permanent Representative to the United Nations", "ambassador to the United Nations"),
    ],
)
def test_two_titles_of_one_office(one: str, other: str) -> None:
    assert office(one) == office(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deputy Foreign Minister", "Foreign Minister"),
        ("Minister of State for Foreign Affairs", "Foreign Minister"),
        ("Vice President", "President"),
        ("President of the Senate", "President"),
        ("Secretary of State", "foreign minister"),
    ],
)
def test_two_offices_stay_two(one: str, other: str) -> None:
    assert office(one) != office(other)


def test_a_region_has_a_president_of_its_own() -> None:
    assert office("President of Catalonia", "ES") != office("President", "ES")


def test_the_chancellor_depends_on_the_country() -> None:
    assert office("Chancellor", "DE") == "prime minister"
    assert office("Chancellor", "GB") == office("Chancellor of the Exchequer")
