"""Study folders: checked as a whole, with errors that name file, key and what was expected."""

import shutil

import pytest

import analysis
from analysis.errors import StudyError
from analysis.study.codebook import Codebook
from analysis.study.outlets import Outlets
from analysis.study.patterns import PatternError, parse_pattern
from tests.conftest import DATA

DESIGN_THEMES = {
    *(
        "syria_counterterrorism",
        "afghanistan",
        "sanctions",
        "us_hostility",
        "economy_trade",
        "transport_transit",
    ),
    *(
        "fisheries",
        "tourism",
        "caspian_security",
        "military_cooperation",
        "nuclear_accord",
        "mutual_distrust",
    ),
    *(
        "strategic_partnership",
        "ukraine_war",
        "energy_gas",
        "payments_banking",
        "multilateral_clubs",
        "israel",
    ),
    *(
        "generic_conflict",
        "generic_economic",
        "generic_morality",
        "generic_human_interest",
        "generic_responsibility",
    ),
}


@pytest.fixture
def folder(tmp_path):
    for name in ("codebook.yml", "actors.yml", "outlets.yml"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def codebook(*themes):
    return Codebook.from_data({"title": "t", "themes": list(themes)}, path="codebook.yml")


def theme(theme_id, **keys):
    return {"id": theme_id, "label": theme_id, "definition": "-", "patterns": ["word"], **keys}


def test_the_bundled_study_holds_what_the_design_names(study):
    assert {t.id for t in study.codebook.themes} >= DESIGN_THEMES
    assert sum(t.group == "relationship" for t in study.codebook.themes) == 6
    assert len(study.actors.actors) >= 150
    assert len(study.outlets.invented) == 8
    assert all(t.definition and len(t.patterns) >= 5 for t in study.codebook.themes)


def test_saving_keeps_the_bytes(study, tmp_path):
    study.save(tmp_path / "copy")
    assert analysis.load_study(tmp_path / "copy").fingerprint() == study.fingerprint()


def test_another_codebook_is_another_fingerprint(study, folder):
    with (folder / "codebook.yml").open("a", encoding="utf-8") as stream:
        stream.write("\n# a remark\n")
    assert analysis.load_study(folder).fingerprint() != study.fingerprint()


def test_missing_folder_and_missing_file_are_named(folder, tmp_path):
    with pytest.raises(StudyError, match=r"nowhere.*no such study folder"):
        analysis.load_study(tmp_path / "nowhere")
    (folder / "outlets.yml").unlink()
    with pytest.raises(StudyError, match=r"outlets\.yml: no such file"):
        analysis.load_study(folder)


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        ([theme("a"), theme("a")], r"codebook\.yml, themes.*'a' stands twice"),
        ([theme("a", patterns=["fine", " "])], r"themes > a > patterns, entry 2.*empty"),
        ([theme("a", patterns=["**"])], r"themes > a > patterns, entry 1.*match every word"),
        ([theme("a", patterns=[])], "themes > a > patterns"),
        ([theme("a", parent="b")], "no theme 'b'"),
        ([theme("a", parent="b"), theme("b", parent="a")], "circle: a in b in a"),
        ([theme("a", colour="red")], "themes > a > colour: there is no such key"),
        ([{"id": "a", "label": "a", "patterns": ["x"]}], "themes > a > definition: this key is required"),
        ([theme("Not a slug")], "lower-case"),
    ],
)
def test_broken_codebooks(themes, message):
    with pytest.raises(StudyError, match=message):
        codebook(*themes)


@pytest.mark.parametrize(
    "source",
    [
        *("", "=", "*", "?*", "...", "{0,2} deal", "deal {0,2}", "a {3,1} b", "a {0,99} b", "(a|b", "a|b)"),
        *("NEAR/3 deal", "deal NEAR/3", "a NEAR/99 b", "a NEAR/2 b NEAR/2 c", "a NEAR/2 {0,1} b"),
        *('"a deal', "“a", '""', "~", "~a", "~deal*", "~anti-war", "(=~war|peace)", "a || b", "()"),
        "~a1 {0,20} b {0,20} ~cd {0,20} e",
    ],
)
def test_patterns_that_cannot_be_read(source):
    with pytest.raises(PatternError):
        parse_pattern(source)


def test_a_list_of_words_is_no_codebook():
    words = [f"word{n}" for n in range(60_000)]
    with pytest.raises(StudyError, match=r"120,000 patterns; at most 100,000"):
        codebook(theme("a", patterns=words), theme("b", patterns=words))


def test_the_scope_is_read_and_is_part_of_what_a_codebook_is():
    data = {"title": "t", "themes": [theme("a")]}
    wide = Codebook.from_data({**data, "scope": "codebook"})
    assert wide.scope == "codebook" and wide != Codebook.from_data(data)
    with pytest.raises(StudyError, match="scope"):
        Codebook.from_data({**data, "scope": "everything"})


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


def test_yaml_cannot_build_python_objects(folder):
    (folder / "codebook.yml").write_text(
        "title: !!python/object/apply:os.system ['true']\nthemes: []\n", encoding="utf-8"
    )
    with pytest.raises(StudyError, match=r"codebook\.yml"):
        analysis.load_study(folder)
