"""A skeleton for any two parties loads as it is and says what to fill in."""

import pytest

import analysis
from analysis.errors import FramingError
from analysis.ingest.countries import country_name
from analysis.starter import state_like, write_pair
from analysis.study.actors import Actors

SPECIFIC = ("Caspian", "Rasht", "JCPOA", "Turkmenchay")


@pytest.fixture
def skeleton(tmp_path):
    def make(one, other):
        folder = tmp_path / f"{one}-{other}"
        write_pair(one, other, folder)
        return folder, analysis.load_study(folder)

    return make


def test_a_pair_of_countries_comes_first_with_capital_and_adjective(skeleton):
    _, study = skeleton("Greece", "TR")
    assert [(side.id, side.label) for side in study.actors.sides[:2]] == [
        ("greece", "Greece"),
        ("turkey", "Turkey"),
    ]
    greece = study.actors["greece"]
    assert (greece.kind, greece.metonyms, greece.demonyms) == ("state", ("Athens",), ("Greek", "Greeks"))
    assert {"us", "europe", "expert", "media", "other"} < set(study.actors.side_ids)
    assert {"un", "nato", "reuters"} < {actor.id for actor in study.actors.actors}


def test_what_the_bundled_study_knows_of_a_country_comes_along(skeleton):
    _, study = skeleton("Turkey", "France")
    assert study.actors["erdogan"].side == "turkey"
    assert study.actors["macron"].side == "france"
    assert study.actors["turkey"].ambiguous == ("Turkey",)
    assert "putin" not in study.actors
    assert study.actors["russia"].side == "other"


def test_nothing_particular_to_the_bundled_pair_is_in_the_codebook(skeleton):
    folder, study = skeleton("Turkey", "Greece")
    text = (folder / "codebook.yml").read_text(encoding="utf-8")
    assert not [word for word in (*SPECIFIC, "Russia", "Iran", "Tehran", "Moscow") if word in text]
    groups = set(study.theme_groups.values())
    assert groups == {"issue", "generic", "relationship"}
    found = analysis.themes("Ankara competes with Athens in the Aegean.", study.codebook)
    assert "rel_rivalry_distrust" in set(found["theme"])


def test_comments_say_what_to_fill_in(skeleton):
    folder, _ = skeleton("Turkey", "Greece")
    for name in ("actors.yml", "codebook.yml", "outlets.yml"):
        assert "TODO" in (folder / name).read_text(encoding="utf-8"), name


def test_a_party_is_offered_no_offices_of_a_state(skeleton):
    folder, _ = skeleton("Greece", "Labour")
    text = (folder / "actors.yml").read_text(encoding="utf-8")
    assert "{title: Greek foreign minister" in text
    assert "{title: leader of Labour" in text
    assert "Labour Foreign Ministry" not in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Labour", "The Conservatives"),
        ("Ελλάδα", "outlet"),
        ("Belgium", "Hong Kong"),  # Brussels is a name of the European Union, Hong Kong a place in China
        ("Dominica", "Dominican Republic"),  # one adjective for both
        ("Côte d'Ivoire", "Guinea-Bissau"),
    ],
)
def test_unusual_pairs_load_as_well(tmp_path, one, other):
    write_pair(one, other, tmp_path / "s")
    sides = Actors.load(tmp_path / "s" / "actors.yml").sides
    assert [side.label for side in sides[:2]] == [country_name(one), country_name(other)]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Turkey", "Türkiye", "both sides are called 'Turkey'"),
        ("Turkey", "", "'' cannot be the name"),
        ("a|b", "Greece", r"'a\|b' cannot be the name"),
        ("Greece", "x: [y]", "cannot be the name"),
        ("Greece", "{{ 7 }}", "cannot be the name"),
    ],
)
def test_names_that_cannot_be_used_are_refused(tmp_path, one, other, said):
    with pytest.raises(FramingError, match=said):
        write_pair(one, other, tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_misspelt_state_is_noticed():
    names = ["Rusia", "Russia", "TR", "Labour", "The Conservatives", "Kazachstan"]
    assert [state_like(name) for name in names] == ["Russia", "", "", "", "", "Kazakhstan"]
