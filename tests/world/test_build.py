"""The table is made alike every time, from rows as the sources have them."""

# ruff: noqa: E501  (rows of a table)
from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from analysis.errors import FramingError
from analysis.world.world import read_world
from training.world.build import build, write
from training.world.nicknames import nicknames
from training.world.role_classes import of_cameo, role_class
from training.world.rows import Row

ROLES = """name\taliases\tcountry\tkind\trole\tfrom\tto\tsource
Donald S. Beyer, Jr.\tDonald Beyer|Donald Beyer\tUS\tlegislator\trepresentative\t2015-01-06\t2017-01-03\tcongress-legislators
Donald S. Beyer, Jr.\tDonald Beyer\tUS\tlegislator\trepresentative\t2017-01-03\t2019-01-03\tcongress-legislators
Donald Beyer\t\tUS\tlegislator\tUnited States representative\t2015-01-06\t2017-01-03\twikidata-eps
Bishop Joan Enric Vives Isicilia\t\tAD\tphoenix\tANDGOV\t2003-05-01\t\tphoenix
Patparris\t\tAU\tphoenix\tAUSGOV\t\t\tphoenix
Narendra Damodardas Modi\t\tIN\tphoenix\tINDGOV\t2001-01-01\t\tphoenix
Narendra Modi\t\tIN\toffice\tPrime Minister\t2014-05-26\t\twikidata-eps
Sergey Shoygu\t\tRU\toffice\tMinister of Defence\t2012-11-06\t\twikidata-eps
Ivan Elder\t\tRU\toffice\tMinister of Defence\t2007-02-15\t\twikidata-eps
Andrey Tester\t\tRU\tlegislator\tmember of the State Duma\t1981-01-01\t1985-01-01\twikidata-eps
Anna Probe\t\tEU\tlegislator\tRepresentative of the Parliamentary Assembly of the Council of Europe\t2015\t2017\twikidata-eps
Igor Girkin\t\tRU\toffice\tMinister of Defence\t2014-05-16\t2014-08-14\twikidata-eps
Lord McNally\tTom McNally\tGB\toffice\tMinister for Justice\t2010-05-13\t2013-12-18\tifg-uk
Imf\tInternational Monetary Fund\tINT\torg\tIGOBUSIMF\t\t\tphoenix
Charles Iii\t\tAU\toffice\tchief of state\t2022\t\tfactbook
Ministers Borjana Kristo\t\tBA\toffice\thead of government\t2023\t\tfactbook
Foreign Intelligence Service\tRussia|SVR\tRU\torg\tintelligence agency\t\t\tmisp
"""
ADDITIONS = """name\taliases\tcountry\tkind\torganisation\trole\trole_class\tfrom\tto\tgender\tnote
Sergei Shoigu\tSergei Shoygu\tRU\tperson\tMinistry of Defence\tMinister of Defence\tminister\t2012-11-06\t2024-05-12\tm\tmil.ru
"""
GENDERS = "name\tgender\ndonald beyer\tm\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    for name, text in (("roles.tsv.gz", ROLES), ("genders.tsv.gz", GENDERS)):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.write(text)
    (tmp_path / "additions").mkdir()
    (tmp_path / "additions" / "some.tsv").write_text(ADDITIONS, encoding="utf-8")
    return tmp_path


def rows_of(folder: Path) -> list[Row]:
    return build(folder / "roles.tsv.gz", additions=folder / "additions", genders=folder / "genders.tsv.gz")


def test_two_builds_give_the_same_bytes(inputs: Path) -> None:
    for name in ("one.parquet", "two.parquet"):
        write(rows_of(inputs), inputs / name)
    assert (inputs / "one.parquet").read_bytes() == (inputs / "two.parquet").read_bytes()
    assert len(read_world(inputs / "one.parquet")) == len(rows_of(inputs))


def test_two_sources_and_two_terms_make_one_row(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if "Beyer" in row.name]
    assert (row.name, row.start, row.end, row.gender) == (
        "Donald S. Beyer Jr.",
        "2015-01-06",
        "2019-01-03",
        "m",
    )
    assert (row.role, row.organisation, row.source) == (
        "US Representative",
        "US House of Representatives",
        "congress-legislators",
    )


def test_a_hand_made_row_ends_what_a_source_left_open(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if row.name.startswith("Serg")]
    assert (row.name, row.end, row.source) == ("Sergei Shoigu", "2024-05-12", "hand")
    assert "Sergey Shoygu" in row.aliases


def test_a_term_left_open_ends_with_the_successor_of_the_additions(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if row.name == "Ivan Elder"]
    assert (row.start, row.end, row.source) == ("2007-02-15", "2012-11-06", "wikidata-eps")


def test_names_are_cleaned_and_bad_rows_left_out(inputs: Path) -> None:
    names = {row.name for row in rows_of(inputs)}
    assert {"Joan Enric Vives Isicilia", "Borjana Kristo", "International Monetary Fund"} <= names
    assert names.isdisjoint({"Patparris", "Andrey Tester", "Anna Probe", "Igor Girkin", "Charles III", "Imf"})


def test_a_vague_row_goes_where_a_better_source_knows_the_person(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if "Modi" in row.name]
    assert (row.name, row.role) == ("Narendra Modi", "Prime Minister")
    assert "Narendra Damodardas Modi" in row.aliases


def test_lords_are_found_by_both_names(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if "McNally" in row.name]
    assert (row.name, row.loose, row.gender) == ("Tom McNally", ("Lord McNally",), "m")


def test_a_country_is_no_alias_of_its_service(inputs: Path) -> None:
    (row,) = [row for row in rows_of(inputs) if row.source == "misp"]
    assert row.aliases == ("SVR",)


def test_a_bad_addition_is_refused_with_its_line(inputs: Path) -> None:
    path = inputs / "additions" / "bad.tsv"
    path.write_text(ADDITIONS.replace("2024-05-12", "2024-5-12").replace("minister\t2012", "boss\t2012"))
    with pytest.raises(
        FramingError, match=r"bad\.tsv, line 2: role_class 'boss'; dates '2012-11-06' to '2024-5-12'"
    ):
        rows_of(inputs)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Minister of Foreign Affairs", "minister"),
        ("ambassador to Hungary", "diplomat"),
        ("Governor of Kirov Oblast", "regional"),
        ("Governor of the Central Bank", "central_bank"),
        ("Chief of the General Staff", "military"),
        ("President", "head_of_state"),
        ("Prime Minister", "head_of_government"),
        ("Justice of the Supreme Court", "judiciary"),
        ("Foreign Ministry spokesperson", "spokesperson"),
        ("Speaker of the Islamic Consultative Assembly", "legislator"),
        ("Head of the Presidential Administration", "executive"),
    ],
)
def test_the_class_of_a_role(role: str, expected: str) -> None:
    assert role_class(role) == expected


def test_cameo_codes_become_words() -> None:
    assert of_cameo("ANDGOV") == ("member of government", "executive")
    assert of_cameo("KORGOVSPY") == ("intelligence officer", "intelligence")
    assert of_cameo("CHEELI") == ("former office holder", "executive")
    assert of_cameo("FLK") is None


def test_short_forms_of_given_names() -> None:
    assert "Liz Cheney" in nicknames("Elizabeth Cheney", "US")
    assert nicknames("Elizabeth Cheney", "FR") == ()
