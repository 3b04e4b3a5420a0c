"""`framing code`: draws once, serves, and writes sheets."""

import shutil

from typer.testing import CliRunner

from analysis import cli
from analysis.coding.server import CodingServer
from analysis.coding.store import CodingFile
from tests.cli.conftest import framing
from tests.coding.test_model import endpoint, stub


def test_the_sample_is_drawn_once_and_coded_until_stopped(results, tmp_path, monkeypatch):
    folder = tmp_path / "results"
    shutil.copytree(results, folder)

    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(CodingServer, "serve_forever", stop)
    arguments = ("code", folder, "--coder", "ann", "--theme", "sanctions", "--no-browser")
    done = framing(*arguments)
    assert done.exit_code == 0 and "2 units drawn" in done.stdout
    assert "http://127.0.0.1:" in done.stdout and "0 of 2 units coded" in done.stdout
    file = CodingFile(folder / "coding" / "themes.sqlite")
    for code in file.key()["code"]:
        file.save("ann", code, {"answers": {"sanctions": "yes"}})
    again = framing(*arguments)
    assert "units drawn" not in again.stdout and "2 of 2 units coded" in again.stdout
    written = framing(*arguments, "--sheets", tmp_path / "sheets")
    assert [line.rpartition("/")[2] for line in written.stdout.split()] == [
        "coding_themes_key.csv",
        "coding_themes_ann.csv",
    ]
    assert framing("validate", folder, tmp_path / "sheets" / "coding_themes_ann.csv").exit_code == 0


def test_a_name_that_is_no_file_name_is_refused(results, tmp_path):
    file = tmp_path / "themes.sqlite"
    refused = framing("code", results, "--coder", "../ann", "--file", file, "--no-browser")
    assert refused.exit_code == 2 and "invalid name of a coder" in refused.stderr


def test_a_model_codes_after_its_cost_is_told(results, tmp_path):
    answer = '{"sanctions": {"answer": "no", "evidence": ""}}'
    arguments = ["code", results, "--coder", "llm", "--theme", "sanctions", "--file", tmp_path / "t.sqlite"]
    with stub(answer, answer) as server:
        arguments += ["--model", endpoint(server).url, "--price", 1000, 0]
        stopped = CliRunner().invoke(cli.app, list(map(str, arguments)), input="n\n")
        assert "2 units to code with default: about" in stopped.stdout and "cost about" in stopped.stdout
        assert server.seen == []
        done = framing(*arguments, "--yes")
    assert done.exit_code == 0 and "2 units coded, 0 of them without a valid answer" in done.stdout
    refused = framing(*arguments[:8], "--model", "https://models.example.org/v1", "--yes")
    assert refused.exit_code == 2 and "--texts-leave-this-machine" in refused.stderr
