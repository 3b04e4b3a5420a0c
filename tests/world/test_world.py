"""Lookups in the table that the toolkit ships."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest

from analysis.world import ROLE_CLASSES, Candidate, World, load_world
from analysis.world.world import TABLE, keys_of, read_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, analysis.world; print({'pandas', 'pyarrow', 'numpy'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_the_table_is_small_and_read_fast(world: World) -> None:
    assert TABLE.stat().st_size < 2_000_000
    assert 40_000 < len(world) < 60_000
    took = []
    for _ in range(3):
        start = time.process_time()
        read_world(TABLE)
        took.append(time.process_time() - start)
    assert min(took) < 0.5  # 0.1 s on an idle machine


def test_a_lookup_takes_microseconds(world: World) -> None:
    start = time.process_time()
    for _ in range(1_000):
        world.candidates("Mohammad Javad Zarif", day=date(2016, 1, 1))
    assert time.process_time() - start < 0.5  # 30 microseconds each on a busy machine


@pytest.mark.parametrize(
    ("name", "day", "country", "role"),
    [
        ("Hua Chunying", date(2022, 8, 3), "CN", "Foreign Ministry spokesperson"),
        ("Ken McCallum", date(2024, 10, 8), "GB", "Director General of MI5"),
        ("Paul Ryan", date(2016, 5, 1), "US", "Speaker of the House of Representatives"),
        ("John Boehner", date(2014, 5, 1), "US", "Speaker of the House of Representatives"),
        ("Mitt Romney", date(2012, 9, 1), "US", "Republican candidate for president"),
        ("Ned Price", date(2022, 5, 1), "US", "State Department spokesperson"),
        ("Mariya Zakharova", date(2022, 5, 1), "RU", "Foreign Ministry spokesperson"),
        ("John Kirby", date(2014, 5, 1), "US", "Pentagon spokesperson"),
        ("John Kirby", date(2016, 5, 1), "US", "State Department spokesperson"),
        ("John Kirby", date(2023, 5, 1), "US", "National Security Council spokesperson"),
        ("Ali Bagheri Kani", date(2024, 6, 1), "IR", "acting Minister of Foreign Affairs"),
        ("Gen. Mark A. Milley", date(2020, 5, 1), "US", "chairman of the Joint Chiefs of Staff"),
        ("Sergey Shoygu", date(2016, 5, 1), "RU", "Minister of Defence"),
        ("Jens Stoltenberg", date(2016, 5, 1), "XN", "Secretary General of NATO"),
        ("Mevlüt Çavuşoğlu", date(2016, 5, 1), "TR", "Minister of Foreign Affairs"),
    ],
)
def test_who_somebody_was_on_a_day(world: World, name: str, day: date, country: str, role: str) -> None:
    held = [one for one in world.candidates(name, day=day) if one.when == "held"]
    assert (country, role) in {(one.country, one.role) for one in held}
    assert world.country(name, day=day) == country


def test_a_transliteration_that_no_row_has_is_found(world: World) -> None:
    assert {one.name for one in world.candidates("Sergej Riabkov")} == {"Sergei Ryabkov"}


@pytest.mark.parametrize("name", ["", "...", "Nobody Atall", "president"])
def test_nobody_is_found_for_no_name(world: World, name: str) -> None:
    assert world.candidates(name) == []
    assert world.by_surname("") == []


@pytest.mark.parametrize(
    ("name", "country", "role_class"),
    [
        ("MI5", "GB", "intelligence"),
        ("the Kremlin", "RU", "executive"),
        ("Tasnim News Agency", "IR", "media"),
        ("IAEA", "UN", "international"),
        ("European Union", "EU", "international"),
        ("Hezbollah", "LB", "armed_group"),
        ("Chatham House", "GB", "think_tank"),
    ],
)
def test_institutions(world: World, name: str, country: str, role_class: str) -> None:
    found = {(one.kind, one.country, one.role_class) for one in world.candidates(name)}
    assert found == {("institution", country, role_class)}


def test_a_surname_of_several_people_gives_all(world: World) -> None:
    found = {one.name for one in world.by_surname("Rogers", day=date(2014, 1, 1))}
    assert len(found) > 1
    assert "John Kerry" in {one.name for one in world.by_surname("Secretary Kerry", day=date(2014, 1, 1))}
    assert {one.name for one in world.by_surname("Bagheri Kani")} == {"Ali Bagheri Kani"}
    assert "Hua Chunying" in {one.name for one in world.by_surname("Hua")}


@pytest.mark.parametrize(
    ("country", "title", "day", "name"),
    [
        ("IR", "president", date(2022, 6, 29), "Ebrahim Raisi"),
        ("IR", "president", date(2013, 8, 2), "Mahmoud Ahmadinejad"),
        ("GB", "head of MI5", date(2024, 10, 8), "Ken McCallum"),
        ("US", "State Department spokesman", date(2022, 5, 1), "Ned Price"),
        ("DE", "chancellor", date(2023, 1, 1), "Olaf Scholz"),
        ("RU", "defense minister", date(2014, 8, 1), "Sergei Shoigu"),
        ("GB", "foreign secretary", date(2016, 9, 1), "Boris Johnson"),
        ("SY", "head_of_state", date(2016, 8, 1), "Bashar al-Assad"),
    ],
)
def test_who_held_an_office(world: World, country: str, title: str, day: date, name: str) -> None:
    found = world.holders(country, title, day=day)
    assert {one.name for one in found} == {name}
    assert {one.when for one in found} == {"held"}


def test_an_office_whose_holder_is_not_known_for_sure(world: World) -> None:
    found = world.holders("SE", "Minister for Foreign Affairs", day=date(1890, 1, 1))
    assert found == []
    assert world.holders("IR", "admiral of the fleet") == []


def test_gender(world: World) -> None:
    assert world.gender("Hua Chunying") == "f"
    assert world.gender("Ned Price") == "m"
    assert world.gender("MI5") is None
    assert world.gender("Nobody Atall") is None


def test_the_roles_of_one_person_share_an_id(world: World) -> None:
    assert {one.id for one in world.candidates("Javad Zarif")} == {"ir:mohammad-javad-zarif"}


def test_every_row_is_whole(world: World) -> None:
    columns = world._columns
    assert set(columns["role_class"]) <= set(ROLE_CLASSES)
    assert set(columns["gender"]) == {"m", "f", ""}
    assert set(columns["kind"]) == {"person", "institution"}
    assert all(len(code) == 2 for code in columns["country"])
    assert min(map(len, columns["name"])) > 1
    assert all("_" not in name for name in columns["name"])


def test_the_keys_of_the_table_are_those_of_this_version(world: World) -> None:
    columns = world._columns
    for row in range(0, len(world), 97):
        assert columns["keys"][row] == keys_of(columns["name"][row], columns["aliases"][row])


def test_a_candidate_is_a_value() -> None:
    one = Candidate("A B", "IR", "person", "", "President", "head_of_state", "2020", "", "m", "hand", "held")
    assert one.id == "ir:a-b"
