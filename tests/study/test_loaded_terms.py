"""The optional loaded_terms.yml: read with the study, part of its fingerprint, and checked."""

import shutil

import pytest
import yaml

import analysis
from analysis.annotate.themes import find_themes
from analysis.errors import StudyError
from analysis.study.loaded_terms import LoadedTerms
from tests.conftest import DATA


def term(term_id, **changes):
    return {"id": term_id, "label": term_id, "definition": "-", "patterns": [term_id], **changes}


def group(*terms):
    return {"title": "t", "groups": [{"id": "g", "label": "g", "terms": list(terms)}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (group(term("a")), "groups > g > terms"),
        (group(term("a"), term("a")), r"loaded_terms\.yml, groups > g > a: this id stands twice"),
        (group(term("a"), term("b", standpoint="mars")), "g > b > standpoint: 'mars' is not a side.*north"),
        (group(term("a"), term("b", patterns=["fine", "*"])), "g > b > patterns, entry 2"),
        (group(term("a"), term("b", exceptions=[" "])), "g > b > exceptions, entry 1"),
        (group(term("a"), term("b", colour="red")), "colour"),
        ([], "title.*groups"),
    ],
)
def test_bad_files_are_named(data, message):
    with pytest.raises(StudyError, match=message):
        LoadedTerms.from_data(data, sides=["north"], path="loaded_terms.yml")


def test_the_longest_term_wins():
    terms = LoadedTerms.from_data(
        group(term("sanctions"), term("b", patterns=["unjust sanctions"])), sides=[]
    )
    hits = find_themes("Unjust sanctions, sanctions", terms.codebook)
    assert [(hit.theme, hit.start) for hit in hits] == [("b", 0), ("sanctions", 18)]


def test_a_study_without_terms_and_with_other_terms(study, tmp_path):
    for name in ("codebook.yml", "actors.yml", "outlets.yml", "events.yml"):
        shutil.copy(DATA / name, tmp_path)
    without = analysis.load_study(tmp_path)
    assert without.loaded_terms is None and without.fingerprint() != study.fingerprint()
    study.save(tmp_path)
    assert analysis.load_study(tmp_path).fingerprint() == study.fingerprint()
    data = yaml.safe_load((DATA / "loaded_terms.yml").read_text("utf-8"))
    data["groups"][0]["terms"][0]["standpoint"] = "mars"
    (tmp_path / "loaded_terms.yml").write_text(yaml.safe_dump(data), "utf-8")
    with pytest.raises(StudyError, match=r"loaded_terms\.yml, groups > ukraine_war > special_operation"):
        analysis.load_study(tmp_path)
    without.save(tmp_path)
    assert not (tmp_path / "loaded_terms.yml").exists()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the special military operation", ["special_operation"]),
        ("special operations forces landed", []),
        ("Russia's full-scale invasion of Ukraine", ["invasion"]),
        ("the axis of resistance", ["resistance"]),
        ("an axis of autocracies", ["axis"]),
        ("cruel and illegal sanctions", ["illegal_sanctions"]),
        ("a proxy war", []),
        ("the Iranian regime and the Iranian government", ["regime", "government"]),
    ],
)
def test_the_bundled_terms(text, terms, study):
    assert [hit.theme for hit in find_themes(text, study.loaded_terms.codebook)] == terms
