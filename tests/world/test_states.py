"""The states of the world: codes, names and regions."""

import pytest

from analysis.ingest.countries import country_name
from analysis.world import load_world
from analysis.world.rows import BODIES
from analysis.world.states import regions, state_code, states


def test_states_are_called_as_the_reader_calls_countries():
    assert len(states()) > 190
    assert all(country_name(state.name) == state.name for state in states().values())


def test_every_country_of_the_world_table_is_a_state_or_territory():
    assert load_world().countries <= set(states()) | set(BODIES)


def test_every_state_has_an_adjective_and_a_two_letter_code():
    assert all(len(code) == 2 and code.isupper() for code in states())
    assert all(state.demonyms and all(state.demonyms) for state in states().values())


def test_ambiguous_names_are_names_of_the_state():
    for state in states().values():
        assert set(state.ambiguous) <= {*state.names, *state.capitals, *state.demonyms}, state.name
    assert "Georgia" in states()["GE"].ambiguous


@pytest.mark.parametrize(
    ("name", "code"),
    [("Britain", "GB"), ("United Kingdom", "GB"), ("United States", "US"), ("Ruritania", None), ("", None)],
)
def test_code_of_a_name(name, code):
    assert state_code(name) == code


def test_every_state_has_a_region():
    assert {code for codes in regions().values() for code in codes} == set(states())


def test_regions_list_codes():
    assert {"FR", "NO"} <= set(regions()["Europe"])
    assert "NO" not in regions()["EU"] and "FR" in regions()["EU"]
    assert set(regions()["Gulf"]) == {"AE", "BH", "KW", "OM", "QA", "SA"}
