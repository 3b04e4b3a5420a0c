"""The optional loaded_terms.yml: read with the study, part of its fingerprint, and checked."""

import csv
import json
import shutil
from collections import defaultdict

import pytest
import yaml

import analysis
from analysis.annotators.themes.extract import find_themes
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
        (group(term("a"), term("a")), r"loaded_terms\.yml, groups > g > a: this id is used twice"),
        (group(term("a"), term("b", standpoint="mars")), "g > b > standpoint: unknown side 'mars'.*north"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The special military operation goes on.", ["special_operation"]),
        ("He leads the army's special operations command.", []),
        ("Moscow calls it a special operation.", ["special_operation"]),
        ("They back a proxy and fear a proxy war and a proxy conflict.", ["proxy"]),
        ("Sanctions on rogue nations and pariah states", ["sanctions_plain"]),
        ("An axis of evil and the axis of resistance", ["axis", "resistance"]),
        ("Relations between Iran and the US, and between China and Russia", []),
        ("Relations between Iran and its neighbour Russia", ["ties"]),
        ("Ties between Moscow and Tehran", ["ties"]),
    ],
)
def test_what_is_a_loaded_term_and_what_only_looks_like_one(text, expected, study):
    assert [hit.theme for hit in find_themes(text, study.loaded_terms.codebook)] == expected


def test_precision_on_real_articles(study):
    """The floor is under what was measured after the patterns were mended; before, it was .85."""
    real = DATA.parent.parent / "shared" / "data" / "coverage" / "core.jsonl"
    if not real.exists():
        pytest.skip(f"the real articles are not here ({real}); they are not part of the repository")
    coded = defaultdict(dict)
    with (DATA / "gold" / "real_loaded_terms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            coded[row["article_id"]][int(row["start"]), int(row["end"]), row["term"]] = row["right"] == "1"
    judged = []
    for article in map(json.loads, real.read_text("utf-8").splitlines()):
        hits = find_themes(article["text"], study.loaded_terms.codebook) if article["id"] in coded else []
        found = {(hit.start, hit.end, hit.theme) for hit in hits}
        judged += [right for key, right in coded[article["id"]].items() if key in found]
    assert len(judged) >= 95
    assert sum(judged) / len(judged) >= 0.96
