"""A study folder may hold its codebook as a dictionary of another program."""

import shutil

import pytest
from typer.testing import CliRunner

import analysis
from analysis.cli import app
from analysis.errors import StudyError
from tests.conftest import DATA, record

DIC = "%\n1\tSanctions\n2\tRailway\n%\nsanction*\t1\nrailway*\t2\nkind\t<of>1\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "study"
    place.mkdir()
    for name in ("actors.yml", "outlets.yml"):
        shutil.copy(DATA / name, place / name)
    (place / "codebook.dic").write_text(DIC, encoding="utf-8")
    return place


def test_a_liwc_codebook(folder):
    study = analysis.load_study(folder)
    assert [theme.label for theme in study.codebook.themes] == ["Sanctions", "Railway"]
    assert study.notes == ("codebook.dic: 1 words with an <of> tag left out: 'kind' (line 7)",)
    assert dict(study.sources)["codebook.dic"] == DIC.encode()


def test_it_travels_with_the_results(folder, write_jsonl, tmp_path):
    out = tmp_path / "results"
    shutil.copytree(DATA, out / "study", ignore=shutil.ignore_patterns("articles", "gold", "*.md"))
    result = CliRunner().invoke(
        app, ["annotate", str(write_jsonl(record())), "--study", str(folder), "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "framing: codebook.dic: 1 words with an <of> tag" in result.stderr
    tables = analysis.load_tables(out)
    assert set(tables.themes["theme"]) == {"sanctions", "railway"}
    assert not (out / "study" / "codebook.yml").exists()


def test_two_codebooks_and_none(folder):
    shutil.copy(DATA / "codebook.yml", folder / "codebook.yml")
    with pytest.raises(StudyError, match=r"codebook\.yml and codebook\.dic are both codebooks"):
        analysis.load_study(folder)
    for name in ("codebook.yml", "codebook.dic"):
        (folder / name).unlink()
    with pytest.raises(StudyError, match=r"codebook\.yml: no codebook"):
        analysis.load_study(folder)


def test_events_are_optional_and_checked(folder, study, tmp_path):
    assert [event.label for event in study.events][1] == "Putin in Tehran"
    assert analysis.load_study(folder).events == ()
    analysis.load_study(folder).save(tmp_path / "copy")
    study.save(tmp_path / "copy")
    assert analysis.load_study(tmp_path / "copy").events == study.events
    analysis.load_study(folder).save(tmp_path / "copy")
    assert analysis.load_study(tmp_path / "copy").events == ()
    (folder / "events.yml").write_text("events: [{date: someday, label: x}]", encoding="utf-8")
    with pytest.raises(StudyError, match=r"events\.yml, line 1, events > number 1 > date"):
        analysis.load_study(folder)
