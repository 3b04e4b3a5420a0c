"""The command line, called in this process, and a small results folder."""

import json

import pytest
from typer.testing import CliRunner

from analysis import cli
from tests.conftest import DATA, record


def framing(*arguments):
    """Run `framing ARGUMENTS`; the result has exit_code, stdout and stderr."""
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """The results of two made-up articles; read it, and write elsewhere."""
    folder = tmp_path_factory.mktemp("cli")
    lines = [json.dumps(record(number)) for number in (1, 2)]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = framing("annotate", folder / "articles.jsonl", "--study", DATA, "--out", folder / "results")
    assert done.exit_code == 0
    return folder / "results"
