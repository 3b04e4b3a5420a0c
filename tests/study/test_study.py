"""Study folders as a whole: loading, saving, fingerprints, and codebooks from other programs."""

import shutil

import pytest
from typer.testing import CliRunner

import analysis
from analysis.cli import app
from analysis.errors import StudyError
from tests.conftest import DATA, record

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


WORLD = "name\tcountry\trole\trole_class\nJane Roe\tCA\tharbour master\texecutive\n"


def test_a_world_of_its_own(folder, tmp_path):
    assert analysis.load_study(folder).world.candidates("Jane Roe") == []
    (folder / "world.tsv").write_text(WORLD, encoding="utf-8")
    study = analysis.load_study(folder)
    assert [one.country for one in study.world.candidates("Jane Roe")] == ["CA"]
    study.save(tmp_path / "copy")
    copy = analysis.load_study(tmp_path / "copy")
    assert copy.fingerprint() == study.fingerprint()
    assert [one.role for one in copy.world.candidates("Jane Roe")] == ["harbour master"]


def test_a_changed_world_is_read_again(folder):
    for country in ("CA", "NO"):
        (folder / "world.tsv").write_text(WORLD.replace("CA", country), encoding="utf-8")
        (found,) = analysis.load_study(folder).world.candidates("Jane Roe")
        assert found.country == country


def test_saving_over_a_study_removes_its_world(study, tmp_path):
    (tmp_path / "world.tsv").write_text(WORLD, encoding="utf-8")
    study.save(tmp_path)
    assert not (tmp_path / "world.tsv").exists()


def test_an_error_of_the_world_names_file_and_line(folder):
    (folder / "world.tsv").write_text(WORLD.replace("CA", "QQ"), encoding="utf-8")
    with pytest.raises(StudyError, match=r"world\.tsv, line 2: 'QQ'"):
        analysis.load_study(folder)


DIC = "%\n1\tSanctions\n2\tRailway\n%\nsanction*\t1\nrailway*\t2\nkind\t<of>1\n"


@pytest.fixture
def dictionary_study(tmp_path):
    place = tmp_path / "study"
    place.mkdir()
    for name in ("actors.yml", "outlets.yml"):
        shutil.copy(DATA / name, place / name)
    (place / "codebook.dic").write_text(DIC, encoding="utf-8")
    return place


def test_a_liwc_codebook(dictionary_study):
    study = analysis.load_study(dictionary_study)
    assert [theme.label for theme in study.codebook.themes] == ["Sanctions", "Railway"]
    assert study.notes == ("codebook.dic: 1 words with an <of> tag left out: 'kind' (line 7)",)
    assert dict(study.sources)["codebook.dic"] == DIC.encode()


def test_it_travels_with_the_results(dictionary_study, write_jsonl, tmp_path):
    out = tmp_path / "results"
    shutil.copytree(DATA, out / "study", ignore=shutil.ignore_patterns("articles", "gold", "*.md"))
    result = CliRunner().invoke(
        app, ["annotate", str(write_jsonl(record())), "--study", str(dictionary_study), "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "framing: codebook.dic: 1 words with an <of> tag" in result.stderr
    tables = analysis.load_tables(out)
    assert set(tables.themes["theme"]) == {"sanctions", "railway"}
    assert not (out / "study" / "codebook.yml").exists()


def test_two_codebooks_and_none(dictionary_study):
    shutil.copy(DATA / "codebook.yml", dictionary_study / "codebook.yml")
    with pytest.raises(StudyError, match=r"more than one codebook: codebook\.yml and codebook\.dic"):
        analysis.load_study(dictionary_study)
    for name in ("codebook.yml", "codebook.dic"):
        (dictionary_study / name).unlink()
    with pytest.raises(StudyError, match=r"codebook\.yml: no such file"):
        analysis.load_study(dictionary_study)
