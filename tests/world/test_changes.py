"""A study's world.tsv: what it does, and how it is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import FramingError, StudyError
from analysis.world import World
from analysis.world.rows import COLUMNS
from analysis.world.world import keys_of

HEADER = "name\taliases\tcountry\trole\trole_class\tfrom\tto\tgender\tchange\n"


@pytest.fixture(scope="module")
def world() -> World:
    rows = [
        (
            "Ali Zand",
            "Ali Zandi",
            "IR",
            "person",
            "",
            "Minister of Energy",
            "minister",
            "2013",
            "2017",
            "m",
            "hand",
        ),
        (
            "Ali Zand",
            "Ali Zandi",
            "IR",
            "person",
            "",
            "ambassador to China",
            "diplomat",
            "2018",
            "",
            "m",
            "hand",
        ),
        ("Volga Post", "", "RU", "institution", "", "newspaper", "media", "", "", "", "hand"),
    ]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    columns["keys"] = [keys_of(row[0], row[1]) for row in rows]
    return World(columns)


def changed(world: World, folder: Path, *lines: str, header: str = HEADER) -> World:
    path = folder / "world.tsv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return world.with_changes(path)


def test_a_row_is_added(world: World, tmp_path: Path) -> None:
    new = changed(world, tmp_path, "Sara Azari\tS. Azari\tIR\tspokeswoman\tspokesperson\t2020-01\t\tf\t")
    (found,) = new.candidates("Sara Azari", day=date(2021, 1, 1))
    assert (found.country, found.when, found.source) == ("IR", "held", "study")
    assert new.gender("S. Azari") == "f"
    assert len(new) == len(world) + 1
    assert world.candidates("Sara Azari") == []


def test_a_person_is_replaced(world: World, tmp_path: Path) -> None:
    new = changed(world, tmp_path, "Ali Zandi\t\tIR\tanalyst\tthink_tank\t\t\tm\treplace")
    assert [one.role for one in new.candidates("Ali Zandi")] == ["analyst"]
    assert new.candidates("Ali Zand") == []


def test_one_role_or_all_are_switched_off(world: World, tmp_path: Path) -> None:
    one = changed(world, tmp_path, "Ali Zand\t\tIR\tMinister of Energy\t\t\t\t\toff")
    assert [found.role for found in one.candidates("Ali Zand")] == ["ambassador to China"]
    assert changed(world, tmp_path, "Ali Zand\t\tIR\t\t\t\t\t\toff").candidates("Ali Zand") == []


def test_a_file_with_only_a_header_changes_nothing(world: World, tmp_path: Path) -> None:
    assert len(changed(world, tmp_path)) == len(world)


def test_blank_lines_do_not_shift_the_line_told(world: World, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"world\.tsv, line 4: 'XY'"):
        changed(world, tmp_path, "", "", "A Name\t\tXY\tx\tmedia\t\t\t\t")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "A Name\t\tIR\tx\tmedia\t2021-13-01\t\t\t",
            r"line 2: '2021-13-01' in column 'from' is not a date \(write 2021",
        ),
        ("A Name\t\tIR\tx\tmedia\t\t2021-02-30\t\t", r"line 2: '2021-02-30' in column 'to' is not a date"),
        ("A Name\t\tIR\tx\tmedia\t3 May 2021\t\t\t", r"line 2: '3 May 2021' in column 'from' is not a date"),
        ("A Name\t\tIR\tx\tmedia\t2021-W05-1\t\t\t", r"line 2: '2021-W05-1' in column 'from' is not a date"),
        ("A Name\t\tIR\tx\tmedia\t2021\t2020\t\t", r"line 2: from 2021 to 2020 ends before it begins"),
        (
            "A Name\t\tXY\tx\tmedia\t\t\t\t",
            r"line 2: 'XY' is not a country code \(write the two letters of ISO 3166",
        ),
        ("A Name\t\tir\tx\tmedia\t\t\t\t", r"line 2: 'ir' is not a country code \(write IR\)"),
        ("A Name\t\t\tx\tmedia\t\t\t\t", r"line 2: no country"),
        ("\t\tIR\tx\tmedia\t\t\t\t", r"line 2: no name"),
        ("A Name\tB|Bee\tIR\tx\tmedia\t\t\t\t", r"line 2: alias 'B' of one letter"),
        ("A Name\t\tIR\tx\tpress\t\t\t\t", r"line 2: role_class 'press' \(write one of head_of_state"),
        ("A Name\t\tIR\tx\t\t\t\t\t", r"line 2: no role_class"),
        ("A Name\t\tIR\tx\tmedia\t\t\twoman\t", r"line 2: gender 'woman' \(write one of m, f\)"),
        (
            "A Name\t\tIR\tx\tmedia\t\t\t\tdelete",
            r"line 2: change 'delete' \(write one of add, replace, off\)",
        ),
        ("A Name\t\tIR\tx\tmedia\t\t\t\toff", r"line 2: nothing to switch off: the world has no A Name"),
        (
            "Ali Zand\t\tIR\tx\tmedia\t\t\t\toff",
            r"line 2: nothing to switch off: .* with the role 'x' \(its roles are",
        ),
        ("Ali Zand\t\tRU\tx\tmedia\t\t\t\treplace", r"line 2: nothing to replace"),
        ("A Name\t\tIR\tx\tmedia\t\t\t\t\tmore", r"line 2: 10 cells under 9 columns"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(world: World, tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(StudyError, match=message) as caught:
        changed(world, tmp_path, row)
    assert str(tmp_path / "world.tsv") in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("media\t2020\t\t\t", "party\t2021\t\t\t", "role_class media and party"),
        ("media\t2020\t\t\t", "media\t2021\t\t\t", "the same role twice"),
        ("media\t2020\t2021\tm\t", "media\t2022\t\tf\t", "gender m and f"),
        ("media\t\t\t\t", "\t\t\t\toff", "one switches off"),
        ("media\t\t\t\t", "media\t\t\t\treplace", "one adds to the roles"),
    ],
)
def test_two_rows_that_contradict_each_other(
    world: World, tmp_path: Path, first: str, second: str, message: str
) -> None:
    with pytest.raises(StudyError, match=f"line 3: A Name .IR. contradicts line 2: {message}"):
        changed(
            world, tmp_path, f"A Name\t\tIR\tx\t{first}", f"A. Name\t\tIR\tx\t{second}".replace("A.", "A")
        )


def test_two_terms_of_one_role_are_no_contradiction(world: World, tmp_path: Path) -> None:
    new = changed(
        world, tmp_path, "A Name\t\tIR\tx\tmedia\t2010\t2014\tm\t", "A Name\t\tIR\tx\tmedia\t2018\t\tm\t"
    )
    assert len(new.candidates("A Name")) == 2


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("name\tcountry\tcolour\n", r"line 1: unknown column 'colour' \(columns are name"),
        ("name\trole\n", r"line 1: no column 'country'"),
        ("name,country,role\n", r"line 1: unknown column 'name,country,role'"),
        ("name\tcountry\tname\n", r"line 1: column 'name' twice"),
    ],
)
def test_a_bad_header_is_refused(world: World, tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        changed(world, tmp_path, header=header)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b"name\tcountry\nJos\xe9\tES\n", "byte 16 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(world: World, tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "world.tsv"
    path.write_bytes(data)
    with pytest.raises(FramingError, match=message) as caught:
        world.with_changes(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no such file"):
        world.with_changes(tmp_path / "world.tsv")
    with pytest.raises(StudyError, match="directory"):
        world.with_changes(tmp_path)
