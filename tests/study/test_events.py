"""The optional events.yml."""

import shutil

import pytest

import analysis
from analysis.errors import StudyError
from tests.conftest import DATA

DIC = "%\n1\tSanctions\n2\tRailway\n%\nsanction*\t1\nrailway*\t2\nkind\t<of>1\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "study"
    place.mkdir()
    for name in ("actors.yml", "outlets.yml"):
        shutil.copy(DATA / name, place / name)
    (place / "codebook.dic").write_text(DIC, encoding="utf-8")
    return place


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
