"""`framing code`: draws once, serves, and writes sheets."""

import shutil

from analysis.coding.server import CodingServer
from analysis.coding.store import CodingFile
from tests.cli.conftest import framing


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
