"""From an empty folder to results: `framing init`, and what is said where there is no study."""

import shutil

import pytest

from analysis import load_study
from tests.cli.conftest import framing


@pytest.mark.parametrize(
    "options", [["--example", "russia-iran"], ["--pair", "Turkey", "Greece"]], ids=["example", "pair"]
)
def test_init_writes_a_study_that_loads_and_names_the_next_command(tmp_path, options):
    folder = tmp_path / "s"
    result = framing("init", folder, *options)
    assert result.exit_code == 0
    assert str(folder / "actors.yml") in result.stdout
    assert f"framing run {folder / 'articles'} --study {folder}" in result.stderr
    load_study(folder)


def test_commands_quote_a_folder_with_a_space(tmp_path):
    folder = tmp_path / "my study"
    result = framing("init", folder, "--pair", "Turkey", "Greece")
    assert f'framing run "{folder / "articles"}" --study "{folder}"' in result.stderr
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert 'framing run "my study/articles" --study "my study" --out results' in readme
    assert 'framing codebook check "my study/codebook.yml" --articles "my study/articles"' in readme


@pytest.mark.parametrize(
    "options", [[], ["--example", "russia-iran", "--pair", "A", "B"]], ids=["neither", "both"]
)
def test_init_asks_what_to_start_from(tmp_path, options):
    result = framing("init", tmp_path / "s", *options)
    assert result.exit_code == 2
    assert "--example russia-iran" in result.stderr
    assert "--pair" in result.stderr


def test_init_leaves_a_folder_with_files_alone(tmp_path):
    (tmp_path / "codebook.yml").write_text("mine", encoding="utf-8")
    assert framing("init", tmp_path, "--example", "russia-iran").exit_code == 2
    assert (tmp_path / "codebook.yml").read_text(encoding="utf-8") == "mine"


def test_outside_a_repository_the_message_says_how_to_get_a_study(tmp_path, monkeypatch, write_jsonl):
    articles = write_jsonl({"title": "A", "text": "B"})
    monkeypatch.chdir(tmp_path)
    result = framing("run", articles)
    assert result.exit_code == 2
    assert "data: there is no such study folder" in result.stderr
    assert "framing init STUDY --example russia-iran" in result.stderr
    assert not (tmp_path / "results").exists()


def test_lab_without_results_says_how_to_make_them(tmp_path):
    result = framing("lab", tmp_path)
    assert result.exit_code == 2
    assert "there are no results in this folder" in result.stderr
    assert "framing run" in result.stderr


def test_lab_without_jupyterlab_says_what_to_install(results, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = framing("lab", results)
    assert result.exit_code == 2
    assert "JupyterLab is not installed" in result.stderr
    assert "pip install" in result.stderr


def test_lab_opens_copies_of_the_notebooks_with_the_results(results, tmp_path, monkeypatch):
    started = []

    class Ended:
        returncode = 0

    monkeypatch.setattr("subprocess.run", lambda command, env: started.append((command, env)) or Ended)
    folder = shutil.copytree(results, tmp_path / "r")
    assert framing("lab", folder, "--", "--no-browser").exit_code == 0
    ((command, env),) = started
    assert command[-1] == "--no-browser"
    assert env["FRAMING_RESULTS"] == str(folder.resolve())
    assert (folder / "notebooks" / "00_start_here.ipynb").is_file()
