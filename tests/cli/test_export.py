"""`framing export`: files where they are asked for, notes on stderr, errors in plain words."""

import pytest

from tests.cli.conftest import framing
from tests.exports.made_up import article, made_tables, project_of


@pytest.fixture
def results(tmp_path):
    return made_tables([article(title="=1+1", text="a\r\nb \U0001f54a")]).save(tmp_path / "results")


@pytest.mark.parametrize(
    ("to", "first"), [("xlsx", "tables.xlsx"), ("csv", "csv/articles.csv"), ("qdpx", "project.qdpx")]
)
def test_files_stand_in_the_results_folder(results, to, first):
    result = framing("export", results, "--to", to)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0] == str(results / "export" / first)
    assert (results / "export" / first).is_file()
    assert ("NVivo" if to == "qdpx" else "formula") in result.stderr
    again = framing("export", results, "--to", to)
    assert again.exit_code == 2 and "--overwrite" in again.stderr and "Traceback" not in again.stderr
    assert framing("export", results, "--to", to, "--overwrite").exit_code == 0


def test_out(results, tmp_path):
    assert framing("export", results, "--to", "qdpx", "--out", tmp_path / "a" / "b.qdpx").exit_code == 0
    project_of(tmp_path / "a" / "b.qdpx")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "docx"), "'xlsx', 'csv', 'qdpx'"),
        ((), "--to"),
        (("--to", "xlsx", "--out", "x.csv"), "for example x.xlsx"),
    ],
)
def test_wrong_usage(results, arguments, told):
    result = framing("export", results, *arguments)
    assert result.exit_code == 2 and told in result.stderr


def test_unknown_folder(tmp_path):
    result = framing("export", tmp_path / "nowhere", "--to", "csv")
    assert result.exit_code == 2 and "no such results folder" in result.stderr
