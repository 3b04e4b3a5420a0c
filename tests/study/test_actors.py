"""actors.yml: what is refused with which message, and offices by date."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import StudyError
from analysis.study.actors import Actors, normalise

ROOT = Path(__file__).parents[2]


HEAD = 'sides:\n  - {id: north, label: North, colour: "#0072B2"}\n  - {id: south, label: South, colour: "#E69F00"}\n'


NORTH = "  - {id: north_state, name: Northland, kind: state, side: north, demonyms: [Northern]}\n"


def load(tmp_path, body, head=HEAD):
    path = tmp_path / "actors.yml"
    path.write_text(f"{head}actors:\n{body}", encoding="utf-8")
    return Actors.load(path)


def person(actor_id, name, extra=""):
    return f"  - {{id: {actor_id}, name: {name}, kind: person, side: north{extra}}}\n"


@pytest.fixture(scope="module")
def study_actors():
    return Actors.load(ROOT / "data" / "actors.yml")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            person("ada", "Ada Holt") + person("bea", "Bea Lund", ", aliases: [Ada Holt]"),
            ["bea", "'ada'", "Ada Holt"],
        ),
        (person("ada", "Ada Holt") + person("bea", "Bea Lund", ", aliases: [ADA HOLT]"), ["'ada'"]),
        (person("ada", "O’Hara") + person("bea", '"O\'Hara"'), ["'ada'"]),
        (person("ada", "Ada Holt", ", aliases: ['']"), ["actors > ada > aliases", "empty"]),
        (person("ada", "Ada Holt", ", aliases: ['--']"), ["ada", "no letter"]),
        (
            "  - {id: ada, name: Ada, kind: person, side: west}\n",
            ["line 5, actors > ada > side", "'west'", "north, south"],
        ),
        ("  - {id: ada, name: Ada, kind: wizard, side: north}\n", ["actors > ada > kind: expected 'person'"]),
        ("  - {id: Ada B, name: Ada, kind: person, side: north}\n", ["id", "lower-case"]),
        ("  - {id: ada, name: Ada, kind: person}\n", ["actors > ada > side", "required"]),
        (person("ada", "Ada", ", nickname: Ad"), ["actors > ada > nickname", "unknown key"]),
        (person("ada", "Ada Holt") + person("ada", "Bea Lund"), ["line 6", "'ada'", "twice"]),
        (person("ada", "Ada Holt", ", ambiguous: [Holt]"), ["actors > ada > ambiguous", "'Holt'"]),
        (
            person("ada", "Ada Holt", ", roles: [{title: Northern king, from: 2020-01-01, to: 2021-06-01}]")
            + person("bea", "Bea Lund", ", roles: [{title: northern King, from: 2021-05-31}]"),
            ["actors > bea > roles", "'ada'", "2020-01-01 to 2021-06-01"],
        ),
        (
            person("ada", "Ada Holt", ", roles: [{title: Northern king, from: 2020-01-01, to: 2019-06-01}]"),
            ["actors > ada > roles", "not after its start"],
        ),
        (
            person("ada", "Ada Holt", ", roles: [{title: Northern king, from: soon}]"),
            ["actors > ada > roles, entry 1 > from", "a date such as"],
        ),
        (person("ada", "Ada Holt", ", short: Holt"), ["actors > ada > short", "expected a list such as"]),
        (person("ada", "Ada Holt", ", short: [no]"), ["found False", "quotation marks"]),
    ],
)
def test_refused(tmp_path, body, words):
    with pytest.raises(StudyError) as caught:
        load(tmp_path, body)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "actors.yml"))
    for word in words:
        assert word in message


def test_colour_must_be_a_colour(tmp_path):
    head = "sides:\n  - {id: north, label: North, colour: 'red\"/><script>'}\n"
    with pytest.raises(StudyError, match="sides > north > colour: expected a colour as #RRGGBB"):
        load(tmp_path, NORTH, head=head)


def test_not_a_mapping(tmp_path):
    path = tmp_path / "actors.yml"
    path.write_text("- one\n", encoding="utf-8")
    with pytest.raises(StudyError, match="the keys 'sides' and 'actors' are missing"):
        Actors.load(path)


def test_consecutive_holders_and_a_shared_surname_are_fine(tmp_path):
    actors = load(
        tmp_path,
        NORTH
        + person(
            "ada",
            "Ada Holt",
            ", short: [Holt], roles: [{title: Northern king, from: 2020-01-01, to: 2021-06-01}]",
        )
        + person("bea", "Bea Holt", ", short: [Holt], roles: [{title: Northern king, from: 2021-06-01}]"),
    )
    assert [a.id for a in actors.holders("Northern KING", date(2021, 5, 31))] == ["ada"]
    assert [a.id for a in actors.holders("northern king", date(2021, 6, 1))] == ["bea"]
    assert actors.holders("northern king", date(2019, 1, 1)) == ()
    assert {a.id for a in actors.holders("northern king", None)} == {"ada", "bea"}
    assert actors["ada"].names == ("Ada Holt",)
    assert "ada" in actors and "eve" not in actors


def test_same_content_same_hash(tmp_path):
    one, other = load(tmp_path, NORTH), load(tmp_path, NORTH)
    assert one == other
    assert hash(one) == hash(other)
    assert one != load(tmp_path, NORTH + person("ada", "Ada Holt"))


def test_normalise_keeps_offsets():
    assert normalise("Amir‑Abdollahian’s\xa0call") == "Amir-Abdollahian's call"


@pytest.mark.parametrize(
    ("title", "day", "holder"),
    [
        ("Iranian president", "2013-08-02", "ahmadinejad"),
        ("Iranian president", "2021-08-02", "rouhani"),
        ("Iranian president", "2021-08-03", "raisi"),
        ("Iranian president", "2024-05-18", "raisi"),
        ("Iranian president", "2024-06-15", None),
        ("Iranian acting president", "2024-06-15", "mokhber"),
        ("Iranian president", "2024-07-28", "pezeshkian"),
        ("Iranian foreign minister", "2022-07-19", "amir_abdollahian"),
        ("Iranian foreign minister", "2025-01-17", "araghchi"),
        ("Russian president", "2011-06-01", "medvedev"),
        ("Russian defence minister", "2025-01-17", "belousov"),
        ("American president", "2016-06-01", "obama"),
        ("American president", "2022-06-29", "biden"),
        ("American president", "2025-01-20", "trump"),
        ("American secretary of state", "2023-05-17", "blinken"),
        ("Israeli prime minister", "2022-06-29", "bennett"),
        ("Israeli prime minister", "2022-07-19", "lapid"),
        ("Israeli prime minister", "2025-01-17", "netanyahu"),
        ("British prime minister", "2022-10-01", "truss"),
        ("German chancellor", "2021-12-07", "merkel"),
        ("Turkmen president", "2022-06-29", "serdar_berdimuhamedov"),
    ],
)
def test_offices_of_the_bundled_study(study_actors, title, day, holder):
    held = study_actors.holders(title, date.fromisoformat(day))
    assert [actor.id for actor in held] == ([holder] if holder else [])


def test_bundled_study_is_complete(study_actors):
    expected = "russia iran us europe israel gulf ukraine syria china turkey azerbaijan expert media other"
    assert study_actors.side_ids == tuple(expected.split())
    assert len(study_actors.actors) >= 150
    for side in study_actors.side_ids:
        assert any(actor.side == side for actor in study_actors.actors), side
    for actor in study_actors.actors:
        assert (actor.kind == "person") == (actor.pronoun is not None), actor.id


def with_countries(tmp_path, countries, body=NORTH, sides=""):
    return load(tmp_path, f"{body}countries:\n{countries}", head=HEAD + sides)


OTHER = '  - {id: other, label: Other, colour: "#A6A6A6"}\n'
FRANCE = "  - {id: france, name: France, kind: state, side: north, demonyms: [French]}\n"


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("SE", "north"),  # by its code, before its region
        ("ES", "south"),  # by its region
        ("FR", "north"),  # the state among the actors, before its region
        ("UN", "south"),  # a body
        ("CA", "other"),
    ],
)
def test_the_side_of_a_country(tmp_path, code, side):
    actors = with_countries(tmp_path, "  north: [SE]\n  south: [Europe, UN]\n", FRANCE, OTHER)
    assert actors.side_of_country(code) == side


def test_a_region_that_is_a_body_too_has_a_side_itself(tmp_path):
    actors = with_countries(tmp_path, "  north: [EU]\n", sides=OTHER)
    assert (actors.side_of_country("EU"), actors.side_of_country("ES")) == ("north", "north")


def test_a_region_within_another_counts_before_it(tmp_path):
    for countries in (
        "  north: [EU]\n  south: [Europe]\n",
        "  south: [Europe]\n  north: [EU]\n",
    ):
        actors = with_countries(tmp_path, countries, sides=OTHER)
        assert (actors.side_of_country("ES"), actors.side_of_country("NO")) == ("north", "south")


def test_a_code_settles_regions_that_overlap(tmp_path):
    countries = "  north: [Africa, EG]\n  south: [Middle East]\n"
    actors = with_countries(tmp_path, countries, sides=OTHER)
    assert (actors.side_of_country("EG"), actors.side_of_country("LB")) == ("north", "south")


def test_a_country_that_nobody_named_has_no_side_without_the_side_other(tmp_path):
    assert with_countries(tmp_path, "  south: [Gulf]\n").side_of_country("CA") is None


@pytest.mark.parametrize(
    ("countries", "words"),
    [
        (
            "  north: [QQ]\n",
            ["line 7, countries > north", "'QQ' is neither a code such as IR nor a region", "Gulf"],
        ),
        ("  north: [Atlantis]\n", ["countries > north", "'Atlantis'", "Central Asia"]),
        ("  north: [fr]\n", ["countries > north", "'fr' is neither a code"]),
        ("  north: [FR]\n  south: [FR]\n", ["line 8, countries > south", "'FR' is also listed for 'north'"]),
        (
            "  north: [Africa]\n  south: [Middle East]\n",
            [
                "'Africa' is listed for 'north' and 'Middle East' for 'south', and both contain EG",
                "list these codes",
            ],
        ),
        ("  west: [FR]\n", ["line 7, countries > west", "'west' is not a side", "north, south"]),
        ("  north: FR\n", ["countries > north", "expected a list such as"]),
    ],
)
def test_countries_are_refused(tmp_path, countries, words):
    with pytest.raises(StudyError) as caught:
        with_countries(tmp_path, countries)
    for word in (str(tmp_path / "actors.yml"), *words):
        assert word in str(caught.value)


def test_other_countries_are_another_study(tmp_path):
    one, other = (with_countries(tmp_path, f"  north: [{code}]\n") for code in ("FR", "ES"))
    assert one != other and hash(one) != hash(other)
